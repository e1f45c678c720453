"""Comments with their aspects as a frame, and the texts that the dictionary has no word for."""

from datetime import tzinfo

import polars as pl
from sqlalchemy import exists, func, select

from qa.store.database import Database
from qa.store.scope import Scope
from qa.store.tables import comment_aspects, comment_readings, comments
from qa.store.voice.comment_desk import told_by
from qa.store.voice.comment_filter import CommentFilter, Shown, conditions

SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "aspect": pl.String(),
        "posted_at": pl.Datetime("us", "UTC"),
        "label": pl.String(),
        "suggestion": pl.Boolean(),
    }
)


def themes_frame(database: Database, scope: Scope, wanted: CommentFilter, zone: tzinfo) -> pl.DataFrame:
    """One row a comment and aspect (null where none was found): ``id, aspect, day, label, suggestion``.

    Only comments that were read and not hidden; ``day`` is a day number in ``zone``, null without a time.
    """
    told, joined = told_by()
    a, r = comment_aspects.c, comment_readings.c
    query = (
        select(
            comments.c.id,
            a.aspect,
            comments.c.posted_at,
            told.label.label("label"),
            func.coalesce(r.suggestion, False).label("suggestion"),
        )
        .select_from(joined.outerjoin(comment_aspects, a.comment_id == comments.c.id))
        .where(*conditions(scope, wanted, told), r.comment_id.is_not(None), ~told.hidden)
        .order_by(comments.c.id)
    )
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query)]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    local = pl.col("posted_at").dt.convert_time_zone(str(zone)).dt.date()
    return frame.select(
        "id", "aspect", local.to_physical().cast(pl.Int64).alias("day"), "label", "suggestion"
    )


def unnamed_texts(
    database: Database, scope: Scope, wanted: CommentFilter, most: int
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Numbers and texts of comments in which no aspect was found, the newest first, those of no time last."""
    # The newest are found by walking back through the index of times, and what became of each is looked up.
    told, joined = told_by(each=wanted.shown is Shown.ALL)
    c = comments.c
    unnamed = ~exists().where(comment_aspects.c.comment_id == c.id)
    query = select(c.id, c.text).select_from(joined).where(*conditions(scope, wanted, told), unnamed)
    timed = query.where(c.posted_at.is_not(None)).order_by(c.posted_at.desc(), c.id.desc())
    timeless = query.where(c.posted_at.is_(None)).order_by(c.id.desc())
    with database.read() as tx:
        rows = [*tx.execute(timed.where(~told.hidden).limit(most))]
        if len(rows) < most:
            rows += tx.execute(timeless.where(~told.hidden).limit(most - len(rows)))
    return tuple(row.id for row in rows), tuple(row.text for row in rows)
