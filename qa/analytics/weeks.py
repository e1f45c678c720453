"""Calls by week: which count, and what a week's figures are. LazyFrame in, LazyFrame out, sorted."""

import polars as pl

from qa.calendar import EPOCH, FIRST_WEEKDAY

STEP = 7


def week_of(language: str) -> pl.Expr:
    """First day of the week of ``local_day``: Saturday for fa, Monday for en (as ``qa.calendar.week_start``)."""
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
    """Values of a measure by week, calls in which it is not measurable apart: ``week, values, mean, n``."""
    return (
        counted(calls)
        .filter(pl.col(column).is_not_null())
        .group_by(week_of(language).alias("week"))
        .agg(pl.col(column).alias("values"), pl.col(column).mean().alias("mean"), pl.len().alias("n"))
        .sort("week")
    )


def failures_by_week(calls: pl.LazyFrame, language: str) -> pl.LazyFrame:
    """Counted calls of each week and those with a failed critical criterion: ``week, failed, n``."""
    return (
        counted(calls)
        .group_by(week_of(language).alias("week"))
        .agg(_failed().sum().cast(pl.Int64).alias("failed"), pl.len().alias("n"))
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
    """How many done calls were left out, by reason, most frequent first: ``left_out, n``."""
    return (
        calls.filter(pl.col("left_out").is_not_null())
        .group_by("left_out")
        .agg(pl.len().alias("n"))
        .sort(["n", "left_out"], descending=[True, False])
    )


def points_lost(criteria: pl.LazyFrame) -> pl.LazyFrame:
    """Points of 100 that each criterion costs a counted call on average: ``key, lost, calls, n``.

    A verdict loses ``applied_weight`` (not met) or half of it (partly). ``calls`` is how many calls lost
    points there, ``n`` in how many it was judged.
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


def _failed() -> pl.Expr:
    return pl.col("failed_customer") | pl.col("failed_business") | pl.col("failed_compliance")
