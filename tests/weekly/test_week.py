"""The figures of the week against the same figures worked out by hand from the rows; what a week promises."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analytics.contacts import contact_figures
from qa.analytics.control import BASELINE, Signal
from qa.analytics.effect import Session, coaching_effect, criterion_values
from qa.analytics.headline import WEEKS
from qa.analytics.intervals import FEW, NOTHING, Estimate
from qa.calendar import day_bounds, local_day
from qa.gather import sums, telephone
from qa.gather.marks import marks
from qa.gather.week import House, goals, read_inputs, read_week
from qa.holidays import holidays
from qa.settings import Settings
from qa.store.annotations import NewAnnotation, add_annotation
from qa.store.lists.filters import CallFilter
from qa.store.lists.read import criteria_frame
from qa.store.people import list_queues
from qa.store.rollups.halves import Part
from qa.store.rollups.of_contacts import contact_rows
from qa.store.scope import Scope
from qa.store.site import set_target
from qa.store.voice.answered import answered
from qa.store.voice.feedback_frames import Span
from qa.weekly import BY_KEY, KPIS, Ask, Kind, Reading, Week, week_of
from qa.weekly.records import Held, MarkKind, Why
from qa.weekly.series import nothing, of_counts, of_pairs, of_values
from tests.analytics.alike import same
from tests.weekly import by_hand
from tests.weekly.conftest import Centre

NARROWED = [
    pytest.param(Ask(0, "fa"), "1", id="everything"),
    pytest.param(Ask(0, "fa", queue=2), "c.queue_id = 2", id="a queue"),
    pytest.param(Ask(0, "fa", team=1), "c.team_id = 1", id="a team"),
    pytest.param(Ask(0, "fa", team=3, queue=1), "c.team_id = 3 AND c.queue_id = 1", id="team and queue"),
]


def worked(centre: Centre, week: int, ask: Ask, where: str) -> dict[str, by_hand.Value]:
    con, today = centre.rows, local_day(centre.now, by_hand.TEHRAN)
    found = by_hand.calls(con, week, where) | by_hand.surveys(con, week, where)
    found |= by_hand.returning(con, week, where, today) | by_hand.promises(con, week, where, centre.now)
    if ask.team is None:
        found |= by_hand.telephone(con, week, ask.queue)
    return found if ask.narrowed else found | by_hand.comments(con, week, centre.now)


@pytest.mark.parametrize(("ask", "where"), NARROWED)
def test_every_figure_is_that_of_the_rows(centre: Centre, ask: Ask, where: str) -> None:
    """Every KPI, this week and last week, and two points of the course."""
    week = centre.week()
    found = read_week(centre.house, replace(ask, week=week), centre.now)
    for back in (0, 1, 5):
        expected = worked(centre, week - 7 * back, ask, where)
        for key, (value, n) in expected.items():
            figure = found.reading(key).figure
            assert figure.weeks[-1 - back] == week - 7 * back, key
            told = figure.intervals[-1 - back]
            assert (told.value, told.n) == (pytest.approx(value, abs=1e-9), n), (key, back)
            if back == 1:
                assert figure.before == told, key
                change = None if figure.now.value is None or value is None else figure.now.value - value
                assert figure.change.value == pytest.approx(change, abs=1e-9), key
    told_of = {one.kpi.key for one in found.readings if one.why is None}
    assert told_of - set(expected) <= {"reviewed", "abuse"}


@pytest.mark.parametrize("ask", [ask.values[0] for ask in NARROWED])
def test_sums_say_what_the_calls_say(centre: Centre, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is said of a week, from sums of the calls and from each of them."""
    asked, found = replace(ask, week=centre.week()), []
    for few in (0, 10**9):
        monkeypatch.setattr(sums, "FEW_CALLS", few)
        inputs = read_inputs(centre.house, asked, centre.now)
        assert ("call_key" in inputs.calls.columns) == bool(few)
        found.append(week_of(inputs))
    assert same(*found)


