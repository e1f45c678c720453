"""First replies to comments, from their ledger."""

import polars as pl
from sqlalchemy import func

from qa.store.database import Database
from qa.store.framing import MOMENT, framed, selected
from qa.store.kinds import CommentStep
from qa.store.tables import comment_events, comments
from qa.store.voice.feedback_frames import Span

FIRST_REPLIES_SCHEMA = pl.Schema({"id": pl.Int64(), "first_reply": MOMENT})


def first_replies(database: Database, span: Span | None = None) -> pl.DataFrame:
    """The comments that were replied to at a known time, by number (``FIRST_REPLIES_SCHEMA``): all, or those
    posted in the span, whenever the reply came.
    """
    e = comment_events.c
    named = {"id": e.comment_id, "first_reply": func.min(e.at, type_=e.at.type)}
    with database.read() as tx:
        query = selected(tx, FIRST_REPLIES_SCHEMA, comment_events, named)
        query = query.where(e.step == CommentStep.REPLIED, e.at.is_not(None))
        if span is not None:
            posted = comments.c.posted_at
            query = query.join(comments, comments.c.id == e.comment_id)
            query = query.where(posted >= span.since, posted < span.until)
        return framed(tx, query.group_by(e.comment_id).order_by(e.comment_id), FIRST_REPLIES_SCHEMA)
