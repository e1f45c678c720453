"""Coaching pages: agreed and acknowledged in Persian; who sees what; private notes stay with their writer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from dashboard.data import actions, coaching, demo, site
from dashboard.data.coaching import CoachingState, Person, Plan, SessionFilter
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from dashboard.i18n import LANGUAGES, speaking
from qa.records import Verdict
from qa.store.coaching.items import NewItem, add_item
from qa.store.coaching.making import NewSession
from qa.store.tables import coaching_sessions
from tests.dashboard.centre import Language, html, open_copy, open_page
from tests.dashboard.desk import Site
from tests.dashboard.shown import shown, untranslated
from tests.dashboard.test_every_page import FA
from tests.store.samples import sha

SignIn = Callable[[str], None]
KEY, FOCUS, STEP = "no_unrealistic_promise", "فقط وعدهٔ شدنی", "گفتن زمان واقعی"
PRIVATE, OTHERS = "خسته است؛ از شیفت شب بپرس.", "تمرین خداحافظی"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def desk(desk_site: Site, centres: Callable[[Language], Path]) -> Site:
    """A Persian centre with a lead of team 1, the agents 1 and 2 of it as users, and a lead of team 2."""
    found = open_copy(centres("fa"), desk_site)
    found.add("lead", Role.SUPERVISOR, teams=frozenset({1}), display_name="نازنین مرادی")
    found.add("other", Role.SUPERVISOR, teams=frozenset({2}), display_name="بهرام نادری")
    found.add("sara", Role.AGENT, agent_id=1, display_name="سارا")
    found.add("reza", Role.AGENT, agent_id=2, display_name="رضا")
    return found


def person(desk: Site) -> Person:
    return Person(desk.users["lead"], Scope.of_teams({1}))


def planned(desk: Site, agent: int = 1, focus: str = FOCUS) -> int:
    """A session with a whole plan, not yet agreed."""
    made = coaching.prepare(person(desk), NewSession(KEY, focus, (agent,), coaching.today()))
    plan = Plan("در ۹۰ درصد تماس‌ها", 90.0, STEP, coaching.today() + 14, "چه کسی: همکار نصب")
    coaching.write_plan(person(desk), made, plan, "یادداشت مشترک")
    coaching.write_private_note(person(desk), made, PRIVATE)
    return made


def page(file: str, **params: str) -> AppTest:
    with speaking("fa"):
        at = open_page(file, "fa", **params)
    assert not at.exception
    assert set(untranslated(shown(at), FA)) <= {LANGUAGES["en"]}
    return at


def everything(at: AppTest) -> str:
    """All the words that went to the browser, those in fields too."""
    return " ".join((html(at), *shown(at)))


def test_prepared_agreed_and_acknowledged_in_persian(desk: Site, sign_in_as: SignIn) -> None:
    sign_in_as("lead")
    at = page("coaching")
    with speaking("fa"):
        at.multiselect(key="coach_agents").set_value([1])
        at.selectbox(key="coach_criterion").set_value(KEY)
        at.button(key="coach_make").click().run()
    (made,) = coaching.listed(Scope.all(), SessionFilter(), 9)
    (heard,) = coaching.moments(Scope.all(), made.id)
    assert (heard.call_key, heard.verdict, heard.start is not None) == (sha(1)[:12], Verdict.NOT_MET, True)
    coaching.write_plan(person(desk), made.id, Plan("هدف", 90.0, STEP, coaching.today() + 7), "")
    at = page("room", session=str(made.id))
    with speaking("fa"):
        at.button(key="agree").click().run()
    assert coaching.session(Scope.all(), made.id).state is CoachingState.HELD
    sign_in_as("sara")
    at = page("coaching")
    assert STEP in html(at)
    with speaking("fa"):
        at.text_area(key=f"own_words_{made.id}").set_value("امتحان می‌کنم.")
        at.button(key=f"acknowledge_{made.id}").click().run()
    assert coaching.session(Scope.all(), made.id).state is CoachingState.ACKNOWLEDGED
    at = page("plan")
    assert STEP in html(at)
    with speaking("fa"):
        at.button(key="item_done").click().run()
    assert actions.counts(Person(desk.users["sara"], Scope.of_agent(1))).done == 1


def test_every_state_of_a_session_is_shown_to_who_leads(desk: Site, sign_in_as: SignIn) -> None:
    made, late = planned(desk), planned(desk, 2, OTHERS)
    coaching.agree(person(desk), late)
    sign_in_as("lead")
    body = html(page("coaching", session=str(late)))
    assert all(text in body for text in (OTHERS, STEP, "یادداشت مشترک"))
    room = page("room", session=str(made))
    assert "همکار نصب" in html(room)
    assert PRIVATE not in everything(room)  # two people look at this screen


@pytest.mark.parametrize("name", ["reza", "other", "sara"])
def test_others_see_nothing_of_it(desk: Site, sign_in_as: SignIn, name: str) -> None:
    made = planned(desk)
    coaching.agree(person(desk), made)
    planned(desk, 2, OTHERS)
    sign_in_as(name)
    told = everything(page("coaching", session=str(made))) + everything(page("plan"))
    told += everything(page("room", session=str(made)))
    assert PRIVATE not in told
    assert (FOCUS in told) == (name == "sara")  # the agent's own, once it was held
    assert (OTHERS in told) == (name == "reza")  # planned: the focus, and nothing of the draft
    assert (STEP in told) == (name == "sara")


def test_only_one_module_reads_private_notes() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("qa", "dashboard", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if "coaching_private_notes" in path.read_text(encoding="utf-8") and "migrations" not in path.parts
    }
    assert readers == {
        "qa/store/coaching/holding.py",
        "qa/store/tables/__init__.py",
        "qa/store/tables/coaching.py",
    }


def test_the_overview_says_what_is_owed(desk: Site, sign_in_as: SignIn) -> None:
    made = planned(desk)
    coaching.agree(person(desk), made)
    with site.database().write() as tx:
        add_item(tx, NewItem(desk.users["lead"], "x", 20_000, team_id=1), 20_000, None)
        overdue = update(coaching_sessions).where(coaching_sessions.c.id == made)
        tx.execute(overdue.values(due_day=20_000))
    demo.refresh()
    for name, keys in (("lead", ("owed_follow_ups", "owed_late")), ("sara", ("owed_plans",))):
        sign_in_as(name)
        at = page("overview")
        body = html(at)
        told = {
            "owed_follow_ups": "پیگیری مربی‌گری",
            "owed_late": "سررسیدش گذشته",
            "owed_plans": "در انتظار شماست",
        }
        assert {key for key, text in told.items() if text in body} == set(keys)
