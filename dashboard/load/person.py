"""What a person does at the desk: sign in, open pages of the role, narrow them, open a call; and think."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpx2

from dashboard.load.client import PageFailed, Tab
from dashboard.load.figures import Figures

NARROWED = frozenset(
    {"", "agents", "calls", "comments", "experience", "promises", "surveys", "themes", "weekly"}
)
"""Pages whose choices narrow what is shown and write nothing."""
NARROW, CALL = 0.3, 0.2
"""Shares of steps that choose on the page, and that open a call; the others open a page."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who, through which process, and what may be opened by hand. ``think`` is the mean in seconds.
    ``clicks``: after so many the person goes home, whatever the hour.
    """

    name: str
    password: str
    port: int
    pages: tuple[str, ...]
    calls: Sequence[str]
    think: float
    seed: int
    clicks: int | None = None


async def work(person: Person, figures: Figures, until: float) -> None:
    """Work until a moment of ``time.monotonic``; what fails is counted, and the page is opened anew."""
    chance = random.Random(person.seed)  # noqa: S311 (nothing secret)
    await asyncio.sleep(chance.uniform(0, 2 * person.think))
    cookie = await _signed_in(person, figures)
    while cookie and not _home(person, figures, until):
        tab = Tab(cookie, person.port)
        try:
            await tab.open()
            await _clicks(person, tab, figures, chance, until)
        except (PageFailed, OSError) as error:
            figures.errors[f"{tab.page or 'overview'}: {error}"] += 1
            await asyncio.sleep(1)
        finally:
            await tab.close()


async def _clicks(person: Person, tab: Tab, figures: Figures, chance: random.Random, until: float) -> None:
    await _open(tab, "", "", figures)
    while not _home(person, figures, until):
        await asyncio.sleep(chance.uniform(0.5, 1.5) * person.think)
        dice = chance.random()
        free = [(widget, options) for widget, (form, options) in tab.choices.items() if not form]
        if dice < NARROW and free and tab.page in NARROWED:
            widget, options = chance.choice(free)
            seen = await tab.choose(widget, chance.choice(options))
            figures.add(f"{tab.page or 'overview'}, narrowed", seen.seconds, seen.size)
        elif dice < NARROW + CALL and person.calls:
            await _open(tab, "call", f"call={chance.choice(person.calls)}", figures)
        else:
            await _open(tab, chance.choice(person.pages), "", figures)


def _home(person: Person, figures: Figures, until: float) -> bool:
    if person.clicks is not None and sum(map(len, figures.seconds.values())) >= person.clicks:
        return True
    return time.monotonic() >= until


async def _open(tab: Tab, address: str, query: str, figures: Figures) -> None:
    seen = await tab.go(address, query)
    figures.add(address or "overview", seen.seconds, seen.size)


async def _signed_in(person: Person, figures: Figures) -> str:
    """The cookie of a new session; empty when the desk refused, which counts as an error."""
    base = f"http://localhost:{person.port}"
    begun = time.perf_counter()
    form = {"u": person.name, "p": person.password}
    async with httpx2.AsyncClient(base_url=base, timeout=30, headers={"Origin": base}) as client:
        answer = await client.post("/qa/login", data=form)
        figures.add("sign in", time.perf_counter() - begun)
        if answer.status_code != 303:
            figures.errors[f"sign in: status {answer.status_code}"] += 1
            return ""
        shell = await client.get("/", headers={"Accept": "text/html"})
        if shell.status_code != 200:
            figures.errors[f"shell: status {shell.status_code}"] += 1
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())
