"""Everything that is known of one customer, by the hash that joins it; and how often each is contacted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, null, or_, select, union_all

from qa.store.database import Transaction
from qa.store.kinds import CallStatus
from qa.store.scope import Scope
from qa.store.tables import (
    agents,
    call_complaints,
    calls,
    comments,
    contacts,
    orders,
    promises,
    queues,
    surveys,
    text_sentiments,
)
from qa.store.voice.comment_desk import told_by
from qa.store.voice.comment_filter import CommentFilter, conditions
from qa.store.voice.sentiments import feeling, feeling_score

KINDS = ("call", "complaint", "survey", "comment", "promise", "order", "contact")
MOST = 300
"""Events of one kind on a timeline, the newest."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event. ``kind`` is one of ``KINDS``. ``what`` is the direction, the question, the channel, the
    state or the service; ``text`` the words; ``value`` a score or an amount, of ``scale``; ``second`` where
    in the ``call`` the words begin.
    """

    kind: str
    id: int
    at: datetime
    what: str | None
    who: str | None
    text: str | None
    value: float | None
    scale: float | None
    label: str | None
    sentiment: float | None
    call: str | None
    second: float | None


@dataclass(frozen=True, slots=True)
class Pressure:
    """How often a customer was contacted or asked: calls of either direction, and invitations to surveys."""

    customer: str
    calls: int
    invitations: int


def timeline(tx: Transaction, scope: Scope, customer: str) -> tuple[Happening, ...]:
    """What happened, the newest first, as far as the viewer may see it."""
    found: list[Happening] = []
    parts = [part(scope, customer) for part in (_calls, _complaints, _surveys, _comments, _promises)]
    if scope.everything or scope.teams:
        parts += [_orders(scope, customer), _contacts(scope, customer)]
    for kind, query in zip(KINDS, parts, strict=False):
        rows = tx.execute(query.limit(MOST)).mappings()
        found += [Happening(kind=kind, **{**row, "what": row["what"] and str(row["what"])}) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.at, one.kind, one.id), reverse=True))


def is_known(tx: Transaction, scope: Scope, customer: str, call_id: int | None = None) -> bool:
    """True when this viewer may know of a customer (and of this call of theirs): by own calls, and for those
    who lead by a comment or telephone record that they may see; orders and surveys alone are for who sees
    everything.
    """
    called = select(calls.c.id).where(scope.clause(), calls.c.customer_hash == customer)
    if call_id is not None:
        return tx.scalar(called.where(calls.c.id == call_id)) is not None
    found = [called]
    if scope.everything or scope.teams:
        written, told = comments.c, contacts.c
        found += [
            select(written.id).where(written.customer_hash == customer, scope.public(written.customer_hash)),
            select(told.id).where(told.customer_hash == customer, _told_to(scope)),
        ]
    if scope.everything:
        found += [select(t.c.id).where(t.c.customer_hash == customer) for t in (orders, surveys)]
    return any(tx.scalar(query.limit(1)) is not None for query in found)


def pressure_of(tx: Transaction, customer: str, since: datetime) -> Pressure:
    """How often this customer was contacted or asked since a moment, by anybody."""
    contacts = select(func.count()).where(calls.c.customer_hash == customer, calls.c.started_at >= since)
    asked = select(func.count()).where(surveys.c.customer_hash == customer, surveys.c.sent_at >= since)
    return Pressure(customer, int(tx.scalar(contacts) or 0), int(tx.scalar(asked) or 0))


def most_pressed(
    tx: Transaction, scope: Scope, since: datetime, over: int, limit: int
) -> tuple[Pressure, ...]:
    """Customers contacted and asked more than ``over`` times since a moment, the most pressed first."""
    c, s = calls.c, surveys.c
    each = union_all(
        select(c.customer_hash.label("customer"), func.count().label("n"), func.count().label("calls"))
        .where(c.customer_hash.is_not(None), c.started_at >= since, scope.clause())
        .group_by(c.customer_hash),
        select(s.customer_hash, func.count(), func.count() * 0)
        .where(s.customer_hash.is_not(None), s.sent_at >= since)
        .group_by(s.customer_hash),
    ).subquery("each")
    total, called = func.sum(each.c.n), func.sum(each.c.calls)
    query = (
        select(each.c.customer, called, total - called)
        .group_by(each.c.customer)
        .having(total > over, called > 0)
        .order_by(total.desc(), each.c.customer)
        .limit(limit)
    )
    return tuple(Pressure(str(key), int(a or 0), int(b or 0)) for key, a, b in tx.execute(query))


def _row(**named: Any) -> list[Any]:
    names = ("id", "at", "what", "who", "text", "value", "scale", "label", "sentiment", "call", "second")
    return [named.get(name, null()).label(name) for name in names]


def _calls(scope: Scope, customer: str) -> Select[Any]:
    c = calls.c
    columns = _row(
        id=c.id,
        at=c.started_at,
        what=c.direction,
        who=agents.c.name,
        text=queues.c.name,
        value=c.score,
        call=c.key,
    )
    joined = calls.outerjoin(agents, agents.c.id == c.agent_id).outerjoin(queues, queues.c.id == c.queue_id)
    rules = (scope.clause(), c.customer_hash == customer, c.status == CallStatus.DONE)
    return select(*columns).select_from(joined).where(*rules).order_by(c.started_at.desc())


def _complaints(scope: Scope, customer: str) -> Select[Any]:
    c, at = call_complaints.c, calls.c.started_at
    columns = _row(id=c.id, at=at, who=agents.c.name, text=c.quote, call=calls.c.key, second=c.at)
    joined = call_complaints.join(calls, calls.c.id == c.call_id).outerjoin(
        agents, agents.c.id == calls.c.agent_id
    )
    rules = (scope.clause(), calls.c.customer_hash == customer)
    return select(*columns).select_from(joined).where(*rules).order_by(at.desc(), c.id)


def _surveys(scope: Scope, customer: str) -> Select[Any]:
    s = surveys.c
    at = func.coalesce(s.answered_at, s.sent_at)
    columns = _row(
        id=s.id, at=at, what=s.kind, text=s.text, value=s.score, scale=s.scale, label=feeling(),
        sentiment=feeling_score(), call=calls.c.key,
    )  # fmt: skip
    joined = surveys.outerjoin(calls, calls.c.id == s.call_id).outerjoin(
        text_sentiments, text_sentiments.c.text_key == s.text_key
    )
    seen = scope.clause() if not (scope.everything and not scope.blind) else s.id.is_not(None)
    return (
        select(*columns)
        .select_from(joined)
        .where(s.customer_hash == customer, seen, at.is_not(None))
        .order_by(at.desc())
    )


def _comments(scope: Scope, customer: str) -> Select[Any]:
    told, joined = told_by(each=True)
    c = comments.c
    columns = _row(
        id=c.id,
        at=c.posted_at,
        what=c.channel,
        text=c.text,
        value=c.stars,
        label=told.label,
        sentiment=told.score,
    )
    rules = conditions(scope, CommentFilter(customer=customer), told)
    return (
        select(*columns)
        .select_from(joined)
        .where(*rules, c.posted_at.is_not(None))
        .order_by(c.posted_at.desc())
    )


def _promises(scope: Scope, customer: str) -> Select[Any]:
    p = promises.c
    at = func.coalesce(p.due_at, calls.c.started_at)
    columns = _row(
        id=p.id, at=at, what=p.state, who=agents.c.name, text=p.quote, call=calls.c.key, second=p.at
    )
    joined = promises.join(calls, calls.c.id == p.call_id).outerjoin(agents, agents.c.id == calls.c.agent_id)
    rules = (scope.clause(), calls.c.customer_hash == customer)
    return select(*columns).select_from(joined).where(*rules).order_by(at.desc())


def _orders(scope: Scope, customer: str) -> Select[Any]:
    o = orders.c
    columns = _row(id=o.id, at=o.ordered_at, what=o.service, value=o.amount)
    seen = scope.served(o.customer_hash)
    return select(*columns).where(o.customer_hash == customer, seen).order_by(o.ordered_at.desc())


def _told_to(scope: Scope) -> ColumnElement[bool]:
    """The condition on telephone records: the agent whom they name is of own teams; where they name nobody
    who is known here, own teams spoke with the customer.
    """
    if scope.everything or not scope.teams:
        return scope.served(contacts.c.customer_hash)
    named, known = contacts.c.agent, select(agents.c.name)
    own = named.in_(known.where(agents.c.team_id.in_(sorted(scope.teams))))
    nobody = or_(named.is_(None), named.not_in(known.where(agents.c.team_id.is_not(None))))
    return or_(own, and_(nobody, scope.served(contacts.c.customer_hash)))


def _contacts(scope: Scope, customer: str) -> Select[Any]:
    """Telephone records without a recording; those with one are calls."""
    c = contacts.c
    columns = _row(id=c.id, at=c.started_at, what=c.outcome, who=c.agent, text=c.queue)
    rules = (c.customer_hash == customer, c.call_id.is_(None), _told_to(scope))
    return select(*columns).where(*rules).order_by(c.started_at.desc())
