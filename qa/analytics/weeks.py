"""Calls by week: which count, and what a week's figures are. LazyFrame in, LazyFrame out, sorted."""

from collections.abc import Iterable

import polars as pl

from qa.calendar import EPOCH, FIRST_WEEKDAY
from qa.records import CriticalKind

STEP = 7


def week_of(language: str) -> pl.Expr:
    """First day of the week of ``local_day``, as ``qa.calendar.week_start``."""
    day = pl.col("local_day").cast(pl.Int32)
    return (day - (day + EPOCH.weekday() - FIRST_WEEKDAY[language]).mod(STEP)).cast(pl.Int32)


def counted(calls: pl.LazyFrame) -> pl.LazyFrame:
    """Calls that go into aggregates: scored, and left out for no reason."""
    return calls.filter(pl.col("score").is_not_null() & pl.col("left_out").is_null())


def scores_by_week(calls: pl.LazyFrame, language: str) -> pl.LazyFrame:
    """Scores of each week as a list, with their mean and number: ``week, scores, mean, n``."""
    return (
        counted(calls)
        .group_by(week_of(language).alias("week"))
        .agg(pl.col("score").alias("scores"), pl.col("score").mean().alias("mean"), pl.len().alias("n"))
        .sort("week")
    )


def values_by_week(calls: pl.LazyFrame, column: str, language: str) -> pl.LazyFrame:
    """Values of a measure by week: ``week, values, mean, n, missing``.

    ``missing`` are counted calls in which it is not measurable; they are in no mean.
    """
    return (
        counted(calls)
        .group_by(week_of(language).alias("week"))
        .agg(
            pl.col(column).drop_nulls().alias("values"),
            pl.col(column).mean().alias("mean"),
            pl.col(column).count().alias("n"),
            pl.col(column).null_count().alias("missing"),
        )
        .sort("week")
    )


def failures_by_week(
    calls: pl.LazyFrame, language: str, kinds: Iterable[CriticalKind] = CriticalKind
) -> pl.LazyFrame:
    """Counted calls of each week and those that failed a criterion critical in one of the kinds (COPC).

    Columns ``week, failed, n``.
    """
    failed = pl.any_horizontal(*(pl.col(f"failed_{kind.value}") for kind in kinds))
    return (
        counted(calls)
        .group_by(week_of(language).alias("week"))
        .agg(failed.sum().cast(pl.Int64).alias("failed"), pl.len().alias("n"))
        .sort("week")
    )


def heard_by_week(calls: pl.LazyFrame, language: str) -> pl.LazyFrame:
    """Calls of each week: received, done, counted: ``week, received, done, counted``."""
    counts = pl.col("score").is_not_null() & pl.col("left_out").is_null()
    return (
        calls.group_by(week_of(language).alias("week"))
        .agg(
            pl.len().alias("received"),
            (pl.col("status") == "done").sum().cast(pl.Int64).alias("done"),
            counts.sum().cast(pl.Int64).alias("counted"),
        )
        .sort("week")
    )


def left_out_counts(calls: pl.LazyFrame) -> pl.LazyFrame:
    """How many calls were left out, by reason, most frequent first: ``left_out, n``."""
    return (
        calls.filter(pl.col("left_out").is_not_null())
        .group_by("left_out")
        .agg(pl.len().alias("n"))
        .sort(["n", "left_out"], descending=[True, False])
    )


def points_lost(criteria: pl.LazyFrame) -> pl.LazyFrame:
    """Points of 100 that each criterion costs a counted call on average: ``key, lost, calls, n``.

    A verdict loses ``applied_weight`` (not met) or half of it (partly); together they are what the mean score
    before critical failures lacks of 100. ``calls`` is how many calls lost points there, ``n`` in how many it
    was judged.
    """
    share = pl.col("verdict").replace_strict({"met": 0.0, "partly": 0.5, "not met": 1.0}, default=None)
    everybody = pl.col("call_key").n_unique()
    return (
        criteria.filter(pl.col("left_out").is_null())
        .with_columns((pl.col("applied_weight") * share).alias("points"), everybody.alias("everybody"))
        .group_by("key")
        .agg(
            (pl.col("points").sum() / pl.col("everybody").first()).alias("lost"),
            (pl.col("points") > 0).sum().cast(pl.Int64).alias("calls"),
            pl.col("points").count().cast(pl.Int64).alias("n"),
        )
        .sort(["lost", "key"], descending=[True, False])
    )


def points_lost_change(criteria: pl.LazyFrame, week: int, language: str) -> pl.LazyFrame:
    """Points lost in a week beside the week before: ``key, lost, calls, n, before, change``.

    ``before`` and ``change`` are null where last week has no counted call that was asked for the criterion.
    """
    dated = criteria.with_columns(week_of(language).alias("week"))
    now, before = (points_lost(dated.filter(pl.col("week") == each)) for each in (week, week - STEP))
    return (
        now.join(before.select("key", pl.col("lost").alias("before")), on="key", how="left")
        .with_columns((pl.col("lost") - pl.col("before")).alias("change"))
        .sort(["lost", "key"], descending=[True, False])
    )
