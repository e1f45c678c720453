"""The planted truths are found by the analytics of the pages, and the unchanged are not named."""

from typing import NamedTuple

import polars as pl
import pytest

from qa.analytics import people
from qa.analytics.decompose import decompose
from qa.analytics.effect import Effect, Session, coaching_effect, criterion_values
from qa.calendar import local_day, week_start
from qa.demo.coaching import PLANTED, WEEKS, Planted, day_of
from qa.demo.people import AGENTS, IMPROVING, PROBLEM_FROM, PROBLEM_QUEUE, QUEUES
from qa.settings import Settings
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.lists.read import calls_frame, criteria_frame
from qa.store.people import list_agents, list_queues
from qa.store.scope import Scope
from tests.demo.made import NOW


class Read(NamedTuple):
    """Calls and criteria of the centre, its people's places, the running week's first day."""

    calls: pl.LazyFrame
    criteria: pl.LazyFrame
    agents: dict[int, int]
    queues: dict[int, int]
    settings: Settings
    running: int


@pytest.fixture(scope="module")
def read(made: object) -> Read:
    settings = Settings(data_dir=made)  # type: ignore[arg-type]
    database = Database.open(settings.url)
    wanted = Scope.all(), CallFilter(generated=True)
    with database.read() as tx:
        agents = {one.id: one.name for one in list_agents(tx)}
        queues = {one.id: one.name for one in list_queues(tx)}
    places = [{one.en: place for place, one in enumerate(kind)} for kind in (AGENTS, QUEUES)]
    found = Read(
        calls_frame(database, *wanted).lazy(),
        criteria_frame(database, *wanted).lazy(),
        {number: places[0][name] for number, name in agents.items() if name in places[0]},
        {number: places[1][name] for number, name in queues.items() if name in places[1]},
        settings,
        week_start(local_day(NOW, settings.zone), "en"),
    )
    database.close()
    return found


def test_the_improving_agent_is_named_and_nobody_else(read: Read) -> None:
    courses = people.courses(read.calls, read.running - 7, "en")
    named = {read.agents[agent]: course.change for agent, course in courses.items() if course.moved}
    assert set(named) == {IMPROVING}
    assert (named[IMPROVING] or 0.0) > 5


def effect(read: Read, planted: Planted) -> Effect:
    number = {place: number for number, place in read.agents.items()}
    day = day_of(planted, NOW, read.settings, "en")
    return coaching_effect(
        criterion_values(read.criteria, planted.key), Session((number[planted.agent],), day)
    )


@pytest.mark.parametrize("planted", PLANTED, ids=lambda one: one.key)
def test_coaching_that_helped_is_told_from_coaching_that_did_not(read: Read, planted: Planted) -> None:
    found = effect(read, planted)
    assert found.reason is None
    assert found.helped is planted.helped
    assert (found.difference.high or 0.0) > 0


@pytest.mark.parametrize("key", ["dead_air", "recap_next_step"])
def test_the_problem_queue_alone_is_named_in_the_change(read: Read, key: str) -> None:
    values = criterion_values(read.criteria, key)
    began = read.running - 7 * (WEEKS - 1 - PROBLEM_FROM)
    found = decompose(values.filter(pl.col("local_day") < began), values.filter(pl.col("local_day") >= began))
    assert found is not None
    sure = [part for part in found.parts if part.sure]
    assert [read.queues[part.group or 0] for part in sure] == [PROBLEM_QUEUE]
    assert (sure[0].performance.high or 0.0) < 0
