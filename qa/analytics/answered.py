"""Answers to CSAT beside the verdicts of their call: the rows that ``qa.analytics.drivers`` works on."""

import polars as pl

from qa.analytics.surveys import satisfied

VALUES = {"met": 1.0, "partly": 0.5, "not met": 0.0}


def with_verdicts(
    surveys: pl.DataFrame, verdicts: pl.DataFrame, calls: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The table and its criteria.

    Args:
        surveys: ``kind, score, scale, call, customer_hash, queue``.
        verdicts: ``call_key, key, verdict``.
        calls: ``call_key, duration, left_out``; calls that are left out of aggregates are here too.
    """
    answered = surveys.filter(
        (pl.col("kind") == "csat") & pl.col("score").is_not_null() & pl.col("call").is_not_null()
    ).with_columns(satisfied().alias("satisfied"), pl.col("call").alias("call_key"))
    told = verdicts.join(answered.select("call_key").unique(), on="call_key")
    value = pl.col("verdict").replace_strict(VALUES, default=None, return_dtype=pl.Float64)
    wide = told.with_columns(value.alias("value")).pivot(
        "key", index="call_key", values="value", aggregate_function="first"
    )
    timed = calls.filter(pl.col("left_out").is_null()).select(
        "call_key", (pl.col("duration") / 60).alias("minutes")
    )
    table = answered.join(timed, on="call_key").join(wide, on="call_key")
    criteria = tuple(sorted(name for name in wide.columns if name != "call_key"))
    return table.rename({"customer_hash": "customer"}), criteria
