"""Answers to the question of satisfaction with the verdicts of their calls; of many, a drawn sample."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from sqlalchemy import ColumnElement, Select, func, select

from qa.store.database import Database, Transaction
from qa.store.framing import framed, selected
from qa.store.kinds import EvaluationSource, SurveyKind
from qa.store.lists.filters import CallFilter
from qa.store.scope import Scope
from qa.store.tables import calls, criterion_results, evaluations, queues, surveys, text_sentiments
from qa.store.voice.feedback_frames import Span

SEED = 20260322  # fixed, so that the same answers are drawn from the same data
MOST = 1500
"""Answers that are looked at; of more, so many are drawn."""

ANSWERS_SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "kind": pl.String(),
        "score": pl.Int64(),
        "scale": pl.Int64(),
        "call": pl.String(),
        "customer_hash": pl.String(),
        "queue": pl.String(),
        "duration": pl.Float64(),
        "left_out": pl.String(),
    }
)
VERDICTS_SCHEMA = pl.Schema({"call_key": pl.String(), "key": pl.String(), "verdict": pl.String()})


@dataclass(frozen=True, slots=True)
class Answered:
    """``answers`` (``ANSWERS_SCHEMA``) and ``verdicts`` of their calls (``VERDICTS_SCHEMA``); ``given`` is
    how many answers there are where these were drawn from them, else 0.
    """

    answers: pl.DataFrame
    verdicts: pl.DataFrame
    given: int


def answered(database: Database, scope: Scope, filters: CallFilter, span: Span, most: int = MOST) -> Answered:
    """Answers to CSAT given in a span, of calls that fit. The language is the text's, else the call's."""
    with database.read() as tx:
        ids = np.array(tx.scalars(_found(scope, filters, span, database.dialect)).all(), dtype=np.int64)
        every = ids.size
        if every > most:
            ids = np.sort(np.random.default_rng(SEED).choice(ids, most, replace=False))
        wanted = [int(each) for each in ids]
        return Answered(_answers(tx, wanted), _verdicts(tx, wanted), every if every > most else 0)


def _found(scope: Scope, filters: CallFilter, span: Span, dialect: str) -> Select[tuple[int]]:
    s, given = surveys.c, func.coalesce(surveys.c.answered_at, surveys.c.sent_at)
    spoken = func.coalesce(text_sentiments.c.language, calls.c.language)
    where: list[ColumnElement[bool]] = replace(filters, languages=frozenset()).clauses(scope, dialect)
    where += [s.kind == SurveyKind.CSAT, s.score.is_not(None), given >= span.since, given < span.until]
    if filters.languages:
        where.append(spoken.in_(sorted(filters.languages)))
    joined = surveys.join(calls, calls.c.id == s.call_id).outerjoin(
        text_sentiments, text_sentiments.c.text_key == s.text_key
    )
    return select(s.id).select_from(joined).where(*where).order_by(s.id)


def _answers(tx: Transaction, ids: list[int]) -> pl.DataFrame:
    s, c = surveys.c, calls.c
    named = {
        "call": c.key,
        "queue": func.coalesce(queues.c.name, s.queue),
        "duration": c.duration,
        "left_out": c.left_out,
    }
    joined = surveys.join(calls, c.id == s.call_id).outerjoin(queues, queues.c.id == c.queue_id)
    query = selected(tx, ANSWERS_SCHEMA, surveys, named).select_from(joined).where(s.id.in_(ids))
    return framed(tx, query.order_by(s.id), ANSWERS_SCHEMA)


def _verdicts(tx: Transaction, ids: list[int]) -> pl.DataFrame:
    made, of_answers = evaluations.c, select(surveys.c.call_id).where(surveys.c.id.in_(ids))
    current = (made.call_id == calls.c.id) & made.current & (made.source == EvaluationSource.AUTO)
    joined = calls.join(evaluations, current).join(
        criterion_results, criterion_results.c.evaluation_id == made.id
    )
    query = selected(tx, VERDICTS_SCHEMA, criterion_results, {"call_key": calls.c.key}).select_from(joined)
    query = query.where(calls.c.id.in_(of_answers)).order_by(calls.c.id, criterion_results.c.position)
    return framed(tx, query, VERDICTS_SCHEMA)
