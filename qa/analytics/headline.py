"""The figures at the top of the overview: this week, last week, the course, and whether a change is one.

``calls`` are rows of calls or cells of them (``qa.analytics.cells``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.analytics.cells import sample
from qa.analytics.control import Chart, laney, xmr
from qa.analytics.intervals import NOTHING, Estimate, difference, mean, share, share_difference
from qa.analytics.samples import EMPTY
from qa.analytics.weeks import STEP, failures_by_week, heard_by_week, left_out_counts, values_by_week
from qa.records import CriticalKind

WEEKS = 26  # how far back limits are taken from
WHOLE = 100.0  # the highest score


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a week, and its course.

    Attributes:
        now, before: this week and last week.
        change: this week less last week with its interval.
        weeks: first days, oldest first, up to this week, without holes; shape as ``chart.values``.
        intervals: a figure for each of the weeks.
        chart: limits, and what each week says.
        missing: counted calls of this week that have no value (a measure that is not measurable).
    """

    now: Estimate
    before: Estimate
    change: Estimate
    weeks: NDArray[np.int32]
    intervals: tuple[Estimate, ...]
    chart: Chart
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """Calls of a week: received, done, counted in aggregates; counted in the week before.

    ``left_out`` are reasons and counts, most frequent first. ``weeks`` and ``chart`` are the course of the
    counted calls; a week that is not over yet is low in it by nature.
    """

    received: int
    done: int
    counted: int
    counted_before: int
    left_out: tuple[tuple[str, int], ...]
    weeks: NDArray[np.int32]
    chart: Chart


def quality(calls: pl.LazyFrame, week: int, language: str) -> Figure:
    """Mean score of a week (0-100)."""
    return _of_values(values_by_week(_recent(calls, week), "score", language), week, WHOLE)


def measured(calls: pl.LazyFrame, column: str, week: int, language: str) -> Figure:
    """Mean of a measure over the calls in which it is measurable: total / calls."""
    return _of_values(values_by_week(_recent(calls, week), column, language), week)


def where_any(calls: pl.LazyFrame, column: str, week: int, language: str) -> Figure:
    """Mean of a measure over the calls that had at least one: total / calls with any. Not ``measured``."""
    return _of_values(values_by_week(_recent(calls, week), column, language, positive=True), week)


def no_failure(calls: pl.LazyFrame, week: int, language: str, kind: CriticalKind | None = None) -> Figure:
    """Share of calls without a failed criterion that is critical, in one kind or in any (COPC)."""
    by_week = failures_by_week(_recent(calls, week), language, kind)
    rows = {row["week"]: row for row in by_week.collect().to_dicts()}
    line = _line(rows, week)
    pairs = [(row["n"] - row["failed"], row["n"]) if (row := rows.get(each)) else (0, 0) for each in line]
    now, before = pairs[-1], pairs[-2] if len(pairs) > 1 else (0, 0)
    return Figure(
        now=share(*now),
        before=share(*before),
        change=share_difference(now, before),
        weeks=np.array(line, dtype=np.int32),
        intervals=tuple(share(*pair) for pair in pairs),
        chart=laney([good for good, _ in pairs], [n for _, n in pairs]),
    )


def heard(calls: pl.LazyFrame, week: int, language: str) -> Heard:
    """How many calls of the week there are, how many count, and why the others do not."""
    recent = _recent(calls, week)
    rows = {row["week"]: row for row in heard_by_week(recent, language).collect().to_dicts()}
    line = _line(rows, week)
    now = rows.get(week, {"received": 0, "done": 0, "counted": 0})
    counts = [rows[each]["counted"] if each in rows else 0 for each in line]
    inside = recent.filter(pl.col("local_day") >= week)
    return Heard(
        received=now["received"],
        done=now["done"],
        counted=now["counted"],
        counted_before=counts[-2] if len(counts) > 1 else 0,
        left_out=tuple(left_out_counts(inside).collect().iter_rows()),
        weeks=np.array(line, dtype=np.int32),
        chart=xmr(counts).within(0),
    )


def _of_values(by_week: pl.LazyFrame, week: int, most: float = np.inf) -> Figure:
    rows = {row["week"]: row for row in by_week.collect().to_dicts()}
    line = _line(rows, week)
    values = [sample(rows[each]) if each in rows else EMPTY for each in line]
    before = values[-2] if len(values) > 1 else EMPTY
    estimates = tuple(mean(each) for each in values)
    return Figure(
        now=estimates[-1],
        before=estimates[-2] if len(estimates) > 1 else NOTHING,
        change=difference(values[-1], before),
        weeks=np.array(line, dtype=np.int32),
        intervals=estimates,
        chart=xmr([np.nan if each.value is None else each.value for each in estimates]).within(0, most),
        missing=rows.get(week, {}).get("missing", 0),
    )


def _recent(calls: pl.LazyFrame, week: int) -> pl.LazyFrame:
    """The calls of the weeks that a figure looks at, this one the last."""
    return calls.filter(pl.col("local_day").is_between(week - (WEEKS - 1) * STEP, week + STEP - 1))


def _line(rows: Iterable[int], week: int) -> list[int]:
    """Every week from the first with calls to the one asked for, without holes."""
    return list(range(min(rows, default=week), week + STEP, STEP))