@pytest.mark.parametrize("few", [0, FEW, 10**9])
@pytest.mark.parametrize("queue", [None, 2])
def test_telephone_cells_say_what_the_contacts_say(
    centre: Centre, queue: int | None, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Intervals too: weeks of few contacts have them one by one, at any limit."""
    house, days = centre.house, Part(centre.week(7), centre.week(0) + 6)
    zone = house.settings.zone
    with house.database.read() as tx:
        name = next((one.name for one in list_queues(tx) if one.id == queue), None)
    named = None if name is None else [name]
    monkeypatch.setattr(telephone, "FEW", few)
    cells = telephone.contacts(house.database, Scope.all(), days, zone, queue)
    for first in range(days.first, days.last, 7):
        begin, end = day_bounds(first, zone)[0], day_bounds(first + 6, zone)[1]
        rows = contact_figures(contact_rows(house.database, begin, end, named).lazy())
        mine = cells.lazy().filter(pl.col("local_day").is_between(first, first + 6))
        found = contact_figures(mine)
        assert same(found, rows)
        for name in ("waiting", "speed", "handling") if few >= FEW else ():
            one, other = getattr(found, name), getattr(rows, name)
            assert (one.low, one.high) == (pytest.approx(other.low), pytest.approx(other.high)), name
        assert rows.offered > 0


def test_the_english_week_begins_on_monday(centre: Centre) -> None:
    week = centre.week() + 2
    found = read_week(centre.house, Ask(week, "en"), centre.now)
    assert found.reading("quality").figure.now.n == by_hand.calls(centre.rows, week, "1")["quality"][1]


def test_a_count_of_the_running_week_is_no_signal(centre: Centre) -> None:
    found = read_week(centre.house, Ask(centre.week(0), "fa"), centre.now)
    assert found.running
    assert found.reading("heard").signal is Signal.NONE
    young = found.reading("first_contact")
    assert young.figure.now == NOTHING
    assert young.figure.missing > 0


def test_what_a_filter_takes_away_says_why(centre: Centre) -> None:
    week = centre.week()
    by_team = read_week(centre.house, Ask(week, "fa", team=1), centre.now)
    assert by_team.reading("service_level").why is Why.UNKNOWN
    assert by_team.reading("recovered").why is Why.NARROWED
    assert by_team.comments is None
    lead = House(centre.house.database, centre.house.settings, Scope.of_teams([1]))
    own = read_week(lead, Ask(week, "fa"), centre.now)
    assert own.reading("waiting").why is Why.SCOPE
    assert own.reading("quality").figure.now == by_team.reading("quality").figure.now
    assert own.reading("first_contact").figure.now == by_team.reading("first_contact").figure.now


def test_data_quality_adds_up(centre: Centre) -> None:
    data = read_week(centre.house, Ask(centre.week(), "fa"), centre.now).data
    assert data.received == data.done == data.counted + sum(n for _why, n in data.left_out)
    assert data.languages == (("fa", data.done, data.counted),)
    assert 0 <= data.orphans <= data.answered
    asked = by_hand.surveys(centre.rows, centre.week(), "1")
    assert data.answered == sum(asked[kind][1] for kind in ("csat", "nps", "ces"))


def test_promises_and_losses(centre: Centre) -> None:
    found = read_week(centre.house, Ask(centre.week(), "fa"), centre.now)
    told = found.promised
    assert told.kept + told.broken + told.waiting <= told.due
    assert told.overdue == found.reading("promises_overdue").figure.now.value
    assert [one.lost for one in found.lost] == sorted((one.lost for one in found.lost), reverse=True)
    assert all(one.lost > 0 and one.calls <= one.n for one in found.lost)


def test_of_many_answers_some_are_drawn_always_the_same(centre: Centre) -> None:
    span = Span(centre.now - timedelta(days=91), centre.now)
    database, scope = centre.house.database, centre.house.scope
    every = answered(database, scope, CallFilter(), span)
    assert every.given == 0
    some = [answered(database, scope, CallFilter(), span, most=20) for _time in range(2)]
    assert some[0].answers.equals(some[1].answers)
    assert (some[0].answers.height, some[0].given) == (20, every.answers.height)
    assert set(some[0].answers["id"]) < set(every.answers["id"])
    assert set(some[0].verdicts["call_key"]) <= set(some[0].answers["call"])


def test_the_change_is_explained(centre: Centre) -> None:
    found = read_week(centre.house, Ask(centre.week(), "fa"), centre.now)
    parts, figure = found.explained.parts, found.reading("quality").figure
    assert parts is not None
    assert (parts.before, parts.after) == pytest.approx((figure.before.value, figure.now.value))
    assert parts.mix + (parts.performance.value or 0.0) == pytest.approx(figure.change.value)
    names = dict(centre.rows.execute("SELECT id, name FROM queues").fetchall())
    assert {part.group: found.explained.queues[part.group or 0] for part in parts.parts} == names


def test_what_came_of_coaching(centre: Centre) -> None:
    """The same effect as from the frame of all criteria; another session on the criterion is left out."""
    week = centre.week()
    sessions = (
        Held(2, "recap_next_step", ((3, "Mina"),), week - 14),
        Held(1, "recap_next_step", ((1, "Sara"), (2, "Reza")), week - 28),
    )
    inputs = read_inputs(centre.house, Ask(week, "fa"), centre.now)
    assert inputs.held == ()
    every = CallFilter(first_day=week - 28 - 56, last_day=week + 6)
    coached = sums.verdicts(centre.house.database, Scope.all(), every, {"recap_next_step"}, daily=True)
    found = week_of(replace(inputs, held=sessions, coached=coached)).coached
    criteria = criteria_frame(centre.house.database, Scope.all(), every)
    values = criterion_values(criteria.lazy(), "recap_next_step")
    theirs = [Session(tuple(number for number, _name in one.agents), one.day) for one in sessions]
    assert [one.session for one in found] == list(sessions)
    for one, own, other in zip(found, theirs, reversed(theirs), strict=True):
        assert one.effect == coaching_effect(values, own, [other])
    assert found[1].effect.coached.before > 0


def test_marks_of_the_half_year(centre: Centre) -> None:
    """Holidays of Iran where the site keeps them; notes of the queue that was asked for, and of everybody."""
    week = centre.week()
    with centre.house.database.write() as tx:
        add_annotation(tx, NewAnnotation(week, week + 1, "New menu"), None)
        add_annotation(tx, NewAnnotation(week, week, "Script", queue=2), None)

    def notes(ask: Ask) -> list[str]:
        marks = read_week(centre.house, ask, centre.now).marks
        return [mark.en for mark in marks if mark.kind is MarkKind.NOTE]

    assert notes(Ask(week, "fa")) == ["New menu", "Script"]
    assert notes(Ask(week, "fa", queue=2)) == ["New menu", "Script"]
    assert notes(Ask(week, "fa", queue=1)) == ["New menu"]
    first = week - (WEEKS - 1) * 7
    told = [mark for mark in marks(centre.house, first, week + 6) if mark.kind is MarkKind.HOLIDAY]
    days = {day for mark in told for day in range(mark.first, mark.last + 1)}
    assert days == {one.day for one in holidays(first, week + 6)}
    abroad = replace(centre.house, settings=Settings(time_zone="Europe/Berlin"))
    assert all(mark.kind is not MarkKind.HOLIDAY for mark in marks(abroad, first, week + 6))
    assert [mark.touches(week) for mark in told[:1]] == [told[0].first < week + 7 and told[0].last >= week]


def test_a_site_without_any_row(centre: Centre) -> None:
    """A week long before the first call: every figure is there, says nothing, and nothing fails."""
    found = read_week(centre.house, Ask(centre.week(200), "fa"), centre.now)
    assert [one.kpi for one in found.readings] == list(KPIS)
    values = {one.kpi.key: one.figure.now.value for one in found.readings}
    assert {key for key, value in values.items() if value is not None} == {"heard", "promises_overdue"}
    assert not found.drivers.enough
    assert found.data.received == 0


def test_target_in_force(centre: Centre) -> None:
    """Team before site before default; the week keeps the target of its end; the first one counts before."""
    house, week = centre.house, centre.week(6)

    def of(team: int | None = None, week: int = week) -> float | None:
        later = centre.now + timedelta(days=90)
        return goals(house, Ask(week, "fa", team=team), later)["quality"]

    assert of() == 85.0
    with house.database.write() as tx:
        set_target(tx, "quality", 80.0)
        set_target(tx, "quality", 75.0, team=1)
    assert (of(), of(1), of(2)) == (80.0, 75.0, 80.0)
    with house.database.write() as tx:
        set_target(tx, "quality", 90.0)
        set_target(tx, "quality", None, team=1)
    ahead = centre.week(0) + 21
    assert (of(), of(1)) == (80.0, 75.0), "weeks that are over keep theirs"
    assert (of(week=ahead), of(1, ahead)) == (90.0, 90.0)
    lead = House(house.database, house.settings, Scope.of_teams([1]))
    assert goals(lead, Ask(week, "fa"), centre.now)["quality"] == 75.0
    with house.database.write() as tx:
        set_target(tx, "quality", None)
    assert of(week=ahead) == 85.0
    assert day_bounds(week, by_hand.TEHRAN)[0] < centre.now


def reading(key: str, now: Estimate, target: float | None) -> Reading:
    return Reading(BY_KEY[key], replace(nothing(70), now=now), target)


@pytest.mark.parametrize(
    ("key", "now", "target", "met", "sure"),
    [
        ("quality", Estimate(84.0, 82.0, 86.0, 50), 85.0, False, False),  # the interval holds the target
        ("quality", Estimate(80.0, 78.0, 82.0, 50), 85.0, False, True),  # wholly below
        ("quality", Estimate(85.0, 83.0, 87.0, 50), 85.0, True, False),  # just reached
        ("abandoned", Estimate(0.03, 0.02, 0.04, 500), 0.05, True, True),  # at most, wholly below
        ("abandoned", Estimate(0.06, 0.04, 0.08, 500), 0.05, False, False),  # at most, passed
        ("quality", Estimate(80.0, 78.0, 82.0, 50), None, None, False),  # no target
        ("quality", NOTHING, 85.0, None, False),  # no calls
        ("promises_overdue", Estimate(0.0, None, None, 0), 0.0, True, False),  # a count has no interval
    ],
)
def test_met(key: str, now: Estimate, target: float | None, met: bool | None, sure: bool) -> None:
    found = reading(key, now, target)
    assert (found.met, found.sure) == (met, sure)


WEEK = st.integers(min_value=0, max_value=WEEKS - 1).map(lambda place: 7 * place)


@given(st.dictionaries(WEEK, st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(tuple)))
def test_shares_by_week(pairs: dict[int, tuple[int, int]]) -> None:
    figure = of_pairs(pairs, 7 * WEEKS)
    assert list(np.diff(figure.weeks)) == [7] * (len(figure.weeks) - 1)
    assert figure.weeks[-1] == 7 * WEEKS
    for first, told in zip(figure.weeks.tolist(), figure.intervals, strict=True):
        good, n = pairs.get(first, (0, 0))
        assert told.n == n
        assert told.value == (None if n == 0 else good / n)
    enough = sum(n > 0 for _good, n in pairs.values()) >= BASELINE
    assert figure.chart.ready == enough


@given(st.dictionaries(WEEK, st.lists(st.integers(-100, 100).map(float), max_size=8)))
def test_means_by_week(values: dict[int, list[float]]) -> None:
    figure = of_values({first: np.array(each) for first, each in values.items()}, 7 * WEEKS)
    told = dict(zip(figure.weeks.tolist(), figure.intervals, strict=True))
    for first, each in values.items():
        assert told[first].n == len(each)
        if each:
            assert told[first].value == pytest.approx(sum(each) / len(each), abs=1e-9)
    assert figure.now == NOTHING


@given(st.dictionaries(WEEK, st.integers(0, 1000)))
def test_counts_by_week(counts: dict[int, int]) -> None:
    figure = of_counts(counts, 7 * WEEKS)
    told = [one.value for one in figure.intervals]
    assert told == [float(counts.get(first, 0)) for first in figure.weeks.tolist()]
    assert all(one.low is None and one.high is None for one in figure.intervals)


def test_no_kpi_is_without_a_range() -> None:
    for kpi in KPIS:
        assert kpi.low < kpi.high
        assert kpi.default is None or kpi.low <= kpi.default <= kpi.high
        assert kpi.kind is not Kind.SHARE or (kpi.low, kpi.high) == (0.0, 1.0)


def test_the_same_question_gets_the_same_answer(centre: Centre) -> None:
    def figures(week: Week) -> list[Estimate]:
        return [one.figure.now for one in week.readings] + [one.figure.change for one in week.readings]

    ask = Ask(centre.week(), "fa")
    assert figures(read_week(centre.house, ask, centre.now)) == figures(
        read_week(centre.house, ask, centre.now)
    )
