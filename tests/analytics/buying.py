"""Customers who are alike, counted from their orders one by one: what the database counts for the page."""

import polars as pl

from qa.analytics.loyalty import PERIOD
from qa.frames import BUYERS_SCHEMA, LOYAL, PERIODS


def alike(orders: pl.DataFrame, surveys: pl.DataFrame, last: int) -> pl.DataFrame:
    """``BUYERS_SCHEMA`` of ``customer_hash, local_day, service`` and ``id, kind, score, customer_hash,
    answered_at``.
    """
    day = pl.col("local_day")
    ends = [last - PERIOD * back for back in range(PERIODS + 1)]
    within = [day.is_between(ends[back + 1] + 1, ends[back]) for back in range(PERIODS)]
    newest = pl.col("service").filter(within[0]).drop_nulls().n_unique()
    bought = orders.filter(pl.col("customer_hash").is_not_null() & (day <= last))
    people = bought.group_by("customer_hash").agg(
        pl.len().clip(upper_bound=LOYAL).alias("orders"),
        newest.clip(upper_bound=2).alias("services"),
        *(inside.any().alias(f"period_{back}") for back, inside in enumerate(within)),
    )
    answered = surveys.filter((pl.col("kind") == "nps") & pl.col("score").is_not_null())
    newest = answered.sort("answered_at", "id").group_by("customer_hash", maintain_order=True).last()
    said = newest.select("customer_hash", (pl.col("score") >= 9).alias("promoter"))
    groups = [name for name in BUYERS_SCHEMA if name != "n"]
    counted = people.join(said, on="customer_hash", how="left").group_by(groups).agg(pl.len().alias("n"))
    return counted.select(pl.col(name).cast(kind) for name, kind in BUYERS_SCHEMA.items())
