"""Each kind of matter that customers are left alone with: what it is, whose, of when, what a list shows.

A call in which a customer complains several times is one matter. For a complaint in public a reply, a remedy
or an end in its ledger is a contact too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    or_,
)

from qa.store.care.care_filter import CareFilter
from qa.store.kinds import FollowUpReason, PromiseState, SurveyKind
from qa.store.scope import Scope
from qa.store.tables import (
    call_complaints,
    calls,
    comments,
    promises,
    queues,
    surveys,
    text_sentiments,
)
from qa.store.voice.comment_desk import told_by
from qa.store.voice.comment_filter import CommentFilter, conditions

LOW_SHARE = 0.4
"""CSAT answers up to this share of their scale are low: 1 and 2 of 5."""

DETRACTOR, HARD = 6, 3
"""NPS answers up to 6 and effort answers up to 3 of 7 are low."""


@dataclass(frozen=True, slots=True)
class Part:
    """The matters of one reason, as somebody asks for them.

    Attributes:
        joined: the tables; ``alone`` is the one that says it all where one does.
        seen: what the viewer and the filters ask of it, and which of its rows stands for it; says nothing of
            whether it is a matter.
        rules: what makes it a matter, but that nobody called since.
        subject, customer, at: its number, whose it is, when it happened.
        shown: what a list shows of it (some of ``SHOWN``).
        narrow: what else narrows it.
    """

    joined: FromClause
    seen: list[ColumnElement[bool]]
    rules: list[ColumnElement[bool]]
    subject: ColumnElement[int]
    customer: ColumnElement[str | None]
    at: ColumnElement[Any]
    shown: Mapping[str, ColumnElement[Any]]
    narrow: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    alone: FromClause | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for what. ``few``: for matters that are named, by number or by customer."""

    scope: Scope
    wanted: CareFilter
    few: bool = False

    @property
    def whole(self) -> bool:
        """Of nothing that only other tables tell: every viewer and filter of this kind sees a matter that
        there is.
        """
        narrowed = self.wanted.queues or self.wanted.services or self.wanted.languages
        return self.scope.everything and not (self.scope.blind or narrowed)


def _complaints(ask: Ask) -> Part:
    told, joined = told_by(each=True)
    c, wanted = comments.c, ask.wanted
    own = CommentFilter(queues=wanted.queues, services=wanted.services, languages=wanted.languages)
    rules = [told.label == "negative", c.posted_at.is_not(None)]
    # Of negative comments alone: PostgreSQL looks for the steps of every comment before it joins labels.
    waits = and_(told.waiting, told.last("offered") == 0)
    still = case((told.label == "negative", waits), else_=false())
    return Part(
        joined,
        conditions(ask.scope, own, told),
        [*rules, still],
        c.id,
        c.customer_hash,
        c.posted_at,
        {"text": c.text, "place": c.channel},
        alone=comments.outerjoin(text_sentiments, text_sentiments.c.text_key == c.text_key),
    )


def _called() -> dict[str, ColumnElement[Any]]:
    return {"queue": calls.c.queue_id, "service": queues.c.service, "language": calls.c.language}


def _spoken(ask: Ask) -> Part:
    c = call_complaints.c
    other = call_complaints.alias("earlier")
    first = ~exists().where(other.c.call_id == c.call_id, other.c.utterance < c.utterance)
    return Part(
        call_complaints.join(calls, calls.c.id == c.call_id).outerjoin(queues),
        [ask.scope.clause(), first],
        [],
        c.call_id,
        calls.c.customer_hash,
        calls.c.started_at,
        {"text": c.quote, "place": queues.c.name, "call": calls.c.key, "second": c.at},
        _called(),
    )


def _broken(ask: Ask) -> Part:
    p, joined = promises.c, promises.join(calls, calls.c.id == promises.c.call_id)
    broken: ColumnElement[bool] = p.state == PromiseState.BROKEN
    if ask.few:  # asked of those that are named, never a way to find them
        broken = case((broken, 1), else_=0) == 1
    return Part(
        joined.outerjoin(queues, queues.c.id == calls.c.queue_id),
        [ask.scope.clause()],
        [broken],
        p.id,
        calls.c.customer_hash,
        func.coalesce(p.due_at, calls.c.started_at),
        {"text": p.quote, "place": queues.c.name, "call": calls.c.key, "second": p.at},
        _called(),
    )


def _low(ask: Ask) -> Part:
    s = surveys.c
    joined = (
        surveys.outerjoin(calls, calls.c.id == s.call_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
        .outerjoin(text_sentiments, text_sentiments.c.text_key == s.text_key)
    )
    place = func.coalesce(queues.c.name, s.queue)
    of_survey = {
        "text": s.text,
        "place": place,
        "asked": cast(s.kind, String),
        "score": s.score,
        "scale": s.scale,
    }
    return Part(
        joined,
        [ask.scope.clause()],
        [_is_low(), s.answered_at.is_not(None)],
        s.id,
        s.customer_hash,
        s.answered_at,
        {**of_survey, "call": calls.c.key},
        {
            "queue": calls.c.queue_id,
            "service": func.coalesce(queues.c.service, s.service),
            "language": func.coalesce(text_sentiments.c.language, calls.c.language),
        },
        surveys if ask.whole else None,
    )


def _is_low() -> ColumnElement[bool]:
    s = surveys.c
    return or_(
        and_(s.kind == SurveyKind.CSAT, s.score <= s.scale * LOW_SHARE),
        and_(s.kind == SurveyKind.NPS, s.score <= DETRACTOR),
        and_(s.kind == SurveyKind.CES, s.score <= HARD),
    )


PARTS: Mapping[FollowUpReason, Callable[[Ask], Part]] = {
    FollowUpReason.COMPLAINT: _complaints,
    FollowUpReason.CALL_COMPLAINT: _spoken,
    FollowUpReason.BROKEN_PROMISE: _broken,
    FollowUpReason.LOW_SURVEY: _low,
}
