"""Calls by week: which count, and what a week's figures are. LazyFrame in, LazyFrame out, sorted.

``calls`` are rows of calls or cells of them (``qa.analytics.cells``).
"""

from collections.abc import Mapping

import polars as pl

from qa.analytics.cells import cells, counted_call, judged, number, sums, verdict_cells
from qa.calendar import EPOCH, FIRST_WEEKDAY
from qa.records import CriticalKind

STEP = 7


def week_of(language: str) -> pl.Expr:
    """First day of the week of ``local_day``, as ``qa.calendar.week_start``."""
    day = pl.col("local_day").cast(pl.Int32)
    return (day - (day + EPOCH.weekday() - FIRST_WEEKDAY[language]).mod(STEP)).cast(pl.Int32)


def counted(calls: pl.LazyFrame) -> pl.LazyFrame:
    """Calls that go into aggregates: scored, and left out for no reason."""
    return calls.filter(counted_call())


def values_by_week(
    calls: pl.LazyFrame, column: str, language: str, *, positive: bool = False
) -> pl.LazyFrame:
    """A score or measure of the counted calls by week: ``week``, ``qa.analytics.cells.sums``, ``missing``.

    ``missing`` are counted calls in which it is not measurable; they are in no sum. ``positive``: only the
    calls in which it is above 0.
    """
    within = pl.col(f"{column}_any") > 0 if positive else pl.col("counted") > 0
    missing = pl.lit(0, pl.Int64) if positive else number("score").sum() - number(column).sum()
    return (
        cells(calls)
        .filter(within)
        .group_by(week_of(language).alias("week"))
        .agg(*sums(column, positive=positive), missing.alias("missing"))
        .sort("week")
    )


def failures_by_week(calls: pl.LazyFrame, language: str, kind: CriticalKind | None = None) -> pl.LazyFrame:
    """Counted calls of each week and those that failed a critical criterion, of one kind or of any (COPC).

    Columns ``week, failed, n``.
    """
    failed = pl.col("failed" if kind is None else f"failed_{kind.value}")
    return (
        cells(calls)
        .filter(pl.col("counted") > 0)
        .group_by(week_of(language).alias("week"))
        .agg(failed.sum().cast(pl.Int64).alias("failed"), number("score").sum().alias("n"))
        .sort("week")
    )


def heard_by_week(calls: pl.LazyFrame, language: str) -> pl.LazyFrame:
    """Calls of each week: received, done, counted: ``week, received, done, counted``."""
    return (
        cells(calls)
        .group_by(week_of(language).alias("week"))
        .agg(pl.col("received", "done", "counted").sum().cast(pl.Int64))
        .sort("week")
    )


def left_out_counts(calls: pl.LazyFrame) -> pl.LazyFrame:
    """How many calls were left out, by reason, most frequent first: ``left_out, n``."""
    return (
        cells(calls)
        .filter(pl.col("left_out").is_not_null())
        .group_by("left_out")
        .agg(pl.col("received").sum().cast(pl.Int64).alias("n"))
        .sort(["n", "left_out"], descending=[True, False])
    )


def points_lost(criteria: pl.LazyFrame, calls: int) -> pl.LazyFrame:
    """Points of 100 that each criterion costs a counted call on average: ``key, lost, calls, n``.

    A verdict loses ``applied_weight`` (not met) or half of it (partly); together they are what the mean score
    before critical failures lacks of 100. ``calls`` is how many calls lost points there, ``n`` in how many it
    was judged.

    Args:
        criteria: verdicts of calls or cells of them (``qa.analytics.cells.verdict_cells``).
        calls: how many counted calls they are of.
    """
    return (
        verdict_cells(criteria)
        .group_by("key")
        .agg(
            (pl.col("points").sum() / calls).alias("lost"),
            pl.col("costly").sum().cast(pl.Int64).alias("calls"),
            judged()["n"].sum().alias("n"),
        )
        .sort(["lost", "key"], descending=[True, False])
    )


def points_lost_change(
    criteria: pl.LazyFrame, calls: Mapping[int, int], week: int, language: str
) -> pl.LazyFrame:
    """Points lost in a week beside the week before: ``key, lost, calls, n, before, change``.

    ``before`` and ``change`` are null where last week has no counted call that was asked for the criterion.
    ``calls``: counted calls by week, as for ``points_lost``.
    """
    dated = criteria.with_columns(week_of(language).alias("week"))
    now, before = (
        points_lost(dated.filter(pl.col("week") == each), calls.get(each, 0)) for each in (week, week - STEP)
    )
    return (
        now.join(before.select("key", pl.col("lost").alias("before")), on="key", how="left")
        .with_columns((pl.col("lost") - pl.col("before")).alias("change"))
        .sort(["lost", "key"], descending=[True, False])
    )
