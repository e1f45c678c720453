"""Timing pages through a browser: a desk of its own, Chromium, the page's own websocket."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.identity import COOKIE, LANGUAGE_COOKIE
from dashboard.load.client import FAILED
from dashboard.load.desk import free_ports, running
from dashboard.registry import page
from dashboard.timing.asked import Asked
from dashboard.timing.scripts import peak

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, WebSocket
    from playwright.sync_api import Page as Tab

PATIENCE = 120_000  # milliseconds
QUIET = 250
STANDS = """quiet => {
    const app = document.querySelector('[data-testid=stApp]');
    const open = '[data-testid=stSkeleton], [data-stale=true], [data-testid=stSpinner]';
    if (!app || !document.querySelector('[data-testid=stSidebarNavItems]')
        || app.dataset.testScriptState !== 'notRunning' || document.querySelector(open)) {
        window.stillSince = 0; return false; }
    window.stillSince ||= performance.now();
    return performance.now() - window.stillSince > quiet;
}"""
"""Between two runs of a script the state is quiet for a moment, so quiet has to last."""
LINK = "[data-testid=stSidebarNavItems] a[href$='/{address}']"
FOLLOW = "link => { window.asked = performance.now(); window.stillSince = 0; link.click(); }"
AWAY = "privacy"
"""The page that others are switched to from: everybody may see it, and it has no charts."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Milliseconds. ``socket``: from the browser's question to the end of the page's last run. ``page``: from
    the click on the link, by which everything is loaded anew, until the page stands still. ``switch``: from
    the click on its name in the menu of an open desk until it stands still; ``None`` where the menu lacks it.
    """

    socket: float
    page: float
    switch: float | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A page through a browser. ``memory`` is the most that the desk's process held so far, in MB."""

    file: str
    runs: tuple[Opened, ...]
    memory: int
    faults: tuple[str, ...]


@dataclass
class Wire:
    """What goes over the websocket of a tab: when the first question went, when the last run ended."""

    asked: float | None = None
    ended: float = 0.0
    faults: list[str] = field(default_factory=list)

    def listen(self, socket: "WebSocket") -> None:
        """Follow a websocket that the tab opened."""
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, _data: bytes | str) -> None:
        self.asked = self.asked or time.perf_counter()

    def _received(self, data: bytes | str) -> None:
        raw = data if isinstance(data, bytes) else data.encode()
        if ForwardMsg.FromString(raw).WhichOneof("type") == "script_finished":
            self.ended = time.perf_counter()
        if FAILED in raw:
            self.faults.append("the page told of an error")


def shown(pages: list[Asked], runs: int, program: str) -> Iterator[Shown]:
    """Every page once to warm it, then ``runs`` times.

    Raises:
        ImportError: playwright is not installed.
    """
    from playwright.sync_api import sync_playwright

    (port,) = free_ports(1)
    with running([port]) as (process,), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        for one in pages:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            cookies = {COOKIE: one.session, LANGUAGE_COOKIE: one.address["lang"]}
            here = f"http://localhost:{port}"
            context.add_cookies([{"name": n, "value": value, "url": here} for n, value in cookies.items()])
            faults: list[str] = []
            found = [_open(context, (here, one), faults) for _time in range(runs + 1)]
            yield Shown(one.file, tuple(found[1:]), peak(str(process)), tuple(sorted(set(faults))))
            context.close()
        browser.close()


def _path(asked: Asked) -> str:
    return f"/{page(asked.file).address}?{urlencode(asked.address)}"


def _open(context: "BrowserContext", asked: tuple[str, Asked], faults: list[str]) -> Opened:
    here, one = asked
    tab, wire = context.new_page(), Wire()
    tab.on("websocket", wire.listen)
    begun = time.perf_counter()
    tab.goto(f"{here}{_path(one)}", wait_until="commit", timeout=PATIENCE)
    _stands(tab)
    stood = time.perf_counter()
    socket, whole = wire.ended - (wire.asked or wire.ended), stood - begun
    switch = _switch(tab, wire, page(one.file).address)
    tab.close()
    faults += wire.faults
    return Opened(1000 * socket, 1000 * whole - QUIET, switch)


def _switch(tab: "Tab", wire: Wire, address: str) -> float | None:
    """From another page to this one by the menu."""
    if tab.query_selector(LINK.format(address=address)) is None:
        return None
    if address != AWAY:
        _follow(tab, wire, AWAY)
        return _follow(tab, wire, address)
    return _follow(tab, wire, "")


def _follow(tab: "Tab", wire: Wire, address: str) -> float:
    before = wire.ended
    tab.eval_on_selector(LINK.format(address=address), FOLLOW)
    tab.wait_for_function("to => location.pathname === to", arg=f"/{address}", timeout=PATIENCE)
    while wire.ended == before:
        tab.wait_for_timeout(5)
    return _stands(tab)


def _stands(tab: "Tab") -> float:
    """Wait until the page stands still: milliseconds since a link was followed."""
    tab.wait_for_function(STANDS, arg=QUIET, polling=20, timeout=PATIENCE)
    return float(tab.evaluate("window.stillSince - (window.asked || 0)"))
