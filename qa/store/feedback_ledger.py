"""First replies to comments, from their ledger."""

import polars as pl
from sqlalchemy import func, select

from qa.store.database import Database
from qa.store.kinds import CommentStep
from qa.store.tables import comment_events

FIRST_REPLIES_SCHEMA = pl.Schema({"id": pl.Int64(), "first_reply": pl.Datetime("us", "UTC")})


def first_replies(database: Database) -> pl.DataFrame:
    """The comments that were replied to at a known time, by number (``FIRST_REPLIES_SCHEMA``)."""
    e = comment_events.c
    query = (
        select(e.comment_id, func.min(e.at, type_=e.at.type))
        .where(e.step == CommentStep.REPLIED, e.at.is_not(None))
        .group_by(e.comment_id)
        .order_by(e.comment_id)
    )
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query)]
    return pl.DataFrame(rows, schema=FIRST_REPLIES_SCHEMA, orient="row")
