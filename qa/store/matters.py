"""What customers were left alone with, as one query: complaints, broken promises, low surveys.

A contact is any later call with the customer, whoever made it; for a complaint also a reply, a remedy or an
end in its ledger.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from qa.store.comment_desk import told_by
from qa.store.comment_filter import CommentFilter, conditions
from qa.store.kinds import FollowUpReason, PromiseState, SurveyKind
from qa.store.scope import Scope
from qa.store.tables import (
    calls,
    comments,
    promises,
    queues,
    surveys,
    text_sentiments,
)

LOW_SHARE = 0.4
"""CSAT answers up to this share of their scale are low: 1 and 2 of 5."""

DETRACTOR, HARD = 6, 3
"""NPS answers up to 6 and effort answers up to 3 of 7 are low."""


@dataclass(frozen=True, slots=True)
class CareFilter:
    """An empty part does not narrow. ``since`` and ``until`` bound the moment of what happened, the end not
    included; ``owner`` lists what this user has to follow up; ``customer`` what is open with one customer.
    """

    reasons: frozenset[FollowUpReason] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    queues: frozenset[int] = frozenset()
    services: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    owner: int | None = None
    customer: str = ""


NO_SURVEY: dict[str, Any] = {
    "asked": cast(literal(None), String),
    "score": cast(literal(None), Integer),
    "scale": cast(literal(None), Integer),
}


def matters(scope: Scope, wanted: CareFilter) -> Subquery:
    """Every matter with no contact since; the columns are those of ``LeftAlone`` without its follow-up."""
    parts = (_complaints(scope, wanted), _broken(scope, wanted), _low(scope, wanted))
    return union_all(*parts).subquery("matters")


def _columns(reason: FollowUpReason, **named: Any) -> list[ColumnElement[Any]]:
    return [literal(reason.value).label("reason"), *(value.label(name) for name, value in named.items())]


def _narrowed(
    query: Select[Any], reason: FollowUpReason, wanted: CareFilter, columns: dict[str, Any]
) -> Select[Any]:
    """Reason, time, customer, queue, service and language, by the columns that this part has for them."""
    at = columns["at"]
    if wanted.reasons and reason not in wanted.reasons:
        query = query.where(literal(1) == 0)
    if wanted.since is not None:
        query = query.where(at >= wanted.since)
    if wanted.until is not None:
        query = query.where(at < wanted.until)
    if wanted.customer:
        query = query.where(columns["customer"] == wanted.customer)
    for name, chosen in (
        ("queue", wanted.queues),
        ("service", wanted.services),
        ("language", wanted.languages),
    ):
        if chosen and name in columns:
            query = query.where(columns[name].in_(sorted(chosen)))
    return query


def _no_call_since(customer: ColumnElement[Any], at: ColumnElement[Any]) -> ColumnElement[bool]:
    later = calls.alias("later")
    return ~exists().where(later.c.customer_hash == customer, later.c.started_at > at)


def _complaints(scope: Scope, wanted: CareFilter) -> Select[Any]:
    told, joined = told_by()
    c = comments.c
    own = CommentFilter(queues=wanted.queues, services=wanted.services, languages=wanted.languages)
    query = (
        select(
            *_columns(
                FollowUpReason.COMPLAINT,
                subject=c.id,
                customer=c.customer_hash,
                at=c.posted_at,
                text=c.text,
                place=c.channel,
                **NO_SURVEY,
                call=cast(literal(None), String),
            )
        )
        .select_from(joined)
        .where(
            *conditions(scope, own, told),
            told.label == "negative",
            c.customer_hash.is_not(None),
            c.posted_at.is_not(None),
            told.waiting,
            told.last("offered") == 0,
            _no_call_since(c.customer_hash, c.posted_at),
        )
    )
    return _narrowed(
        query, FollowUpReason.COMPLAINT, wanted, {"at": c.posted_at, "customer": c.customer_hash}
    )


def _broken(scope: Scope, wanted: CareFilter) -> Select[Any]:
    p, joined = promises.c, promises.join(calls, calls.c.id == promises.c.call_id)
    at = func.coalesce(p.due_at, calls.c.started_at)
    columns = {
        "at": at, "customer": calls.c.customer_hash, "queue": calls.c.queue_id, "service": queues.c.service,
        "language": calls.c.language,
    }  # fmt: skip
    query = (
        select(
            *_columns(
                FollowUpReason.BROKEN_PROMISE,
                subject=p.id,
                customer=calls.c.customer_hash,
                at=at,
                text=p.quote,
                place=queues.c.name,
                **NO_SURVEY,
                call=calls.c.key,
            )
        )
        .select_from(joined.outerjoin(queues, queues.c.id == calls.c.queue_id))
        .where(
            scope.clause(),
            p.state == PromiseState.BROKEN,
            calls.c.customer_hash.is_not(None),
            _no_call_since(calls.c.customer_hash, at),
        )
    )
    return _narrowed(query, FollowUpReason.BROKEN_PROMISE, wanted, columns)


def _low(scope: Scope, wanted: CareFilter) -> Select[Any]:
    s = surveys.c
    columns = {
        "at": s.answered_at, "customer": s.customer_hash, "queue": calls.c.queue_id,
        "service": func.coalesce(queues.c.service, s.service),
        "language": func.coalesce(text_sentiments.c.language, calls.c.language),
    }  # fmt: skip
    joined = (
        surveys.outerjoin(calls, calls.c.id == s.call_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
        .outerjoin(text_sentiments, text_sentiments.c.text_key == s.text_key)
    )
    query = (
        select(
            *_columns(
                FollowUpReason.LOW_SURVEY,
                subject=s.id,
                customer=s.customer_hash,
                at=s.answered_at,
                text=s.text,
                place=func.coalesce(queues.c.name, s.queue),
                asked=cast(s.kind, String),
                score=s.score,
                scale=s.scale,
                call=calls.c.key,
            )
        )
        .select_from(joined)
        .where(
            scope.clause(),
            _is_low(),
            s.customer_hash.is_not(None),
            s.answered_at.is_not(None),
            _no_call_since(s.customer_hash, s.answered_at),
        )
    )
    return _narrowed(query, FollowUpReason.LOW_SURVEY, wanted, columns)


def _is_low() -> ColumnElement[bool]:
    s = surveys.c
    return or_(
        and_(s.kind == SurveyKind.CSAT, s.score <= s.scale * LOW_SHARE),
        and_(s.kind == SurveyKind.NPS, s.score <= DETRACTOR),
        and_(s.kind == SurveyKind.CES, s.score <= HARD),
    )
