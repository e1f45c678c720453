"""Figures of each agent: the same as those of the analytics on that agent's rows alone."""

import numpy as np
import polars as pl
import pytest

from qa.analytics import people
from qa.analytics.control import Signal, xbar
from qa.analytics.intervals import mean, net_promoter, share
from qa.calendar import week_start
from qa.frames import CALLS_SCHEMA

LAST = week_start(20_700, "fa")


def calls(rows: list[dict[str, object]]) -> pl.LazyFrame:
    full = [dict.fromkeys(CALLS_SCHEMA) | row for row in rows]
    return pl.LazyFrame(full, schema=CALLS_SCHEMA)


def course_of(scores: list[float | None], others: float = 0.0) -> people.Course:
    """Agent 1 with four calls a week around each mean, the last in the last week; agents 2 and 3 always.

    ``others`` is how much these move from week to week.
    """
    rows: list[dict[str, object]] = []
    for place, score in enumerate(reversed(scores)):
        day = LAST - 7 * place + 2
        for gap in (-6.0, -2.0, 2.0, 6.0):
            steady = 80.0 - place * others + gap
            rows += [{"agent_id": agent, "local_day": day, "score": steady} for agent in (2, 3)]
            if score is not None:
                rows.append({"agent_id": 1, "local_day": day, "score": score + gap})
    return people.courses(calls(rows), LAST, "fa")[1]


QUIET: list[float | None] = [80.0, 82.0] * 7
UP: list[float | None] = [70.0 + week + week % 2 for week in range(16)]


@pytest.mark.parametrize(
    ("scores", "signal", "moved"),
    [
        ([*QUIET, 81.0], Signal.NONE, False),
        ([*QUIET, 60.0], Signal.BELOW, True),
        ([*QUIET, 99.0], Signal.ABOVE, True),
        ([*QUIET, None], Signal.NONE, False),  # no calls last week: nothing is said
        ([80.0, 82.0, 60.0], Signal.TOO_FEW, False),
        (UP, Signal.RISING, True),
        (UP[::-1], Signal.FALLING, True),
    ],
)
def test_the_course_is_judged_by_own_weeks(
    scores: list[float | None], signal: Signal, *, moved: bool
) -> None:
    course = course_of(scores)
    line = [np.nan if score is None else score for score in scores]
    assert (course.signal, course.moved) == (signal, moved)
    assert np.allclose(course.chart.values, line, equal_nan=True)
    within = float(np.sqrt((36 + 4) * 2 / 3))
    counts = [0 if score is None else 4 for score in scores]
    drawn = xbar(line, counts, within, people.limits(3))
    assert np.allclose(course.chart.upper, drawn.upper, equal_nan=True)
    assert course.weeks[-1] == LAST
    if signal in (Signal.ABOVE, Signal.BELOW):
        assert course.change == pytest.approx(line[-1] - 81.0)
    if signal in (Signal.RISING, Signal.FALLING):
        assert course.change == course.trend.total.value
        assert abs(course.change or 0.0) == pytest.approx(15, abs=2)


def test_what_everybody_does_is_nobody_s_course() -> None:
    """All rise by a point a week: the weeks were so, no agent is named for it."""
    assert course_of(UP, others=1.0).signal is Signal.NONE
    assert course_of(UP, others=1.0).trend.total.value == pytest.approx(0.0, abs=2)


def test_limits_widen_with_how_many_are_looked_at() -> None:
    assert people.limits(1) == people.limits(12) == people.SIGMAS
    assert people.SIGMAS < people.limits(40) < people.limits(200) < 5


def test_calls_that_do_not_count_are_in_no_figure() -> None:
    rows: list[dict[str, object]] = [
        {"agent_id": 1, "local_day": LAST, "score": 70.0, "dead_air_seconds": 4.0},
        {"agent_id": 1, "local_day": LAST, "score": 90.0, "dead_air_seconds": 8.0},
        {"agent_id": 1, "local_day": LAST, "score": 0.0, "dead_air_seconds": 99.0, "left_out": "too short"},
        {"agent_id": None, "local_day": LAST, "score": 10.0, "dead_air_seconds": 1.0},
        {"agent_id": 2, "local_day": LAST + 7, "score": 10.0},  # the running week
    ]
    found = people.courses(calls(rows), LAST, "fa")
    assert {agent: list(one.chart.values) for agent, one in found.items()} == {1: [80.0]}
    assert people.means(calls(rows), "dead_air_seconds") == {1: mean([4.0, 8.0])}
    assert people.courses(calls([]), LAST, "fa") == {}


def test_answers_belong_to_who_was_on_the_line() -> None:
    surveys = pl.DataFrame(
        [(1, "csat", 5, 5), (1, "csat", 2, 5), (1, "nps", 10, 10), (2, "nps", 3, 10), (2, "csat", None, 5)],
        schema=["agent_id", "kind", "score", "scale"],
        orient="row",
    )
    assert people.answers(surveys, "csat") == {1: share(1, 2)}
    assert people.answers(surveys, "nps") == {1: net_promoter(1, 0, 1), 2: net_promoter(0, 1, 1)}
