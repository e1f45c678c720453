"""Retention, share across services, promoters and the funnel, where orders are imported (FIELD.md §6).

A period is 28 days, the last of them ending with the day asked for. Customers are known by their hash.
"""

from dataclasses import dataclass

import polars as pl

from qa.analytics.intervals import Estimate, share
from qa.analytics.surveys import PROMOTER
from qa.frames import LOYAL, PERIODS

PERIOD = 28
STEPS = ("new", "repeat", "loyal", "advocate")


@dataclass(frozen=True, slots=True)
class Loyalty:
    """What orders say.

    Attributes:
        retention: share of customers active in the period before who are active in this one.
        course: the same for the periods before, oldest first, by first day.
        across: share of active customers with orders of two services or more.
        promoters: share of 9 and 10 among the last NPS answers of active customers.
        funnel: of each step how many there are, and which share of the step before; see ``stages``.
    """

    retention: Estimate
    course: tuple[tuple[int, Estimate], ...]
    across: Estimate
    promoters: Estimate
    funnel: tuple[tuple[str, int, Estimate], ...]


def loyalty(buyers: pl.DataFrame, last: int) -> Loyalty:
    """Of ``qa.frames.BUYERS_SCHEMA``; the newest period ends with the day ``last``."""
    course = tuple(
        (last - PERIOD * (back + 1) + 1, _retained(buyers, back)) for back in reversed(range(PERIODS - 1))
    )
    now = buyers.filter("period_0")
    told = now.drop_nulls("promoter")
    return Loyalty(
        retention=course[-1][1],
        course=course,
        across=share(_people(now.filter(pl.col("services") > 1)), _people(now)),
        promoters=share(_people(told.filter("promoter")), _people(told)),
        funnel=_funnel(
            buyers.select("n", _stage(pl.col("period_0") | pl.col("period_1"), pl.col("promoter")))
        ),
    )


def stages(orders: pl.DataFrame, surveys: pl.LazyFrame, last: int) -> pl.DataFrame:
    """How far each customer has come: ``customer_hash, orders, stage``.

    new: one order; repeat: two or more; loyal: three or more, one of them in the last two periods; advocate:
    loyal, and a promoter in the last NPS answer.
    """
    people = orders.group_by("customer_hash").agg(pl.len().alias("orders"), pl.col("local_day").max())
    promoters = _last_answers(surveys).filter(pl.col("score") >= PROMOTER)["customer_hash"]
    late, promoter = (
        pl.col("local_day") > last - 2 * PERIOD,
        pl.col("customer_hash").is_in(promoters.implode()),
    )
    return people.with_columns(_stage(late, promoter)).drop("local_day").sort("customer_hash")


def _stage(late: pl.Expr, promoter: pl.Expr) -> pl.Expr:
    loyal = (pl.col("orders") >= LOYAL) & late
    stage = (
        pl.when(loyal & promoter.fill_null(value=False))
        .then(pl.lit("advocate"))
        .when(loyal)
        .then(pl.lit("loyal"))
        .when(pl.col("orders") > 1)
        .then(pl.lit("repeat"))
        .otherwise(pl.lit("new"))
    )
    return stage.alias("stage")


def _funnel(customers: pl.DataFrame) -> tuple[tuple[str, int, Estimate], ...]:
    """Customers who have reached a step have reached those before it."""
    found: list[tuple[str, int, Estimate]] = []
    for place, step in enumerate(STEPS):
        reached = _people(customers.filter(pl.col("stage").is_in(STEPS[place:])))
        before = found[-1][1] if found else reached
        found.append((step, reached, share(reached, before)))
    return tuple(found)


def _retained(buyers: pl.DataFrame, back: int) -> Estimate:
    """Of those active in the period before this one, so many periods back."""
    before = buyers.filter(f"period_{back + 1}")
    return share(_people(before.filter(f"period_{back}")), _people(before))


def _people(buyers: pl.DataFrame) -> int:
    return int(buyers["n"].sum())


def _last_answers(surveys: pl.LazyFrame) -> pl.DataFrame:
    answered = surveys.filter(
        (pl.col("kind") == "nps") & pl.col("score").is_not_null() & pl.col("customer_hash").is_not_null()
    )
    newest = answered.sort("answered_at", "id").group_by("customer_hash", maintain_order=True).last()
    return newest.select("customer_hash", "score").collect()
