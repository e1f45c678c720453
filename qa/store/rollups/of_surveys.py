"""Sums of surveys by answer, and of the scores of the calls they belong to."""

import polars as pl
from sqlalchemy import and_, case, func, or_

from qa.cells import SURVEY_CELLS
from qa.store.database import Transaction
from qa.store.framing import MOMENT, framed, selected
from qa.store.rollups.asked import Asked
from qa.store.tables import calls, import_sources, surveys, text_sentiments

PASS, COACH = 85.0, 70.0
"""Bands of a score (FIELD.md §2)."""

OF_CALL = ("team_id", "agent_id", "queue_id", "direction")
_SUMS = ("n", "quality_n", "quality_sum", "quality_squares")
_ROWS = pl.Schema(
    {
        **{name: pl.String() if kind == pl.Categorical() else kind for name, kind in SURVEY_CELLS.items()
           if name not in ("local_day", "linked", "band", *_SUMS)},
        "call_id": pl.Int64(), "quality": pl.Float64(), "answered_at": MOMENT, "sent_at": MOMENT,
    }
)  # fmt: skip


def survey_cells(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """``SURVEY_CELLS`` of single days."""
    rows = _rows(tx, asked).with_columns(
        asked.day("answered_at", "sent_at").alias("local_day"),
        pl.col("call_id").is_not_null().alias("linked"),
        _band(pl.col("quality")).alias("band"),
    )
    quality = pl.col("quality")
    sums = {
        "n": pl.len(),
        "quality_n": quality.count(),
        "quality_sum": quality.sum(),
        "quality_squares": (quality**2).sum(),
    }
    inside = rows.filter(pl.col("local_day").is_between(asked.part.first, asked.part.last))
    cells = inside.group_by([name for name in SURVEY_CELLS if name not in _SUMS]).agg(**sums)
    return cells.select(pl.col(name).cast(kind) for name, kind in SURVEY_CELLS.items())


def _rows(tx: Transaction, asked: Asked) -> pl.DataFrame:
    s = surveys.c
    named = {
        **{name: calls.c[name] for name in OF_CALL},
        "language": func.coalesce(text_sentiments.c.language, calls.c.language),
        "generated": import_sources.c.generated,
        "quality": case((calls.c.left_out.is_(None), calls.c.score)),
    }
    joined = (
        surveys.join(import_sources, import_sources.c.id == s.source_id)
        .outerjoin(calls, calls.c.id == s.call_id)
        .outerjoin(text_sentiments, text_sentiments.c.text_key == s.text_key)
    )
    since, until = asked.bounds
    answered = and_(s.answered_at >= since, s.answered_at < until)
    sent = and_(s.answered_at.is_(None), s.sent_at >= since, s.sent_at < until)
    query = selected(tx, _ROWS, surveys, named).select_from(joined).where(or_(answered, sent))
    if asked.calls is not None:
        query = query.where(s.call_id.in_(sorted(asked.calls)))
    return framed(tx, query, _ROWS)


def _band(score: pl.Expr) -> pl.Expr:
    high = pl.when(score >= PASS).then(pl.lit("pass")).when(score >= COACH).then(pl.lit("coach"))
    return high.when(score < COACH).then(pl.lit("flag"))
