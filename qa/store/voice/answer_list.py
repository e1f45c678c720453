"""Lists of answers to surveys: cut in the database, so that a page reads no more than it shows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Float, case, cast, func

from qa.store.database import Database
from qa.store.framing import frame_of
from qa.store.keyset import Cut, Key, one_page
from qa.store.scope import Scope
from qa.store.tables import agents, calls, queues, surveys, teams, text_sentiments
from qa.store.voice.feedback_frames import SURVEYS_SCHEMA, Span, surveys_query

PASS, COACH = 85.0, 70.0
"""Bands of a score (FIELD.md §2)."""
LOWEST = {"csat": 1, "nps": 0, "ces": 1}
ANSWERS_SCHEMA = pl.Schema({**SURVEYS_SCHEMA, "quality": pl.Float64()})


class Listed(StrEnum):
    """Which answers: every one, the lowest on its scale first; or those that the score of their call
    contradicts, the widest gap first: satisfied with a flagged call, not satisfied with one that passed.
    """

    LOWEST = "lowest"
    ANSWER_HIGHER = "answer"
    SCORE_HIGHER = "score"


@dataclass(frozen=True, slots=True)
class AnswerFilter:
    """Answers of a kind given in a span. An empty part does not narrow; names are those of the page's groups.

    ``answer`` is a score and its scale.
    """

    kind: str
    span: Span
    queue: str = ""
    service: str = ""
    language: str = ""
    agent: str = ""
    team: str = ""
    answer: tuple[int, int] | None = None
    listed: Listed = Listed.LOWEST


def list_answers(
    database: Database, scope: Scope, wanted: AnswerFilter, cut: Cut
) -> tuple[pl.DataFrame, str | None]:
    """A page of answers (``ANSWERS_SCHEMA``) and the place of the next; ``quality`` is the score of a call
    that counts.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    quality = case((calls.c.left_out.is_(None) & scope.clause(), calls.c.score))
    with database.read() as tx:
        query = surveys_query(tx, {"quality": quality}).where(scope.reach(), *_where(wanted, quality))
        rows, following = one_page(tx, query.order_by(None), _order(wanted, quality), cut)
    return frame_of(rows, ANSWERS_SCHEMA), following


def _where(wanted: AnswerFilter, quality: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    s, given = surveys.c, func.coalesce(surveys.c.answered_at, surveys.c.sent_at)
    found = [
        s.kind == wanted.kind,
        s.score.is_not(None),
        given >= wanted.span.since,
        given < wanted.span.until,
    ]
    for column, name in (
        (func.coalesce(queues.c.name, s.queue), wanted.queue),
        (func.coalesce(queues.c.service, s.service), wanted.service),
        (func.coalesce(text_sentiments.c.language, calls.c.language), wanted.language),
        (agents.c.name, wanted.agent),
        (teams.c.name, wanted.team),
    ):
        if name:
            found.append(column == name)
    if wanted.answer is not None:
        found += [s.score == wanted.answer[0], s.scale == wanted.answer[1]]
    if wanted.listed is Listed.ANSWER_HIGHER:
        found += [_satisfied(), quality < COACH]
    if wanted.listed is Listed.SCORE_HIGHER:
        found += [~_satisfied(), quality >= PASS]
    return found


def _order(wanted: AnswerFilter, quality: ColumnElement[Any]) -> list[Key]:
    s = surveys.c
    if wanted.listed is Listed.LOWEST:
        low = LOWEST[wanted.kind]
        place = cast(s.score - low, Float) / (s.scale - low)
        return [Key(place), Key(s.answered_at, descending=True, nulls=True), Key(s.id, descending=True)]
    gap = 100 * cast(s.score - 1, Float) / (s.scale - 1) - quality
    return [Key(func.abs(gap), descending=True), Key(s.id)]


def _satisfied() -> ColumnElement[bool]:
    """In the top boxes of its scale, as ``qa.analytics.surveys.satisfied``."""
    s = surveys.c
    return s.score > s.scale - case((s.scale <= 3, 1), (s.scale <= 7, 2), else_=3)
