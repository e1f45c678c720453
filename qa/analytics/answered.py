"""Answers to CSAT beside the verdicts of their call: the rows that ``qa.analytics.drivers`` works on."""

import polars as pl

from qa.analytics.cells import VALUES
from qa.analytics.surveys import satisfied


def with_verdicts(answers: pl.DataFrame, verdicts: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The table and its criteria; answers whose call is left out of aggregates are not in it.

    Args:
        answers: ``score, scale, call, customer_hash, queue``, and ``duration, left_out`` of the call.
        verdicts: ``call_key, key, verdict``.
    """
    kept = answers.filter(pl.col("left_out").is_null())
    table = kept.with_columns(
        satisfied().alias("satisfied"), (pl.col("duration") / 60).alias("minutes"), call_key="call"
    )
    value = pl.col("verdict").replace_strict(VALUES, default=None, return_dtype=pl.Float64)
    wide = verdicts.with_columns(value.alias("value")).pivot(
        "key", index="call_key", values="value", aggregate_function="first"
    )
    criteria = tuple(sorted(name for name in wide.columns if name != "call_key"))
    return table.join(wide, on="call_key").rename({"customer_hash": "customer"}), criteria
