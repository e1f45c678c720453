"""The review desk in a real browser: a review by keyboard to its end, a dispute to its outcome."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.data import accounts, disputes, review, site
from dashboard.data.kinds import Role
from dashboard.data.review import Person
from qa.records import Verdict
from qa.review.plan import Order, make_plan
from qa.store.people import agent_id, team_id
from qa.store.scope import Scope
from tests.dashboard import browser as desk_browser
from tests.dashboard.browser import Server, Visit, visit
from tests.dashboard.desk import Site, session_of, site_at
from tests.store.desk import add_call, card
from tests.store.fresh import fresh

pytestmark = pytest.mark.browser
CRITERIA = [criterion.key for criterion in card().criteria]
REASON = "ابتدای تماس عذرخواهی کرد"
WEEK = 20_664  # of the calls below


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A desk with two calls of one agent in a plan, a supervisor who reviews and the agent."""
    desk_browser.chromium()
    folder = tmp_path_factory.mktemp("review")
    with site_at(folder):
        fresh(site.settings().url)
        with site.database().write() as tx:
            team = team_id(tx, "Orders")
            sara = agent_id(tx, "Sara Ahmadi", team=team)
            for seed in (1, 2):
                facts = {"agent_id": sara, "team_id": team, "local_day": WEEK + seed, "media": None}
                add_call(tx, seed, {"empathy": Verdict.NOT_MET}, **facts)
        users = Site(folder)
        users.add("lead", Role.SUPERVISOR, teams=frozenset({team}), display_name="Nazanin Moradi")
        users.add("sara", Role.AGENT, agent_id=sara, display_name="Sara Ahmadi")
        make_plan(site.database(), site.settings(), Order(WEEK, seed=1))
        with desk_browser.cold_server(folder) as running:
            yield running


def signed_in(opened: Browser, server: Server, name: str, language: str = "en") -> Visit:
    return visit(opened, server.url).enter(session_of(name), language)


def person() -> Person:
    user = accounts.by_name("lead")
    assert user is not None
    return Person(user.id, Scope.all())


def here(page: Page) -> str | None:
    return page.locator(".crit.here").get_attribute("data-criterion")


def test_a_review_from_the_queue_to_its_end_by_keyboard(opened: Browser, server: Server) -> None:
    tab = signed_in(opened, server, "lead", "fa").open("/review?lang=fa").settled()
    page, waiting = tab.page, review.queue(person())[0]
    assert len(waiting) == 2
    page.locator("[class*='st-key-go_review_'] a").first.click()
    page.wait_for_selector(".crit.here")
    done = page.locator(".rv-done")
    expect(done).to_be_disabled()
    for key in CRITERIA:
        assert here(page) == key
        if key == "empathy":  # a Persian keyboard sends another letter from the same place
            page.evaluate(
                "document.dispatchEvent(new KeyboardEvent('keydown',"
                " {code: 'Digit1', key: '۱', bubbles: true, cancelable: true}))"
            )
            expect(done).to_be_disabled()
            page.keyboard.type(REASON)
        page.keyboard.press("Enter")
    expect(done).to_be_enabled()
    page.keyboard.press("m")  # the last criterion: a note, typed and kept
    page.keyboard.type("خوب بود")
    page.wait_for_timeout(900)  # longer than a draft takes to leave
    number = waiting[0].id
    tab.settled()
    page.reload()
    page.wait_for_selector(".crit.here")
    expect(page.locator(".crit[data-criterion='empathy'] .rv-reason")).to_have_value(REASON)
    expect(page.locator(f".crit[data-criterion='{CRITERIA[-1]}'] .rv-note")).to_have_value("خوب بود")
    expect(page.locator(".rv-score")).to_contain_text("۱۰۰")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("بازبینی پایان یافت")).to_be_visible()
    expect(page.locator(".cv-human b")).to_have_text("۱۰۰")
    expect(page.locator(".crit[data-criterion='empathy'] .cv-said-human")).to_contain_text("عذرخواهی")
    human = review.human_of(waiting[0].call_id, Scope.all())
    assert human is not None
    assert (human.row.id, human.row.human_score) == (number, 100.0)
    assert human.row.auto_score != 100.0
    assert human.row.seconds > 0
    assert tab.faults == []
    page.get_by_role("button", name="تماس بعدی").click()
    page.wait_for_url(f"**review={waiting[1].id}**")
    page.wait_for_selector(".crit.here")
    assert here(page) == CRITERIA[0]


def test_a_dispute_from_the_agent_to_its_outcome(opened: Browser, server: Server) -> None:
    row = review.queue(person())[0][0]
    agent = signed_in(opened, server, "sara").open(f"/call?lang=en&call={row.call_key}").settled()
    agent.page.get_by_text("Contest a verdict").click()
    agent.page.get_by_role("combobox", name="Criterion").click()
    agent.page.keyboard.type("empathy")  # a long list draws only what is in sight
    agent.page.get_by_role("option", name="Acknowledges and shows empathy").click()
    agent.page.get_by_label("Why is the verdict wrong?").fill("I said sorry at once.")
    agent.page.get_by_role("button", name="Contest", exact=True).click()
    expect(agent.page.locator(".dispute")).to_contain_text("I said sorry at once.")
    lead = signed_in(opened, server, "lead").open("/disputes?lang=en").settled()
    lead.page.locator("[class*='st-key-go_dispute_'] a").first.click()
    lead.page.wait_for_selector(".dispute")
    lead.page.get_by_text("accepted", exact=True).first.click()
    lead.page.get_by_label("Why?").fill("She did; the machine missed it.")
    lead.page.get_by_role("button", name="Send answer").click()
    expect(lead.page.locator(".dispute")).to_contain_text("now met")
    agent.open(f"/call?lang=en&call={row.call_key}").settled()
    expect(agent.page.locator(".dispute")).to_contain_text("not met, said the machine; now met")
    expect(agent.page.locator(".dispute")).to_contain_text("She did; the machine missed it.")
    (found,) = disputes.of_call(row.call_id, Scope.all())
    assert (found.original, found.verdict) == (Verdict.NOT_MET, Verdict.MET)
    assert agent.faults == lead.faults == []
