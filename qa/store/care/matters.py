"""What customers were left alone with: complaints in public and in calls, broken promises, low surveys.

A contact is any later call with the customer, whoever made it, recorded or answered in the telephone records;
for a complaint in public also a reply, a remedy or an end in its ledger.
A call in which a customer complains several times is one matter.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from qa.store.care.care_filter import CareFilter, narrowed, no_call_since
from qa.store.database import Transaction
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

SHOWN = ("text", "place", "asked", "score", "scale", "call", "second")
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Part:
    """The matters of one reason: tables, conditions, the number, the customer, the moment, what a list shows
    of them (some of ``SHOWN``), and what else narrows them. ``alone`` is the table that says it all, if
    one does.
    """

    joined: FromClause
    rules: list[ColumnElement[bool]]
    subject: ColumnElement[int]
    customer: ColumnElement[str | None]
    at: ColumnElement[Any]
    shown: Mapping[str, ColumnElement[Any]]
    narrow: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    alone: FromClause | None = None


def matters(scope: Scope, wanted: CareFilter) -> Subquery:
    """Every matter with no contact since: ``reason, subject, customer, at``. Nothing that a list shows is
    read for those that it does not.
    """
    each = (_alone(reason, part(scope, wanted), wanted) for reason, part in PARTS.items())
    return union_all(*each).subquery("matters")


def shown(
    tx: Transaction, scope: Scope, wanted: CareFilter, reason: FollowUpReason, subjects: Collection[int]
) -> dict[int, dict[str, Any]]:
    """What a list shows (``SHOWN``) of some of the matters of a reason, by number."""
    part, numbers = PARTS[reason](scope, wanted), sorted(subjects)
    columns = [column.label(name) for name, column in part.shown.items()]
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(numbers), CHUNK):
        own = part.subject.in_(numbers[start : start + CHUNK])
        query = select(part.subject.label("subject"), *columns).select_from(part.joined)
        for row in tx.execute(query.where(*part.rules, own)).mappings():
            found[int(row["subject"])] = {name: row.get(name) for name in SHOWN}
    return found


def _alone(reason: FollowUpReason, part: Part, wanted: CareFilter) -> Select[Any]:
    query = select(
        literal(reason.value).label("reason"),
        part.subject.label("subject"),
        part.customer.label("customer"),
        part.at.label("at"),
    )
    tables = part.joined if part.alone is None else part.alone
    query = query.select_from(tables).where(*part.rules, part.customer.is_not(None))
    columns = {"at": part.at, "customer": part.customer, **part.narrow}
    # Told to keep the rows in between, or the database asks for later calls before cheaper questions.
    happened = narrowed(query, reason, wanted, columns).cte(reason.name.lower())
    found = happened.prefix_with("MATERIALIZED")
    return select(found).where(no_call_since(found.c.customer, found.c.at))


def _complaints(scope: Scope, wanted: CareFilter) -> Part:
    told, joined = told_by(each=True)
    c = comments.c
    own = CommentFilter(queues=wanted.queues, services=wanted.services, languages=wanted.languages)
    rules = [*conditions(scope, own, told), told.label == "negative", c.posted_at.is_not(None)]
    # Of negative comments alone: PostgreSQL looks for the steps of every comment before it joins labels.
    waits = and_(told.waiting, told.last("offered") == 0)
    still = case((told.label == "negative", waits), else_=false())
    return Part(
        joined,
        [*rules, still],
        c.id,
        c.customer_hash,
        c.posted_at,
        {"text": c.text, "place": c.channel},
        alone=comments.outerjoin(text_sentiments, text_sentiments.c.text_key == c.text_key),
    )


def _called() -> dict[str, ColumnElement[Any]]:
    return {"queue": calls.c.queue_id, "service": queues.c.service, "language": calls.c.language}


def _spoken(scope: Scope, _wanted: CareFilter) -> Part:
    c = call_complaints.c
    other = call_complaints.alias("earlier")
    first = ~exists().where(other.c.call_id == c.call_id, other.c.utterance < c.utterance)
    return Part(
        call_complaints.join(calls, calls.c.id == c.call_id).outerjoin(queues),
        [scope.clause(), first],
        calls.c.id,
        calls.c.customer_hash,
        calls.c.started_at,
        {"text": c.quote, "place": queues.c.name, "call": calls.c.key, "second": c.at},
        _called(),
    )


def _broken(scope: Scope, wanted: CareFilter) -> Part:
    p, joined = promises.c, promises.join(calls, calls.c.id == promises.c.call_id)
    broken: ColumnElement[bool] = p.state == PromiseState.BROKEN
    if wanted.customer:  # asked of the few of a customer, never a way to find them
        broken = case((broken, 1), else_=0) == 1
    return Part(
        joined.outerjoin(queues, queues.c.id == calls.c.queue_id),
        [scope.clause(), broken],
        p.id,
        calls.c.customer_hash,
        func.coalesce(p.due_at, calls.c.started_at),
        {"text": p.quote, "place": queues.c.name, "call": calls.c.key, "second": p.at},
        _called(),
    )


def _low(scope: Scope, wanted: CareFilter) -> Part:
    s = surveys.c
    joined = (
        surveys.outerjoin(calls, calls.c.id == s.call_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
        .outerjoin(text_sentiments, text_sentiments.c.text_key == s.text_key)
    )
    place = func.coalesce(queues.c.name, s.queue)
    whole = scope.everything and not (scope.blind or wanted.queues or wanted.services or wanted.languages)
    of_survey = {
        "text": s.text,
        "place": place,
        "asked": cast(s.kind, String),
        "score": s.score,
        "scale": s.scale,
    }
    return Part(
        joined,
        [scope.clause(), _is_low(), s.answered_at.is_not(None)],
        s.id,
        s.customer_hash,
        s.answered_at,
        {**of_survey, "call": calls.c.key},
        {
            "queue": calls.c.queue_id,
            "service": func.coalesce(queues.c.service, s.service),
            "language": func.coalesce(text_sentiments.c.language, calls.c.language),
        },
        surveys if whole else None,
    )


def _is_low() -> ColumnElement[bool]:
    s = surveys.c
    return or_(
        and_(s.kind == SurveyKind.CSAT, s.score <= s.scale * LOW_SHARE),
        and_(s.kind == SurveyKind.NPS, s.score <= DETRACTOR),
        and_(s.kind == SurveyKind.CES, s.score <= HARD),
    )


PARTS = {
    FollowUpReason.COMPLAINT: _complaints,
    FollowUpReason.CALL_COMPLAINT: _spoken,
    FollowUpReason.BROKEN_PROMISE: _broken,
    FollowUpReason.LOW_SURVEY: _low,
}
