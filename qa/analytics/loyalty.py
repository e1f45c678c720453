"""Retention, share across services, promoters and the funnel, where orders are imported (FIELD.md §6).

A period is 28 days, the last of them ending with the day asked for. Customers are known by their hash.
"""

from dataclasses import dataclass

import polars as pl

from qa.analytics.intervals import Estimate, share
from qa.analytics.surveys import PROMOTER

PERIOD = 28
LOYAL = 3  # orders
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


def loyalty(orders: pl.LazyFrame, surveys: pl.LazyFrame, last: int, periods: int = 3) -> Loyalty:
    """``orders`` has ``customer_hash, local_day, service``; ``surveys`` has ``id, kind, score, customer_hash,
    answered_at``.
    """
    bought = orders.filter(pl.col("customer_hash").is_not_null() & (pl.col("local_day") <= last)).collect()
    firsts = [last - PERIOD * (back + 1) + 1 for back in reversed(range(periods))]
    course = tuple((first, _retained(bought, first)) for first in firsts)
    now = bought.filter(pl.col("local_day") > last - PERIOD)
    services = now.drop_nulls("service").group_by("customer_hash").agg(pl.col("service").n_unique())
    people = now["customer_hash"].n_unique()
    said = _last_answers(surveys).filter(pl.col("customer_hash").is_in(now["customer_hash"].implode()))
    return Loyalty(
        retention=course[-1][1],
        course=course,
        across=share(services.filter(pl.col("service") > 1).height, people),
        promoters=share(int((said["score"] >= PROMOTER).sum()), said.height),
        funnel=_funnel(stages(bought, surveys, last)),
    )


def stages(orders: pl.DataFrame, surveys: pl.LazyFrame, last: int) -> pl.DataFrame:
    """How far each customer has come: ``customer_hash, orders, stage``.

    new: one order; repeat: two or more; loyal: three or more, one of them in the last two periods; advocate:
    loyal, and a promoter in the last NPS answer.
    """
    people = orders.group_by("customer_hash").agg(pl.len().alias("orders"), pl.col("local_day").max())
    promoters = _last_answers(surveys).filter(pl.col("score") >= PROMOTER)["customer_hash"]
    loyal = (pl.col("orders") >= LOYAL) & (pl.col("local_day") > last - 2 * PERIOD)
    stage = (
        pl.when(loyal & pl.col("customer_hash").is_in(promoters.implode()))
        .then(pl.lit("advocate"))
        .when(loyal)
        .then(pl.lit("loyal"))
        .when(pl.col("orders") > 1)
        .then(pl.lit("repeat"))
        .otherwise(pl.lit("new"))
    )
    return people.with_columns(stage.alias("stage")).drop("local_day").sort("customer_hash")


def _funnel(customers: pl.DataFrame) -> tuple[tuple[str, int, Estimate], ...]:
    """Customers who have reached a step have reached those before it."""
    found: list[tuple[str, int, Estimate]] = []
    for place, step in enumerate(STEPS):
        reached = customers.filter(pl.col("stage").is_in(STEPS[place:])).height
        before = found[-1][1] if found else reached
        found.append((step, reached, share(reached, before)))
    return tuple(found)


def _retained(orders: pl.DataFrame, first: int) -> Estimate:
    day = pl.col("local_day")
    before = orders.filter(day.is_between(first - PERIOD, first - 1))["customer_hash"].unique()
    now = orders.filter(day.is_between(first, first + PERIOD - 1))["customer_hash"].unique()
    return share(int(before.is_in(now.implode()).sum()), before.len())


def _last_answers(surveys: pl.LazyFrame) -> pl.DataFrame:
    answered = surveys.filter(
        (pl.col("kind") == "nps") & pl.col("score").is_not_null() & pl.col("customer_hash").is_not_null()
    )
    newest = answered.sort("answered_at", "id").group_by("customer_hash", maintain_order=True).last()
    return newest.select("customer_hash", "score").collect()
