"""What is kept, by kind: how much, how old, and what is over its time. What is held never is.

A kind gives numbers of rows that may go, the oldest first, and takes them out of the rows.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from sqlalchemy import ColumnElement, FromClause, delete, exists, func, not_, or_, select, update

from qa.store.alert.alert_kinds import MessageState
from qa.store.call.removal_kinds import RemovalCause, RemovedPart
from qa.store.care.past_contacts import contacts_kept, of_calls, of_telephone
from qa.store.database import Transaction
from qa.store.erasing.calls import NOTES, SOUND, WORDS, mark
from qa.store.erasing.holds import free_call, free_customer
from qa.store.erasing.people import take_comments, take_surveys
from qa.store.rollups.remainders import drop
from qa.store.rollups.withheld import Touched, by_comments, by_customers, by_evaluations, figures_kept
from qa.store.tables import (
    call_notes,
    calls,
    comments,
    contacts,
    dispute_events,
    disputes,
    evaluations,
    exemplary_moments,
    imports,
    jobs,
    orders,
    outbox,
    queue_events,
    rejections,
    review_verdicts,
    reviews,
    rollup_remainders,
    sessions,
    signin_attempts,
    surveys,
    transcripts,
)
from qa.store.work.jobs import UNFINISHED

Rows = tuple[FromClause, ColumnElement[int], ColumnElement[datetime], tuple[ColumnElement[bool], ...]]
"""Where the rows are, their number, the moment they count from, and what is true of those that may go."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of a kind is here, since when, and how much of it is over its time."""

    count: int = 0
    size: int | None = None
    oldest: datetime | None = None
    due: int = 0


