"""Every page by keyboard, by screen reader, on a tablet and at 200 % zoom, in both languages."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from dashboard.data.kinds import Role
from dashboard.registry import Page as Entry
from dashboard.registry import present
from tests.dashboard import browser as desk_browser
from tests.dashboard.browser import Server, Visit, visit
from tests.dashboard.centre import Language
from tests.dashboard.desk import session_at
from tests.store.samples import sha

pytestmark = pytest.mark.browser
CONTROLS = frozenset(
    {"button", "link", "textbox", "combobox", "spinbutton", "checkbox", "radio", "tab", "slider"}
)
TABLET: ViewportSize = {"width": 1024, "height": 768}
ZOOMED: ViewportSize = {"width": 720, "height": 450}
KEYS = (Path(__file__).parent / "access_keys.js").read_text(encoding="utf-8")
ROOM = (Path(__file__).parent / "access_room.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, centres: Callable[[Language], Path]
) -> Iterator[tuple[Server, str]]:
    """A desk on an English centre, and the session of its administrator."""
    desk_browser.chromium()
    folder = shutil.copytree(centres("en"), tmp_path_factory.mktemp("access") / "var")
    session = session_at(folder, Role.ADMINISTRATOR, "Nazanin Moradi")
    with desk_browser.cold_server(folder) as started:
        yield started, session


def unnamed(page: Page) -> list[str]:
    """Controls that a screen reader would call by nothing, or by the name of their icon."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    for node in nodes:
        role, name = (str(node.get(part, {}).get("value", "")) for part in ("role", "name"))
        if not node.get("ignored") and role in CONTROLS and (not name.strip() or "_" in name):
            found.append(f"{role} is called {name!r}")
    return found


def fits(page: Page, size: ViewportSize) -> list[str]:
    """What does not fit at a size, once charts had the time to fit themselves to it."""
    page.set_viewport_size(size)
    for _look in range(20):
        if not (found := page.evaluate(ROOM)):
            break
        page.wait_for_timeout(100)
    return [f"at {size['width']}: {fault}" for fault in found]


def looked_at(page: Page, *, names: bool) -> list[str]:
    """What is wrong with the page that stands in a tab."""
    faults = unnamed(page) if names else []
    page.keyboard.press("Tab")  # from here on focus counts as set by the keyboard
    faults += page.evaluate(KEYS)
    faults += fits(page, TABLET) + fits(page, ZOOMED)
    page.set_viewport_size(TABLET)  # before the next link is followed: a narrow page folds its menu then
    return faults


def go(tab: Visit, entry: Entry, language: str) -> None:
    link = tab.page.locator(f'[data-testid="stSidebarNavLink"][href$="/{entry.address}"]')
    if entry.hidden or not link.count():
        tab.open(f"/{entry.address}?lang={language}&call={sha(1)[:12]}")
    else:
        tab.follow(entry.address)


def test_every_page_is_reached_by_all(opened: Browser, server: tuple[Server, str]) -> None:
    """In both languages side by side: while one draws, the other is looked at."""
    started, session = server
    tabs = {
        language: visit(opened, started.url, width=TABLET["width"], height=TABLET["height"])
        for language in ("en", "fa")
    }
    faults = []
    for language, tab in tabs.items():
        tab.enter(session, language).open(f"/account?lang={language}").settled()
    for entry in present():
        for language, tab in tabs.items():
            go(tab, entry, language)
        for language, tab in tabs.items():
            found = looked_at(tab.settled().page, names=language == "fa")
            faults += [f"{entry.file} in {language}: {fault}" for fault in found]
    for language, tab in tabs.items():
        # Nothing that the policy refuses, nothing from outside; the recording of the call is not there.
        faults += [f"{language}: {fault}" for fault in tab.faults if "404" not in fault]
        tab.page.context.close()
    assert not faults, "\n".join(faults)


def test_the_policy_refuses_what_a_page_does_not_bring(opened: Browser, server: tuple[Server, str]) -> None:
    started, session = server
    tab = visit(opened, started.url).enter(session).open("/account").settled()
    assert tab.faults == []
    tab.page.evaluate("""() => {
        const add = (tag, part, value) => document.body.append(Object.assign(
            document.createElement(tag), {[part]: value}));
        add("script", "textContent", "window.got = 1");
        add("img", "src", "http://evil.example/p.png");
        add("iframe", "src", "http://evil.example/");
        add("div", "innerHTML", "<b onclick='window.got = 1'>x</b>");
        document.querySelector("b[onclick]").click();
    }""")
    tab.page.wait_for_timeout(300)
    assert tab.page.evaluate("() => window.got") is None
    told = " ".join(tab.faults)
    for directive in ("script-src-elem", "script-src-attr", "img-src", "frame-src"):
        assert f"policy: {directive}" in told
    tab.page.context.close()
