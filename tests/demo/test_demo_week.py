"""The planted truths of the centre as the manager's week tells them."""

from qa.analytics.control import Signal
from qa.calendar import local_day, week_start
from qa.demo.people import AGENTS, COACHED, IMPROVING, PROBLEM_FROM, PROBLEM_QUEUE, QUEUES
from qa.gather.week import House, read_week
from qa.report.content import About
from qa.report.summary import summary_of
from qa.report.tables import tables_of
from qa.settings import Settings
from qa.store.database import Database
from qa.store.people import list_queues
from qa.store.scope import Scope
from qa.weekly import Ask, Week
from qa.weekly.records import MarkKind
from tests.demo.made import NOW

Centre = tuple[Database, Settings]


def told(centre: Centre, place: int, queue: int | None = None) -> Week:
    """The week at a place from 0, the oldest, to 15, the one that runs."""
    database, settings = centre
    week = week_start(local_day(NOW, settings.zone), "en") - 7 * (15 - place)
    with database.read() as tx:
        numbers = {one.name: one.id for one in list_queues(tx)}
    wanted = None if queue is None else numbers[QUEUES[queue].en]
    return read_week(House(database, settings, Scope.all()), Ask(week, "en", queue=wanted), NOW)


def test_customers_of_the_problem_queue_wait_and_no_others(whole: Centre) -> None:
    for queue, one in enumerate(QUEUES):
        week = told(whole, 14, queue)
        for key in ("service_level", "waiting"):
            reading = week.reading(key)
            assert reading.good is (False if queue == PROBLEM_QUEUE else None), (one.en, key)
            assert (reading.signal is Signal.NONE) is (queue != PROBLEM_QUEUE), (one.en, key)


def test_the_note_stands_at_the_week_in_which_it_began(whole: Centre) -> None:
    week = told(whole, PROBLEM_FROM)
    here = [mark for mark in week.marks if mark.kind is MarkKind.NOTE and mark.touches(week.ask.week)]
    assert [(mark.en, mark.place) for mark in here] == [("New refund script", QUEUES[PROBLEM_QUEUE].en)]


def test_the_fall_after_it_is_performance_of_that_queue(whole: Centre) -> None:
    """The first week of the problem against the one before: no other queue lost as much."""
    weeks = [told(whole, PROBLEM_FROM + place, PROBLEM_QUEUE) for place in (-1, 0)]
    before, after = (week.reading("quality").figure.now.value for week in weeks)
    assert before is not None
    assert after is not None
    parts = told(whole, PROBLEM_FROM).explained
    assert parts.parts is not None
    worst = min(parts.parts.parts, key=lambda one: one.performance.value or 0.0)
    assert parts.queues[worst.group or 0] == QUEUES[PROBLEM_QUEUE].en
    assert after < before


def test_coaching_that_helped_is_told(whole: Centre) -> None:
    """The coached agent on the next step: the whole interval above zero."""
    found = [
        one
        for one in told(whole, 14).coached
        if [name for _number, name in one.session.agents] == [AGENTS[COACHED].en]
    ]
    assert [one.session.criterion for one in found] == ["recap_next_step"]
    assert found[0].effect.helped


def test_the_improving_agent_alone_moved(whole: Centre) -> None:
    """Of the planted agents; in the English and the Persian report by name."""
    week = told(whole, 14)
    assert [one.name for one in week.moved] == [AGENTS[IMPROVING].en]
    (one,) = week.moved
    assert one.signal is Signal.RISING
    assert one.change > 0
    for language in ("en", "fa"):
        about = About(language, NOW, "Asia/Tehran", {}, demo=True)
        assert any(one.name in line for line in summary_of(week, about).changed)
        assert any(one.name == row[0].text for table in tables_of(week, about) for row in table.rows)


def test_who_moved_is_not_said_of_a_week_that_runs(whole: Centre) -> None:
    assert told(whole, 15).moved == ()
