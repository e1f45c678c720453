"""Rows of a file and the calls they belong to, when the rows come in."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from qa.store.kinds import ImportKind

if TYPE_CHECKING:
    import polars as pl

    from qa.store.database import Database

BEFORE, AFTER = timedelta(days=90), timedelta(days=1)
"""How far from its rows a file's calls may lie."""

LINKED = {ImportKind.SURVEYS: "answered_at", ImportKind.QUEUE_LOG: "at", ImportKind.CDR: "started_at"}
"""Kinds whose rows belong to calls, and the column with their moment."""


def linked(database: "Database", kind: ImportKind, rows: "pl.DataFrame") -> "pl.DataFrame":
    """The rows with their calls, where the kind has any."""
    import polars as pl

    from qa.analytics.attribution import attribute
    from qa.store.voice.feedback_frames import calls_to_link

    if kind not in LINKED:
        return rows
    moment = LINKED[kind]
    nothing = [pl.lit(None, pl.Int64).alias("call_id"), pl.lit(None, pl.String).alias("linked_by")]
    moments = rows[moment].drop_nulls()
    first, last = moments.min(), moments.max()
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return rows.with_columns(nothing)
    known = calls_to_link(database, first - BEFORE, last + AFTER)
    if known.is_empty():
        return rows.with_columns(nothing)
    numbered = rows.with_row_index("place")
    is_survey = kind is ImportKind.SURVEYS
    asked = numbered.select(
        pl.col("place").alias("row"),
        pl.col("call_ref" if is_survey else "unique_id").alias("call_ref"),
        pl.col("customer_hash") if is_survey else pl.lit(None, pl.String).alias("customer_hash"),
        pl.col(moment).alias("answered_at"),
    )
    found = attribute(asked.lazy(), known.lazy()).collect()
    return rows.with_columns(found["call_id"], found["linked_by"])
