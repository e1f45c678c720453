"""Pictures of every page for the documentation: ``python -m tests.browser.screenshots docs/screenshots``.

Each language gets a server of its own on a demo centre in a temporary folder, in which people have worked.
With ``--with-worker`` the English recordings are transcribed for the English pictures first, which takes
minutes; without it they are shown waiting, and nobody has worked in the English centre.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser

from dashboard import passwords
from dashboard.data import accounts, library, site
from dashboard.data.kinds import CallStatus, Role
from dashboard.data.library import MomentFilter, MomentState
from dashboard.data.listing import CallFilter, every_row
from dashboard.data.listing import Order as By
from dashboard.data.site import Scope
from dashboard.identity import COOKIE, LANGUAGE_COOKIE
from dashboard.registry import present
from qa.demo import CALLS, History, create
from qa.store.engine.migrate import upgrade
from tests.browser.worked import work
from tests.dashboard.browser import ROOT, Server, Visit, browser, cold_server, visit

NAMES = {"en": "Nazanin Moradi", "fa": "نازنین مرادی"}
THEMES = ("light", "dark")
WIDTH, HEIGHT = 1440, 900
LARGEST = 150_000  # bytes of a picture
COLOURS = (256, 160, 96, 64)
STILL_MS, TRIES = 1000, 20  # fields, charts and fonts come after the page's script


@dataclass(frozen=True, slots=True)
class Desk:
    """A running desk with an administrator, and an agent whose own page it is; ``paths`` are the pages by the
    name of their picture.
    """

    server: Server
    language: str
    session: str
    own: str
    paths: dict[str, str]


def main() -> None:
    """Make all of them; a page that says anything on the console stops it."""
    parser = argparse.ArgumentParser(description="Pictures of every page.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--with-worker", action="store_true", help="transcribe the English recordings first")
    parser.add_argument("--language", choices=list(NAMES), action="append", help="only this one")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        for language in wanted.language or NAMES:
            with desk(language, with_worker=wanted.with_worker) as found:
                for theme in THEMES:
                    for name, path in pictures(opened, found, theme, wanted.folder):
                        print(f"{name}: {path.stat().st_size // 1000} kB", flush=True)


@contextmanager
def desk(language: str, *, with_worker: bool) -> Iterator[Desk]:
    """A demo centre in a language, and a server in front of it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QA_DATA_DIR"] = folder
        site.forget()
        upgrade(site.settings().url)
        history = History(CALLS, "fa" if language == "fa" else "en", datetime.now(UTC))
        for _share in create(site.database(), site.settings(), history):
            pass
        hears = with_worker and language == "en"
        if hears:
            subprocess.run([sys.executable, "-m", "qa", "work", "--until-idle"], cwd=ROOT, check=True)
        new = accounts.NewUser(
            "admin", Role.ADMINISTRATOR, passwords.hashed(os.urandom(16).hex()), NAMES[language]
        )
        administrator = accounts.add(new)
        session = accounts.open_session(administrator, "127.0.0.1")
        agent = _agent(language)
        own = accounts.open_session(accounts.add(agent), "127.0.0.1")
        debriefed = work(language, administrator) if hears or language == "fa" else None
        with cold_server(Path(folder)) as server:
            yield Desk(server, language, session, own, _paths(heard(language), debriefed, agent.agent_id))
        site.forget()


def heard(language: str) -> str:
    """The call that shows most: in this language before any other, with a critical failure before without."""
    done = CallFilter(recorded=True, statuses=frozenset({CallStatus.DONE}))
    rows = every_row(Scope.all(), done, By.NEWEST)
    return max(rows, key=lambda row: (row.language == language, bool(row.failed_by))).key


def _agent(language: str) -> accounts.NewUser:
    """A user for the agent whom the demo centre asks about a moment."""
    asked = library.listed(Scope.all(), MomentFilter(frozenset({MomentState.PROPOSED})))[0]
    name = asked.agent or ""
    return accounts.NewUser("asked", Role.AGENT, display_name=name, agent_id=asked.agent_id)


def _paths(call: str, debriefed: int | None, agent: int | None) -> dict[str, str]:
    """Every page of the registry; the pages that show one thing are told which."""
    queries = {"call": f"?call={call}&t=12", "round": f"?round={debriefed}", "agent": f"?agent={agent}"}
    queries["room"] = "?session=1"  # the first session of the demo centre
    return {entry.file: f"/{entry.address}{queries.get(entry.file, '')}" for entry in present()}


def pictures(opened: Browser, found: Desk, theme: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Each page in a theme, the way in last, without its cookies."""
    tab = visit(opened, found.server.url, scheme=theme, width=WIDTH, height=HEIGHT)
    for file, address in found.paths.items():
        session = found.own if file == "mine" else found.session
        cookies = {COOKIE: session, LANGUAGE_COOKIE: found.language}
        tab.page.context.add_cookies(
            [{"name": name, "value": value, "url": found.server.url} for name, value in cookies.items()]
        )
        tab.open(address).settled()
        _stand_still(tab)
        tab.settled()  # a part that follows the work by itself is pale while it looks again
        yield _keep(tab, f"{file}-{found.language}-{theme}", folder)
    tab.page.context.clear_cookies()
    tab.open(f"/qa/login?lang={found.language}")
    yield _keep(tab, f"sign-in-{found.language}-{theme}", folder)
    tab.page.context.close()


def _keep(tab: Visit, name: str, folder: Path) -> tuple[str, Path]:
    tab.page.wait_for_selector("h1")
    tab.page.evaluate("document.fonts.ready")
    if tab.faults:
        raise SystemExit(f"{name}: {tab.faults}")
    path = folder / f"{name}.png"
    path.write_bytes(small(tab.page.screenshot()))
    return name, path


def _stand_still(tab: Visit) -> None:
    before = -1
    for _try in range(TRIES):
        tab.page.wait_for_timeout(STILL_MS)
        now = tab.page.evaluate("document.body.innerHTML.length")
        if now == before:
            return
        before = now


def small(picture: bytes) -> bytes:
    """The picture with as many colours as fit the size."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        out = BytesIO()
        # The palette that keeps small spots of a colour, such as a mark or a red score, as they are.
        few = image.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.putpalette(_usual(image, few))
        few.save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


def _usual(image: Image.Image, few: Image.Image) -> list[int]:
    """The palette with each entry as the colour that most of its dots have, so that grounds keep theirs."""
    dots = np.asarray(image).astype(np.int64) @ np.array([1 << 16, 1 << 8, 1])
    pairs, counts = np.unique(np.asarray(few).astype(np.int64) << 24 | dots, return_counts=True)
    palette = few.getpalette() or []
    for pair in pairs[np.argsort(counts)]:
        place, colour = int(pair >> 24), int(pair & 0xFFFFFF)
        palette[3 * place : 3 * place + 3] = colour >> 16, colour >> 8 & 255, colour & 255
    return palette


if __name__ == "__main__":
    main()
