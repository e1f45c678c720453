"""Coaching in a real browser: one click on a suggestion, the room, the plan, the agent's own word."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from dashboard.data import coaching, site, upkeep
from dashboard.data.coaching import CoachingState, SessionFilter
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from qa.calendar import day_bounds
from qa.records import CriterionResult, Evidence, Judgement, Scoring, Verdict
from qa.store.made.bulk import FinishedCall, save_finished
from qa.store.people import agent_id, queue_id, team_id
from tests.dashboard import browser as desk_browser
from tests.dashboard import call_samples
from tests.dashboard.browser import Server, Visit, visit
from tests.dashboard.desk import PASSWORD, Site, site_at
from tests.store.desk import scored
from tests.store.samples import new_call

pytestmark = pytest.mark.browser
KEY, STEP = "recap_next_step", "Name, task and time in every closing"
PRIVATE = "Tired lately; ask how the night shifts are."
AGENTS = ("Sara Ahmadi", "Omid Jafari", *(f"Agent {number}" for number in range(8)))
CALLS = 24


def judged(scoring: Scoring) -> Scoring:
    """The call that can be heard, with the criterion missed at a second."""
    said = call_samples.utterances("en")
    proof = Evidence(6, said[6].text, None)
    missed = CriterionResult(
        KEY, "closing", 2.0, 20.0, None, Judgement(Verdict.NOT_MET, 0.9, (proof,), "phrase/1", "x")
    )
    return replace(scoring, criteria=(*scoring.criteria, missed))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Four agents of whom one often misses the next step, and a call of hers to hear."""
    desk_browser.chromium()
    folder = tmp_path_factory.mktemp("coaching")
    with site_at(folder):
        upkeep.bring_up_to_date()
        call_samples.store(folder, team="Orders", scoring=judged(call_samples.scoring("en")))
        with site.database().write() as tx:
            team, queue, today = team_id(tx, "Orders"), queue_id(tx, "Refunds"), coaching.today()
            people = [agent_id(tx, name, team=team) for name in AGENTS]
            facts = {"team_id": team, "queue_id": queue, "language": "en", "duration": 60.0, "media": None}
            made = []
            for seed in range(CALLS * len(people)):
                place, number = seed % len(people), seed // len(people)
                missed = number % 8 < (6 if place == 0 else 1 + place % 2)
                verdicts = {KEY: Verdict.NOT_MET} if missed else {}
                when = day_bounds(today - 8 - number % 30, site.settings().zone)[0]
                day = {"started_at": when, "local_day": today - 8 - number % 30, "agent_id": people[place]}
                made.append(FinishedCall(new_call(100 + seed, **facts, **day), (), scored(verdicts)))
            save_finished(tx, made)
        users = Site(folder)
        users.add("lead", Role.SUPERVISOR, teams=frozenset({team}), display_name="Nazanin Moradi")
        users.add("sara", Role.AGENT, agent_id=people[0], display_name="Sara Ahmadi")
        with desk_browser.cold_server(folder) as running:
            yield running


def signed_in(opened: Browser, server: Server, name: str) -> Visit:
    return visit(opened, server.url).sign_in(name, PASSWORD)


def test_from_a_suggestion_to_the_acknowledged_plan(opened: Browser, server: Server) -> None:
    lead = signed_in(opened, server, "lead").open("/coaching?lang=en").settled()
    page = lead.page
    expect(page.get_by_text("Sara Ahmadi: Recap and next step")).to_be_visible()
    page.get_by_role("button", name="Prepare", exact=True).first.click()

    # the room: one screen, no sidebar, half as large again
    expect(page.get_by_role("heading", name="Say the next step before you close")).to_be_visible()
    expect(page.locator('[data-testid="stSidebar"]')).to_be_hidden()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 21
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    clip = page.locator(".clip-view")
    expect(clip.locator(".ln")).to_have_count(4)
    expect(clip.locator("mark")).to_have_text("Thank you.")
    with page.expect_response(lambda answer: "/qa/audio/" in answer.url) as heard:
        clip.locator(".clip-play").click()
    assert heard.value.status in (200, 206)
    expect(page.locator("body")).not_to_contain_text("Omid")
    expect(page.get_by_role("button", name="Agree the plan")).to_be_disabled()
    page.get_by_role("button", name="Private notes").click()
    page.get_by_label("Add a private note").fill(PRIVATE)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Note stored")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_label("Steps, one a line").fill(STEP)
    page.get_by_role("button", name="Store it").click()
    agree = page.get_by_role("button", name="Agree the plan")
    expect(agree).to_be_enabled()
    agree.click()
    expect(page.locator(".agreed li.on").first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(PRIVATE)  # two people look at this screen
    page.get_by_role("button", name="Leave the room").click()
    page.get_by_text("Private notes, for you alone").click()
    expect(page.get_by_label("Private notes", exact=True)).to_have_value(PRIVATE)
    lead.settled()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 14

    # the agent: own words, then the step is on the list of both
    agent = signed_in(opened, server, "sara").open("/coaching?lang=en").settled()
    expect(agent.page.locator("body")).to_contain_text(STEP)
    expect(agent.page.locator("body")).not_to_contain_text(PRIVATE)
    agent.page.get_by_label("In your own words").fill("I put a note beside the screen.")
    agent.page.get_by_role("button", name="I have seen the plan").click()
    expect(agent.page.get_by_text("You added:")).to_be_visible()
    agent.open("/plan?lang=en").settled()
    expect(agent.page.get_by_text(STEP).first).to_be_visible()
    agent.page.get_by_role("button", name="Done").click()
    expect(agent.page.get_by_text("Nothing is planned here")).to_be_visible()

    with site_at(server.folder):
        (done,) = coaching.listed(Scope.all(), SessionFilter(), 9)
    assert done.state is CoachingState.ACKNOWLEDGED
    assert lead.faults + agent.faults == []
