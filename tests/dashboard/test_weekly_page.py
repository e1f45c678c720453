"""Weekly figures: what the page shows is what ``read_week`` says; every figure opens its rows; notes."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.agent.reading import Days
from dashboard.agent.reading import read as read_agent
from dashboard.data import person, promises, weekly
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.i18n import speaking
from dashboard.overview.reading import this_week
from dashboard.promises.controls import read_filter
from dashboard.weekly.lines import line
from dashboard.weekly.naming import label
from qa.calendar import from_jalali
from qa.gather.house import House
from qa.gather.week import read_week
from qa.store.annotations import NewAnnotation
from qa.weekly import KPIS, Ask, Week
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site

SignIn = Callable[[str], None]


def worked(week: int, language: str = "en", **narrow: int) -> Week:
    house = House(database(), settings(), Scope.all())
    return read_week(house, Ask(week, language, **narrow), datetime.now(UTC))


def links(at: AppTest) -> dict[str, str]:
    return {link.proto.label: link.proto.query_string for link in at.get("page_link")}


@pytest.fixture
def manager(filled: Site, sign_in_as: SignIn) -> Site:
    filled.add("mina", Role.MANAGER, display_name="Mina Karimi")
    sign_in_as("mina")
    return filled


def test_the_page_says_what_the_figures_say(manager: Site) -> None:
    first = this_week("en") - 7
    at = open_page("weekly", week=str(first))
    assert not at.exception
    body, week = html(at), worked(first)
    quality, reached = week.reading("quality"), week.reading("service_level")
    now, change = quality.figure.now, quality.figure.change
    assert None not in (now.low, now.high, change.value)
    assert f"{now.value:.1f}" in body
    assert f"{now.low:.1f} to {now.high:.1f} · n {now.n}" in body
    assert f"{change.value:+.1f}".replace("-", "−") in body
    assert "target 85" in body
    assert reached.met is False
    assert "target 80 · missed" in body
    counted = f"{week.data.counted} calls scored of {week.data.received}."
    assert counted in body
    told = links(at)
    assert {f"Open what is behind it: {label(kpi.key)}" for kpi in KPIS} <= set(told)
    params = told["Open what is behind it: Calls that pass"]
    assert params == f"from={first}&to={first + 6}&band=coach%2Cflag"
    assert f"from={first}&to={first + 6}&kind=nps" in told["Open what is behind it: Recommendation (NPS)"]
    assert "What changed, and why" in body
    assert week.explained.parts is not None
    assert f"{week.explained.parts.change:+.1f}".replace("-", "−") + " on last week" in body
    assert f"of {week.data.received} received" in body


def test_a_line_in_persian(manager: Site) -> None:
    reading = worked(this_week("fa") - 7, "fa").reading("quality")
    with speaking("fa"):
        told = str(line(reading))
    value = f"{reading.figure.now.value:.1f}".translate(str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫"))
    assert value in told
    assert "امتیاز کیفیت" in told
    assert "هدف ۸۵" in told


def test_a_queue_narrows_everything(manager: Site) -> None:
    first = this_week("en") - 7
    body = html(open_page("weekly", week=str(first), queue="2"))
    now = worked(first, queue=2).reading("quality").figure.now
    assert f"n {now.n}" in body
    assert "Comments belong to no team and no queue." in body


def test_the_promises_behind_a_figure(manager: Site) -> None:
    """The link of the share opens as many promises as were due in the week."""
    first = this_week("en") - 7
    told = worked(first).promised
    params = {"due_from": str(first), "due_to": str(first + 6)}
    for shown, count in (("all", told.due), ("kept", told.kept), ("broken", told.broken)):
        wanted = read_filter(params | {"shown": shown}, datetime.now(UTC))
        assert len(promises.page(Scope.all(), wanted, 500).rows) == count, shown
    assert told.due > 0


def test_what_happened_is_written_read_and_taken_back(manager: Site, sign_in_as: SignIn) -> None:
    first = this_week("en") - 7
    at = open_page("weekly", week=str(first))
    assert "Nothing is written down." in html(at) or "public holiday" in html(at)
    said = next(one for one in at.text_input if one.label == "What happened")
    said.set_value("New telephone menu")
    at.date_input(key="note_first").set_value(datetime.fromtimestamp(first * 86400 + 7200, UTC).date())
    next(one for one in at.button if one.label == "Write it down").click().run()
    assert not at.exception
    assert "New telephone menu" in html(at)
    marks = weekly.marks(Scope.all(), first, first + 6)
    assert [mark.en for mark in marks if mark.number is not None] == ["New telephone menu"]
    at.button(key="note_back").click().run()
    assert "New telephone menu" not in html(at)
    manager.add("sara", Role.SUPERVISOR, teams=frozenset({1}))
    sign_in_as("sara")
    at = open_page("weekly", week=str(first))
    assert not at.text_input
    assert "Only those who see the whole site see it." in html(at)


def chosen_day() -> None:
    import streamlit as st

    from dashboard.i18n import speaking
    from dashboard.weekly.dates import choose_day
    from qa.calendar import from_jalali

    with speaking("fa"):
        st.text(str(choose_day("نخستین روز", "day", from_jalali(1405, 9, 1))))


def test_a_day_is_chosen_by_jalali_parts() -> None:
    at = AppTest.from_function(chosen_day).run()
    assert at.text[0].value == str(from_jalali(1405, 9, 1))
    for place, value in enumerate((31, 12, 1404)):
        at.selectbox(key=f"day_{place}").set_value(value)
    with speaking("fa"):
        at.run()
    assert at.text[0].value == str(from_jalali(1404, 12, 29)), "29 days: the last of a shorter month"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT])
def test_others_write_nothing_down(filled: Site, role: Role) -> None:
    boss = filled.add("boss")
    with pytest.raises(PermissionError):
        weekly.note(role, boss, NewAnnotation(1, 1, "words"))
    with pytest.raises(PermissionError):
        weekly.take_back(role, boss, Scope.all(), 1)


def test_the_course_of_an_agent_has_the_notes_of_the_team(manager: Site) -> None:
    """A note of the own team and of the site stand in the agent's chart, one of another team does not."""
    week, boss = this_week("en") - 7, manager.add("boss")
    for text, team in (("New menu", None), ("Own team", 1), ("Others", 2)):
        weekly.note(Role.MANAGER, boss, NewAnnotation(week, week, text, team))
    scope = Scope.all()
    who = person.known(scope, 1)
    assert who is not None
    assert who.team_id == 1
    days = Days(week - 7, week + 6, week)
    found = read_agent.__wrapped__(scope, who, days, "en")
    noted = [mark.en for mark in found.marks if mark.number is not None and mark.first == week]
    assert noted == ["New menu", "Own team"]
