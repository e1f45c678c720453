"""Overview and Calls in a real browser: mirrored, reachable by keyboard, each mark opens its calls."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.data.kinds import Role
from qa.calendar import from_jalali, week_start
from tests.dashboard import browser as desk_browser
from tests.dashboard.browser import Server, Visit, visit
from tests.dashboard.centre import Language
from tests.dashboard.desk import session_at

pytestmark = pytest.mark.browser
FROM, TO = from_jalali(1405, 8, 1), from_jalali(1405, 8, 20)
FOCUSED = "() => { const at = document.activeElement; return at.getAttribute('aria-label') || at.innerText; }"
BARS = ".st-key-panel_lost .barlayer .point path"


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, centres: Callable[[Language], Path]
) -> Iterator[tuple[Server, str]]:
    """A desk on a Persian centre, and the session of its administrator."""
    desk_browser.chromium()
    folder = shutil.copytree(centres("fa"), tmp_path_factory.mktemp("overview") / "var")
    session = session_at(folder, Role.ADMINISTRATOR, "نازنین مرادی")
    with desk_browser.cold_server(folder) as started:
        yield started, session


@contextmanager
def tab_at(opened: Browser, server: tuple[Server, str], path: str, language: str = "fa") -> Iterator[Visit]:
    """A signed-in tab at a page; whatever it complained of fails the test."""
    started, session = server
    tab = visit(opened, started.url).enter(session, language)
    yield tab.open(path).settled()
    assert tab.faults == []
    tab.page.context.close()


def count(page: Page) -> int:
    """The number in the line under the title of the list, whichever digits it has."""
    text = page.locator(".head p").inner_text()
    return int("".join(str(int(letter)) for letter in text if letter.isdigit()))


def rows(page: Page) -> int:
    return page.locator("[class*='st-key-go_call_']").count()


def place(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2


def test_the_language_switch_mirrors_the_overview(opened: Browser, server: tuple[Server, str]) -> None:
    first, last = ".st-key-go_tile_0", ".st-key-go_tile_4"
    with tab_at(opened, server, "/?lang=en", "en") as tab:
        page = tab.page
        expect(page.locator(".head h1")).to_contain_text("Week of")
        assert place(page, first) < place(page, last)
        page.click('.who-do a[lang="fa"]')
        page.wait_for_url("**lang=fa**")
        tab.settled()
        expect(page.locator(".head h1")).to_contain_text("هفتهٔ")
        assert place(page, first) > place(page, last)
        page.wait_for_selector(".st-key-panel_lost .barlayer .point")
        assert place(page, BARS) < place(page, ".st-key-panel_lost .ytick")  # bars grow away from their names


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_point_and_a_bar_open_their_calls(
    opened: Browser, server: tuple[Server, str], language: str
) -> None:
    with tab_at(opened, server, f"/?lang={language}", language) as tab:
        page = tab.page
        page.wait_for_selector(".st-key-panel_course .scatterlayer .point")
        point = page.locator(".st-key-panel_course .scatterlayer .trace:last-child .point").nth(3)
        box = point.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_url("**/calls?*from=*")
        tab.settled()
        from_day = int(page.evaluate("new URLSearchParams(location.search).get('from')"))
        assert from_day == week_start(from_day, language)
        assert count(page) >= rows(page) > 0
        page.go_back()
        page.wait_for_selector(BARS)
        tab.settled()
        assert "/calls" not in page.url  # the click does not count twice
        page.locator(BARS).first.scroll_into_view_if_needed()
        bar = page.locator(BARS).first.bounding_box()
        assert bar is not None
        page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
        page.wait_for_url("**/calls?*lost=*")
        tab.settled()
        assert rows(page) > 0


def test_jalali_days_in_the_address_and_in_the_boxes(opened: Browser, server: tuple[Server, str]) -> None:
    with tab_at(opened, server, f"/calls?lang=fa&from={FROM}&to={TO}") as tab:
        page = tab.page
        expect(page.locator(".filters-on")).to_contain_text("۱ تا ۲۰ آبان ۱۴۰۵")
        month = page.get_by_role("combobox", name="از: ماه")
        expect(month).to_have_value("آبان")
        month.click()
        page.get_by_role("option", name="مهر").click()
        page.wait_for_url(f"**from={from_jalali(1405, 7, 1)}**")
        tab.settled()
        expect(page.locator(".filters-on")).to_contain_text("۱ مهر تا ۲۰ آبان ۱۴۰۵")
        assert rows(page) > 0


def test_a_link_with_filters_shows_them(opened: Browser, server: tuple[Server, str]) -> None:
    with tab_at(opened, server, "/calls?lang=en&band=flag&order=lowest&team=1", "en") as tab:
        page = tab.page
        flagged = count(page)
        assert flagged > 0
        assert page.locator(".row.calls-g b.flag").count() == rows(page) == min(flagged, 25)
        page.get_by_role("button", name="Show all calls").click()
        page.wait_for_function("() => !location.search.includes('band')")
        expect(page.locator(".filters-on")).to_have_count(0)
        tab.settled()
        assert count(page) > flagged


def test_both_spellings_find_the_call(opened: Browser, server: tuple[Server, str]) -> None:
    with tab_at(opened, server, "/calls?lang=fa") as tab:
        box = tab.page.get_by_placeholder("واژه‌ها، یا عبارتی در گیومه")
        for typed in ("می‌خوام", "میخوام"):
            box.fill(typed)
            box.press("Enter")
            expect(tab.page.locator(".filters-on")).to_contain_text(typed)
            expect(tab.page.locator("[class*='st-key-go_call_']")).to_have_count(1)


def test_the_keyboard_reaches_search_and_filters_in_order(
    opened: Browser, server: tuple[Server, str]
) -> None:
    with tab_at(opened, server, "/calls?lang=en", "en") as tab:
        page = tab.page
        for name in ("Search in what was said", "Order"):  # fields come a moment after the page
            page.get_by_label(name).first.wait_for()
        page.locator("a[download]").last.focus()
        reached = []
        for _step in range(8):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
        names = " | ".join(str(text).strip() for text in reached)
        order = [names.find(name) for name in ("Search in what was said", "Days", "Filters", "Order")]
        assert -1 not in order, names
        assert order == sorted(order), names


def test_the_files_arrive(opened: Browser, server: tuple[Server, str], tmp_path: Path) -> None:
    with tab_at(opened, server, "/calls?lang=fa&band=flag") as tab:
        for name, kind in (("اکسل", "xlsx"), ("CSV", "csv")):
            with tab.page.expect_download() as waiting:
                tab.page.get_by_role("link", name=name).click()
            assert waiting.value.suggested_filename == f"calls.{kind}"
            target = tmp_path / f"calls.{kind}"
            waiting.value.save_as(target)
            assert target.stat().st_size > 200
