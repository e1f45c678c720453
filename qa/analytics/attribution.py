"""Whose survey is it: the call that it belongs to (FIELD.md §4).

By the call's id; else the same customer's nearest call within 72 hours before the answer; else nobody's.
"""

import polars as pl

WINDOW = "72h"
_UNIQUE_ID = r"(\d{9,10}\.\d+)"
_ENDING = r"\.[A-Za-z0-9]{2,5}$"


def attribute(asked: pl.LazyFrame, calls: pl.LazyFrame) -> pl.LazyFrame:
    """The call of each row: ``row, call_id, linked_by``, sorted by ``row``; null where there is none.

    Args:
        asked: ``row``, ``call_ref`` (a call's key, file name or unique id), ``customer_hash``,
            ``answered_at``.
        calls: ``call_id``, ``key``, ``file_name``, ``customer_hash``, ``started_at``.
    """
    by_id = asked.join(references(calls), on="call_ref", how="left").select(
        "row", pl.col("call_id").alias("by_id")
    )
    with_customer = asked.filter(pl.col("customer_hash").is_not_null() & pl.col("answered_at").is_not_null())
    theirs = calls.filter(pl.col("customer_hash").is_not_null()).select(
        "customer_hash", "started_at", "call_id"
    )
    by_customer = (
        with_customer.select("row", "customer_hash", "answered_at")
        .sort("answered_at", "row")
        .join_asof(
            theirs.sort("started_at", "call_id"),
            left_on="answered_at",
            right_on="started_at",
            by="customer_hash",
            strategy="backward",
            tolerance=WINDOW,
            check_sortedness=False,
        )
        .select("row", pl.col("call_id").alias("by_customer"))
    )
    how = (
        pl.when(pl.col("by_id").is_not_null())
        .then(pl.lit("call id"))
        .when(pl.col("by_customer").is_not_null())
        .then(pl.lit("customer"))
    )
    return (
        by_id.join(by_customer, on="row", how="left")
        .select("row", pl.coalesce("by_id", "by_customer").alias("call_id"), how.alias("linked_by"))
        .sort("row")
    )


def references(calls: pl.LazyFrame) -> pl.LazyFrame:
    """Every text that names a call (``call_ref, call_id``); one that names two calls names none."""
    name = pl.col("file_name")
    texts = (pl.col("key"), name, name.str.replace(_ENDING, ""), name.str.extract(_UNIQUE_ID))
    named = pl.concat([calls.select(text.alias("call_ref"), "call_id") for text in texts])
    return (
        named.drop_nulls()
        .unique()
        .group_by("call_ref")
        .agg(pl.col("call_id").first(), pl.len().alias("calls"))
        .filter(pl.col("calls") == 1)
        .select("call_ref", "call_id")
        .sort("call_ref")
    )
