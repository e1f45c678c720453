"""The figures at the top of the overview: this week, last week, the course, and whether a change is one."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.analytics.control import Chart, laney, xmr
from qa.analytics.intervals import NOTHING, Estimate, difference, mean, share, share_difference
from qa.analytics.weeks import STEP, failures_by_week, heard_by_week, scores_by_week, values_by_week

WEEKS = 26  # how far back limits are taken from


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a week. ``weeks`` are the first days, oldest first, up to ``week``; shape as ``chart.values``.

    ``change`` is this week less last week with its interval.
    """

    now: Estimate
    before: Estimate
    change: Estimate
    weeks: NDArray[np.int32]
    intervals: tuple[Estimate, ...]
    chart: Chart


@dataclass(frozen=True, slots=True)
class Heard:
    """Calls of a week: received, done, counted in aggregates; and those of the week before."""

    received: int
    done: int
    counted: int
    counted_before: int


def quality(calls: pl.LazyFrame, week: int, language: str) -> Figure:
    """Mean score of a week (0-100)."""
    return _of_values(scores_by_week(calls, language).rename({"scores": "values"}), week)


def measured(calls: pl.LazyFrame, column: str, week: int, language: str) -> Figure:
    """Mean of a measure over the calls in which it is measurable."""
    return _of_values(values_by_week(calls, column, language), week)


def no_failure(calls: pl.LazyFrame, week: int, language: str) -> Figure:
    """Share of calls without a failed critical criterion (COPC)."""
    rows = {row["week"]: row for row in failures_by_week(calls, language).collect().to_dicts()}
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
    """How many calls of the week there are and how many count."""
    rows = {row["week"]: row for row in heard_by_week(calls, language).collect().to_dicts()}
    now, before = rows.get(week, {}), rows.get(week - STEP, {})
    return Heard(now.get("received", 0), now.get("done", 0), now.get("counted", 0), before.get("counted", 0))


def _of_values(by_week: pl.LazyFrame, week: int) -> Figure:
    rows = {row["week"]: row for row in by_week.collect().to_dicts()}
    line = _line(rows, week)
    values = [np.asarray(rows[each]["values"] if each in rows else [], dtype=float) for each in line]
    means = [float(each.mean()) if each.size else float("nan") for each in values]
    before = values[-2] if len(values) > 1 else np.empty(0)
    estimates = tuple(mean(each) if each.size else NOTHING for each in values)
    return Figure(
        now=estimates[-1],
        before=estimates[-2] if len(estimates) > 1 else NOTHING,
        change=difference(values[-1], before),
        weeks=np.array(line, dtype=np.int32),
        intervals=estimates,
        chart=xmr(means),
    )


def _line(rows: dict[int, dict[str, object]], week: int) -> list[int]:
    """Every week from the first with calls (26 at most) to the one asked for, without holes."""
    known = [each for each in rows if week - WEEKS * STEP < each <= week]
    return list(range(min(known, default=week), week + STEP, STEP))
