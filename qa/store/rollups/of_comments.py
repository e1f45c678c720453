"""Sums of public comments. A comment without a time of posting is in no cell."""

from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, and_, func, or_, select

from qa.cells import COMMENT_CELLS
from qa.store.database import Transaction
from qa.store.framing import MOMENT, framed, selected
from qa.store.rollups.asked import Asked
from qa.store.tables import (
    comment_aspects,
    comment_readings,
    comments,
    import_sources,
    text_sentiments,
)
from qa.store.voice.comment_filter import Told, ledgers
from qa.store.voice.sentiments import feeling, feeling_score

_SUMS = ("n", "score_n", "score_sum", "score_squares")
_STATES = ("replied", "recovered", "aside", "hidden")
_ROWS = pl.Schema(
    {
        "id": pl.Int64(),
        **{name: pl.String() if kind == pl.Categorical() else kind for name, kind in COMMENT_CELLS.items()
           if name not in ("local_day", "aspects", "wait", "waiting_since", *_SUMS)},
        "posted_at": MOMENT, "first_reply": MOMENT, "score": pl.Float64(),
    }
)  # fmt: skip
_ASPECTS = pl.Schema({"id": pl.Int64(), "aspect": pl.String()})


def comment_cells(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """``COMMENT_CELLS`` of single days."""
    posted, score = pl.col("posted_at"), pl.col("score")
    wait = (pl.col("first_reply") - posted).dt.total_microseconds()
    rows = _rows(tx, asked).join(_aspects(tx, asked), on="id", how="left")
    rows = rows.with_columns(
        asked.day("posted_at").alias("local_day"),
        wait.alias("wait"),
        pl.when(~pl.col("replied")).then(posted).alias("waiting_since"),
    )
    sums = {
        "n": pl.len(),
        "score_n": score.count(),
        "score_sum": score.sum(),
        "score_squares": (score**2).sum(),
    }
    cells = rows.group_by([name for name in COMMENT_CELLS if name not in _SUMS]).agg(**sums)
    return cells.select(pl.col(name).cast(kind) for name, kind in COMMENT_CELLS.items())


def _rows(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """One row a comment with its state, as ``qa.store.voice.comment_desk.figures_frame`` has it, from its own
    events alone: the list of the desk sums those of all comments.
    """
    c, read = comments.c, comment_readings.c
    inside = _posted(asked)
    ledger = ledgers(inside)
    told = Told(ledger, feeling(), feeling_score(), text_sentiments.c.language)
    named: dict[str, ColumnElement[Any]] = {
        "language": told.language,
        "generated": import_sources.c.generated,
        "label": told.label,
        "read": read.comment_id.is_not(None),
        "suggestion": func.coalesce(read.suggestion, False),
        "replied": told.last("replied") > 0,
        "recovered": told.closed,
        "aside": or_(told.hidden, told.last_word),
        "hidden": told.hidden,
        "first_reply": ledger.c.first_reply,
        "score": told.score,
    }
    joined = (
        comments.join(import_sources, import_sources.c.id == c.source_id)
        .outerjoin(ledger, ledger.c.comment_id == c.id)
        .outerjoin(text_sentiments, text_sentiments.c.text_key == c.text_key)
        .outerjoin(comment_readings, read.comment_id == c.id)
    )
    return framed(tx, selected(tx, _ROWS, comments, named).select_from(joined).where(inside), _ROWS)


def _aspects(tx: Transaction, asked: Asked) -> pl.DataFrame:
    a = comment_aspects.c
    query = select(a.comment_id, a.aspect).join_from(comments, comment_aspects, a.comment_id == comments.c.id)
    rows = framed(tx, query.where(_posted(asked)), _ASPECTS)
    return rows.group_by("id").agg(pl.col("aspect").sort().str.join("|").alias("aspects"))


def _posted(asked: Asked) -> ColumnElement[bool]:
    if asked.comments is not None:
        return and_(comments.c.id.in_(sorted(asked.comments)), comments.c.posted_at.is_not(None))
    since, until = asked.bounds
    return and_(comments.c.posted_at >= since, comments.c.posted_at < until)
