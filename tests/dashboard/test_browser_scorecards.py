"""A scorecard changed in a real browser: shares follow, past calls are tried, a version is published."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.data.kinds import Role
from dashboard.i18n import _, speaking
from qa.demo.spoken import write_spoken
from qa.settings import Settings
from qa.store.database import Database
from tests.dashboard import browser as desk_browser
from tests.dashboard.browser import Server, visit
from tests.dashboard.desk import session_at
from tests.store.fresh import fresh

pytestmark = pytest.mark.browser
WEIGHT = ".st-key-cards_sections_0_weight input"
SHARE = '[data-share="opening"]'
WORTH = {"en": ("10.0", "25.0"), "fa": ("۱۰٫۰", "۲۵٫۰")}
CALLS = 40


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A desk with spoken calls in both languages, and the session of its manager."""
    desk_browser.chromium()
    folder: Path = tmp_path_factory.mktemp("scorecards")
    fresh(Settings(data_dir=folder).url)
    database = Database.open(Settings(data_dir=folder).url)
    for language in ("en", "fa"):
        list(write_spoken(database, CALLS, language))  # type: ignore[arg-type]
    database.close()
    session = session_at(folder, Role.MANAGER, "Neda")
    with desk_browser.cold_server(folder) as started:
        yield started, session


@pytest.mark.parametrize("language", ["en", "fa"])
def test_from_a_weight_to_a_version(opened: Browser, server: tuple[Server, str], language: str) -> None:
    started, session = server
    tab = visit(opened, started.url).enter(session, language)
    page, before, after = tab.page, *WORTH[language]
    with speaking(language):
        saved, one = _("Publish now"), _("Why this version")
    tab.open(f"/scorecards?lang={language}&card=default-{language}&view=edit").settled()
    page.locator(".st-key-cards_begin button").click()
    expect(page.locator(SHARE)).to_have_text(before)
    page.locator(WEIGHT).fill("30")
    page.locator(WEIGHT).press("Enter")
    expect(page.locator(SHARE)).to_have_text(after)
    page.locator(".st-key-cards_save button").click()
    expect(page.locator(".st-key-cards_save button")).to_be_disabled()
    tab.settled()
    page.locator(".st-key-cards_try button").click()
    expect(page.locator(".st-key-panel_trying .strip")).to_be_visible(timeout=60_000)
    expect(page.locator(".st-key-panel_trying .barlayer .point").first).to_be_attached()
    tab.settled()
    page.locator(".st-key-panel_draft [data-testid='stPopover'] button").first.click()
    page.get_by_label(one).fill("Opening")
    page.get_by_label(one).press("Enter")
    publish = page.get_by_role("button", name=saved)
    expect(publish).to_be_enabled()
    publish.click()
    expect(page.locator(".st-key-panel_history tbody tr")).to_have_count(2, timeout=30_000)
    expect(page.locator(".st-key-panel_history tbody tr").first).to_contain_text("Opening")
    tab.settled()
    assert tab.faults == []
    tab.page.context.close()
