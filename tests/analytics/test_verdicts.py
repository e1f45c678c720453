"""The course of one criterion: counted verdicts give what single ones give."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.analytics.intervals import mean
from qa.analytics.verdicts import criterion_course, mean_verdict
from qa.calendar import week_start

MONDAY = week_start(20_700, "en")
COUNTS = st.lists(
    st.tuples(st.integers(0, 34), st.sampled_from([0.0, 0.5, 1.0]), st.integers(1, 6)),
    min_size=1,
    max_size=20,
)


def one_by_one(days: pl.DataFrame) -> pl.DataFrame:
    """A row a verdict."""
    columns = ("agent_id", "queue_id", "local_day", "value")
    return days.select(pl.exclude("n").repeat_by("n")).explode(columns).select(columns)


def table(rows: list[tuple[int, float, int]]) -> pl.DataFrame:
    """Days counted from the Monday four weeks before ``MONDAY``."""
    first = MONDAY - 28
    return pl.DataFrame(
        [(1, 2, first + day, value, n) for day, value, n in rows],
        schema={
            "agent_id": pl.Int64,
            "queue_id": pl.Int64,
            "local_day": pl.Int32,
            "value": pl.Float64,
            "n": pl.Int64,
        },
        orient="row",
    )


@settings(deadline=None, max_examples=40)
@given(COUNTS)
def test_weeks_are_the_means_of_their_verdicts(rows: list[tuple[int, float, int]]) -> None:
    days, single = table(rows), one_by_one(table(rows))
    course = criterion_course(days, MONDAY, "en")
    assert single.height == sum(n for _day, _value, n in rows)
    for week, found in zip(course.weeks, course.intervals, strict=True):
        inside = single.filter(pl.col("local_day").is_between(int(week), int(week) + 6))["value"].to_numpy()
        expected = mean(inside) if inside.size else found
        assert (found.n, found.value, found.low, found.high) == (
            inside.size, expected.value, expected.low, expected.high,
        )  # fmt: skip
    whole = mean_verdict(days, MONDAY - 28, MONDAY + 6)
    assert whole.n == single.height
    assert whole.value is not None
    assert np.isclose(whole.value, single["value"].mean())


def test_a_week_without_verdicts_is_a_hole_and_nothing_is_zero() -> None:
    course = criterion_course(table([(0, 1.0, 3), (15, 0.0, 2)]), MONDAY, "en")
    assert list(course.weeks) == [MONDAY - 28 + 7 * step for step in range(5)]
    assert [each.n for each in course.intervals] == [3, 0, 2, 0, 0]
    assert course.now.value is None
    assert mean_verdict(table([(0, 1.0, 3)]), MONDAY, MONDAY + 6).value is None