@dataclass(frozen=True, slots=True)
class RowKind:
    """One kind: ``rows`` for a day (holds end by days), and what takes numbers of them out. ``figures``: what
    of the sums would change by it, and does not.
    """

    name: str
    rows: Callable[[int], Rows]
    take: Callable[[Transaction, Sequence[int]], object]
    size: ColumnElement[int] | None = None
    figures: Callable[[Transaction, Sequence[int]], tuple[Touched, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """What is over its time: today (for holds), before when, and the zone of the site's days."""

    today: int
    before: datetime
    zone: tzinfo


def look_at(tx: Transaction, kind: RowKind, today: int, before: datetime | None) -> Holding:
    """How much of a kind is here; ``before``: what is older is over its time, ``None``: nothing is."""
    source, number, moment, free = kind.rows(today)
    size = func.sum(kind.size) if kind.size is not None else func.sum(0)
    query = select(func.count(number), func.min(moment), size).select_from(source)
    count, oldest, found = tx.execute(query.where(*_there(kind, today))).one()
    due = 0
    if before is not None:
        over = select(func.count(number)).select_from(source).where(moment < before, *free)
        due = int(tx.scalar(over) or 0)
    return Holding(int(count), None if kind.size is None else int(found or 0), oldest, due)


def take_some(tx: Transaction, kind: RowKind, span: Span, limit: int) -> int:
    """Take the oldest rows that are over their time; gives how many. Sums of the past stay as they are."""
    source, number, moment, free = kind.rows(span.today)
    query = select(number).select_from(source).where(moment < span.before, *free)
    ids = tx.scalars(query.order_by(moment, number).limit(limit)).all()
    if ids:
        touched = kind.figures(tx, ids) if kind.figures else ()
        with figures_kept(tx, span.zone, touched) if touched else nullcontext():
            kind.take(tx, ids)
    return len(ids)


def _there(kind: RowKind, today: int) -> tuple[ColumnElement[bool], ...]:
    """What is true of all rows of the kind: the last of the conditions."""
    return kind.rows(today)[3][-1:]


def _of_calls(there: ColumnElement[bool], source: FromClause = calls) -> Callable[[int], Rows]:
    busy = exists().where(jobs.c.call_id == calls.c.id, jobs.c.state.in_(UNFINISHED))
    return lambda today: (source, calls.c.id, calls.c.started_at, (free_call(today), ~busy, there))


def _part(steps: Sequence[tuple[str, Callable[..., object]]], part: RemovedPart) -> Callable[..., None]:
    def take(tx: Transaction, ids: Sequence[int]) -> None:
        for _, step in steps:
            step(tx, ids)
        mark(tx, ids, (part,), RemovalCause.RETENTION)

    return take


def _take_evaluations(tx: Transaction, ids: Sequence[int]) -> None:
    """Verdicts of machine and people, reviews and disputes; the score and its band stay on the call."""
    tx.execute(delete(disputes).where(disputes.c.call_id.in_(ids)))
    tx.execute(delete(reviews).where(reviews.c.call_id.in_(ids)))
    tx.execute(delete(evaluations).where(evaluations.c.call_id.in_(ids)))
    mark(tx, ids, (RemovedPart.EVALUATION,), RemovalCause.RETENTION)


def _take_customers(tx: Transaction, ids: Sequence[int]) -> None:
    """Who called; what these calls answered stays answered."""
    with contacts_kept(tx, of_calls(ids)):
        tx.execute(update(calls).where(calls.c.id.in_(ids)).values(customer_hash=None, file_name=calls.c.key))
    mark(tx, ids, (RemovedPart.CUSTOMER,), RemovalCause.RETENTION)


def _take_contacts(tx: Transaction, ids: Sequence[int]) -> None:
    """Whose the telephone records are; what these contacts answered stays answered."""
    here = contacts.c.id.in_(ids)
    with contacts_kept(tx, of_telephone(here)):
        tx.execute(update(contacts).where(here).values(customer_hash=None))


def _linked(name: str, table: FromClause, at: ColumnElement[datetime]) -> RowKind:
    c = table.c
    there = c.customer_hash.is_not(None)
    return RowKind(
        name,
        lambda today: (table, c.id, at, (free_customer(c.customer_hash, today), there)),
        lambda tx, ids: tx.execute(update(table).where(c.id.in_(ids)).values(customer_hash=None)),  # type: ignore[arg-type]
    )


def _feedback(table: FromClause, at: ColumnElement[datetime]) -> Callable[[int], Rows]:
    c = table.c
    return lambda today: (table, c.id, at, (free_customer(c.customer_hash, today), c.erased_at.is_(None)))


def _plain(name: str, table: FromClause, at: ColumnElement[datetime], there: ColumnElement[bool]) -> RowKind:
    number = next(iter(table.primary_key))
    return RowKind(
        name,
        lambda _today: (table, number, at, (there,)),
        lambda tx, ids: tx.execute(delete(table).where(number.in_(ids))),  # type: ignore[arg-type]
    )


def _noted() -> ColumnElement[bool]:
    v, d = review_verdicts.c, dispute_events.c
    of_reviews = select(reviews.c.call_id).join(review_verdicts, v.review_id == reviews.c.id)
    of_disputes = select(disputes.c.call_id).join(dispute_events, d.dispute_id == disputes.c.id)
    return or_(
        calls.c.id.in_(select(call_notes.c.call_id)),
        calls.c.id.in_(of_reviews.where(or_(v.note != "", v.reason != ""))),
        calls.c.id.in_(of_disputes.where(d.text != "")),
    )


_surveyed = func.coalesce(surveys.c.answered_at, surveys.c.sent_at, surveys.c.created_at)
_posted = func.coalesce(comments.c.posted_at, comments.c.created_at)
_over = outbox.c.state != MessageState.WAITING
_always = not_(signin_attempts.c.id.is_(None))

ROW_KINDS: tuple[RowKind, ...] = (
    RowKind("audio", _of_calls(calls.c.media.is_not(None)), _part(SOUND, RemovedPart.AUDIO), calls.c.size),
    RowKind(
        "words",
        _of_calls(
            transcripts.c.call_id.is_not(None), calls.join(transcripts, transcripts.c.call_id == calls.c.id)
        ),
        _part(WORDS, RemovedPart.WORDS),
        func.length(transcripts.c.content),
    ),
    RowKind("notes", _of_calls(_noted()), _part(NOTES, RemovedPart.NOTES)),
    RowKind(
        "evaluations",
        _of_calls(exists().where(evaluations.c.call_id == calls.c.id)),
        _take_evaluations,
        figures=by_evaluations,
    ),
    RowKind(
        "customers",
        _of_calls(calls.c.customer_hash.is_not(None)),
        _take_customers,
        figures=by_customers,
    ),
    RowKind(
        "moments",
        lambda today: (
            exemplary_moments.join(calls, calls.c.id == exemplary_moments.c.call_id),
            exemplary_moments.c.id,
            exemplary_moments.c.created_at,
            (free_call(today), exemplary_moments.c.id.is_not(None)),
        ),
        lambda tx, ids: tx.execute(delete(exemplary_moments).where(exemplary_moments.c.id.in_(ids))),
    ),
    RowKind("surveys", _feedback(surveys, _surveyed), take_surveys),
    RowKind("comments", _feedback(comments, _posted), take_comments, figures=by_comments),
    _linked("orders", orders, orders.c.ordered_at),
    replace(_linked("contacts", contacts, contacts.c.started_at), take=_take_contacts),
    _linked("queue log", queue_events, queue_events.c.at),
    _plain("refusals", rejections, rejections.c.created_at, rejections.c.id.is_not(None)),
    _plain("imports", imports, imports.c.created_at, imports.c.id.is_not(None)),
    _plain("messages", outbox, outbox.c.created_at, _over),
    _plain("sessions", sessions, sessions.c.expires_at, sessions.c.sid_hash.is_not(None)),
    _plain("sign-ins", signin_attempts, signin_attempts.c.at, _always),
    RowKind(
        "sums",
        lambda _today: (
            rollup_remainders,
            rollup_remainders.c.id,
            rollup_remainders.c.at,
            (rollup_remainders.c.id.is_not(None),),
        ),
        drop,
        func.length(rollup_remainders.c.content),
    ),
)
"""Every kind that lies in rows, in the order in which it is removed."""
