"""A calibration in a real browser: made, judged blind by two people by keyboard, debriefed, closed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from dashboard.data import calibration, site
from dashboard.data.kinds import Role
from dashboard.data.review import Person
from qa.records import Verdict
from qa.store.call.calls import register
from qa.store.call.reviews import save_review
from qa.store.people import agent_id, team_id
from qa.store.scope import Scope
from tests.dashboard import browser as desk_browser
from tests.dashboard import call_samples
from tests.dashboard.browser import Server, Visit, visit
from tests.dashboard.desk import Site, session_of, site_at
from tests.store.desk import card, scored
from tests.store.fresh import fresh
from tests.store.samples import new_call

pytestmark = pytest.mark.browser
CRITERIA = [criterion.key for criterion in card().criteria]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A desk with one call that failed empathy, a manager and a supervisor."""
    desk_browser.chromium()
    folder = tmp_path_factory.mktemp("calibration")
    with site_at(folder):
        fresh(site.settings().url)
        with site.database().write() as tx:
            team = team_id(tx, "Orders")
            sara = agent_id(tx, "Sara Ahmadi", team=team)
            call = register(tx, new_call(1, agent_id=sara, team_id=team, media=None))
            heard = replace(call_samples.review("en"), scoring=scored({"empathy": Verdict.NOT_MET}))
            save_review(tx, call.call_id, heard)
        users = Site(folder)
        users.add("boss", Role.MANAGER, display_name="Neda Karimi")
        users.add("lead", Role.SUPERVISOR, teams=frozenset({team}), display_name="Nazanin Moradi")
        with desk_browser.cold_server(folder) as running:
            yield running


def signed_in(opened: Browser, server: Server, name: str) -> Visit:
    return visit(opened, server.url).enter(session_of(name))


def judge(tab: Visit, keys: dict[str, str]) -> None:
    """The one call that waits, by keyboard: met, but for what is named."""
    page = tab.open("/calibration?lang=en").settled().page
    page.locator("[class*='st-key-go_blind_'] a").first.click()
    page.wait_for_selector(".crit.here")
    expect(page.locator(".cv-score")).to_contain_text("Blind calibration")
    expect(page.locator(".rv-way.auto")).to_have_count(0)
    assert page.locator(".crit .ev, .crit .conf, .crit p").count() == 0
    page.keyboard.press("Enter")  # there is no verdict that it could confirm
    page.keyboard.press("ArrowUp")
    for key in CRITERIA:
        assert page.locator(".crit.here").get_attribute("data-criterion") == key
        page.keyboard.press(keys.get(key, "1"))
    expect(page.locator(".rv-done")).to_be_enabled()  # no reason is asked for
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Review finished")).to_be_visible()


def test_a_calibration_from_making_to_debrief(opened: Browser, server: Server) -> None:
    boss = signed_in(opened, server, "boss").open("/calibration?lang=en").settled()
    page = boss.page
    page.get_by_label("Name", exact=True).fill("November")
    page.get_by_label("Name", exact=True).press("Tab")
    for name in ("Nazanin", "Neda"):
        box = page.get_by_role("combobox", name="Reviewers")
        box.click()
        box.fill(name)
        page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    boss.settled()  # the run that the names began would close a list that is opened before it ends
    days = page.get_by_role("combobox", name="Days")
    days.click()
    days.fill("All")
    page.get_by_role("option", name="All days").click()
    page.get_by_label("How many calls").fill("1")
    page.get_by_label("How many calls").press("Tab")
    boss.settled()
    page.get_by_role("button", name="Make the calibration").click()
    page.wait_for_url("**/round?*")
    expect(page.get_by_text("0 of 1").first).to_be_visible()
    judge(boss, {})
    lead = signed_in(opened, server, "lead")
    judge(lead, {"greeting": "3"})
    (one,) = calibration.of_viewer(Person(0, Scope.all()), Role.MANAGER)
    boss.open(f"/round?lang=en&round={one.id}").settled()
    rows = page.locator("[class*='st-key-go_said_']")
    expect(rows.first).to_contain_text("people differ")
    expect(rows.nth(1)).to_contain_text("the machine differs")
    page.get_by_role("button", name="Take over what all people agree on").click()
    expect(page.get_by_text(f"{len(CRITERIA) - 1} of {len(CRITERIA)} references are set")).to_be_visible()
    boss.settled()
    box = page.get_by_role("combobox", name="Reference: Greeting")
    box.click()
    box.fill("met")  # opens the list again, should the run that is ending have closed it
    page.get_by_role("option", name="met", exact=True).click()
    expect(page.get_by_text(f"{len(CRITERIA)} of {len(CRITERIA)} references are set")).to_be_visible()
    expect(page.get_by_text("against the reference")).to_be_visible()
    page.get_by_role("button", name="Close the calibration").click()
    expect(page.get_by_role("button", name="Close the calibration")).to_have_count(0)
    assert boss.faults == lead.faults == []
