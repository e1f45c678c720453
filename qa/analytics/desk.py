"""Figures of the review desk: programme averages, coverage and pace, what became of disputes."""

from dataclasses import dataclass

import polars as pl

from qa.analytics.intervals import Estimate, mean, share


@dataclass(frozen=True, slots=True)
class Pace:
    """One reviewer. ``median_seconds`` of finished reviews, ``None`` without any."""

    reviewer: str | None
    assigned: int
    done: int
    overdue: int
    weekly: float
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class Contests:
    """Answered disputes of one criterion or one giver of verdicts (``None``: automatic).

    ``upheld`` is the share that was accepted, in whole or in part, with its Wilson interval.
    """

    name: str | None
    accepted: int
    partly: int
    rejected: int
    upheld: Estimate


def programme(reviews: pl.LazyFrame) -> pl.LazyFrame:
    """The reviews that may stand for the whole programme: finished, scored, of the random layer alone.

    Risk and targeted calls were chosen because of what is in them; an average over them says nothing about
    the other calls (FIELD.md §3). Every average over human scores starts here.
    """
    return reviews.filter(
        (pl.col("kind") == "review")
        & (pl.col("layer") == "random")
        & (pl.col("state") == "finished")
        & (pl.col("human_status") == "scored")
    ).sort("finished_at", "id")


def programme_score(reviews: pl.LazyFrame) -> Estimate:
    """The mean human score of the random layer with its interval."""
    return mean(programme(reviews).select("human_score").collect().to_series().to_numpy())


def paces(reviews: pl.LazyFrame, weeks: int) -> tuple[Pace, ...]:
    """Coverage and pace of each reviewer over so many weeks; calls that nobody has come last."""
    done = pl.col("state") == "finished"
    late = ~done & (pl.col("due") < pl.col("now"))
    table = (
        reviews.filter((pl.col("kind") == "review") & (pl.col("state") != "replaced"))
        .group_by("reviewer")
        .agg(
            pl.len().alias("assigned"),
            done.sum().alias("done"),
            late.sum().alias("overdue"),
            pl.col("seconds").filter(done & (pl.col("seconds") > 0)).median().alias("median"),
        )
        .sort("reviewer", nulls_last=True)
        .collect()
    )
    return tuple(
        Pace(
            row["reviewer"], row["assigned"], row["done"], row["overdue"] or 0,
            row["done"] / max(1, weeks), row["median"],
        )
        for row in table.iter_rows(named=True)
    )  # fmt: skip


def contests(disputes: pl.LazyFrame, by: str) -> tuple[Contests, ...]:
    """What became of answered disputes by ``key`` (criterion) or ``contested`` (who gave the verdict), the
    most contested first.
    """
    outcome = pl.col("outcome")
    table = (
        disputes.filter(outcome.is_not_null())
        .group_by(by)
        .agg(*((outcome == name).sum().alias(name) for name in ("accepted", "partly", "rejected")))
        .with_columns(n=pl.col("accepted") + pl.col("partly") + pl.col("rejected"))
        .sort(["n", by], descending=[True, False], nulls_last=True)
        .collect()
    )
    return tuple(
        Contests(
            row[by], row["accepted"], row["partly"], row["rejected"],
            share(row["accepted"] + row["partly"], row["n"]),
        )
        for row in table.iter_rows(named=True)
    )  # fmt: skip
