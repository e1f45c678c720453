"""What customers were left alone with, as one query: complaints in public and in calls, broken promises, low
surveys.

A contact is any later call with the customer, whoever made it, recorded or answered in the telephone records;
for a complaint in public also a reply, a remedy or an end in its ledger.
A call in which a customer complains several times is one matter.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
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

from qa.store.care_filter import NO_SECOND, NO_SURVEY, CareFilter, columns_of, narrowed, no_call_since
from qa.store.comment_desk import told_by
from qa.store.comment_filter import CommentFilter, conditions
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

LOW_SHARE = 0.4
"""CSAT answers up to this share of their scale are low: 1 and 2 of 5."""

DETRACTOR, HARD = 6, 3
"""NPS answers up to 6 and effort answers up to 3 of 7 are low."""


def matters(scope: Scope, wanted: CareFilter) -> Subquery:
    """Every matter with no contact since; the columns are those of ``LeftAlone`` without its follow-up."""
    parts = {"written": _complaints, "spoken": _spoken, "broken": _broken, "low": _low}
    return union_all(*(_alone(name, part(scope, wanted)) for name, part in parts.items())).subquery("matters")


def _alone(name: str, happened: Select[Any]) -> Select[Any]:
    # Told to keep the rows in between, or the database asks for later calls before cheaper questions.
    found = happened.cte(name).prefix_with("MATERIALIZED")
    return select(found).where(no_call_since(found.c.customer, found.c.at))


def _complaints(scope: Scope, wanted: CareFilter) -> Select[Any]:
    told, joined = told_by()
    c = comments.c
    own = CommentFilter(queues=wanted.queues, services=wanted.services, languages=wanted.languages)
    query = (
        select(
            *columns_of(
                FollowUpReason.COMPLAINT,
                subject=c.id,
                customer=c.customer_hash,
                at=c.posted_at,
                text=c.text,
                place=c.channel,
                **NO_SURVEY,
                call=cast(literal(None), String),
                second=NO_SECOND,
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
        )
    )
    return narrowed(query, FollowUpReason.COMPLAINT, wanted, {"at": c.posted_at, "customer": c.customer_hash})


def _spoken(scope: Scope, wanted: CareFilter) -> Select[Any]:
    c = call_complaints.c
    columns = {
        "at": calls.c.started_at, "customer": calls.c.customer_hash, "queue": calls.c.queue_id,
        "service": queues.c.service, "language": calls.c.language,
    }  # fmt: skip
    other = call_complaints.alias("earlier")
    first = ~exists().where(other.c.call_id == c.call_id, other.c.utterance < c.utterance)
    query = (
        select(
            *columns_of(
                FollowUpReason.CALL_COMPLAINT,
                subject=calls.c.id,
                customer=calls.c.customer_hash,
                at=calls.c.started_at,
                text=c.quote,
                place=queues.c.name,
                **NO_SURVEY,
                call=calls.c.key,
                second=c.at,
            )
        )
        .select_from(call_complaints.join(calls, calls.c.id == c.call_id).outerjoin(queues))
        .where(
            scope.clause(),
            first,
            calls.c.customer_hash.is_not(None),
        )
    )
    return narrowed(query, FollowUpReason.CALL_COMPLAINT, wanted, columns)


def _broken(scope: Scope, wanted: CareFilter) -> Select[Any]:
    p, joined = promises.c, promises.join(calls, calls.c.id == promises.c.call_id)
    at = func.coalesce(p.due_at, calls.c.started_at)
    columns = {
        "at": at, "customer": calls.c.customer_hash, "queue": calls.c.queue_id, "service": queues.c.service,
        "language": calls.c.language,
    }  # fmt: skip
    query = (
        select(
            *columns_of(
                FollowUpReason.BROKEN_PROMISE,
                subject=p.id,
                customer=calls.c.customer_hash,
                at=at,
                text=p.quote,
                place=queues.c.name,
                **NO_SURVEY,
                call=calls.c.key,
                second=p.at,
            )
        )
        .select_from(joined.outerjoin(queues, queues.c.id == calls.c.queue_id))
        .where(
            scope.clause(),
            p.state == PromiseState.BROKEN,
            calls.c.customer_hash.is_not(None),
        )
    )
    return narrowed(query, FollowUpReason.BROKEN_PROMISE, wanted, columns)


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
            *columns_of(
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
                second=NO_SECOND,
            )
        )
        .select_from(joined)
        .where(
            scope.clause(),
            _is_low(),
            s.customer_hash.is_not(None),
            s.answered_at.is_not(None),
        )
    )
    return narrowed(query, FollowUpReason.LOW_SURVEY, wanted, columns)


def _is_low() -> ColumnElement[bool]:
    s = surveys.c
    return or_(
        and_(s.kind == SurveyKind.CSAT, s.score <= s.scale * LOW_SHARE),
        and_(s.kind == SurveyKind.NPS, s.score <= DETRACTOR),
        and_(s.kind == SurveyKind.CES, s.score <= HARD),
    )
