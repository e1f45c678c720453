"""A customer who asks to be forgotten: everything in one transaction, and the request until it is finished.

A request is known by a hash of the customer's hash under the site's key, which leads back to nobody and tells
the same customer again (``qa.privacy``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Select, false, insert, or_, select, union, update

from qa.store.call.removal_kinds import RemovalCause, RemovedPart
from qa.store.care.past_contacts import contacts_kept, drop_past_contacts, of_calls, of_telephone
from qa.store.database import Transaction
from qa.store.erasing.calls import CUSTOMER, NOTES, SOUND, WORDS, mark
from qa.store.erasing.holds import free_call
from qa.store.erasing.people import (
    take_comments,
    take_follow_ups,
    take_orders,
    take_surveys,
    take_telephone,
)
from qa.store.rollups.withheld import by_comments, by_customers, figures_kept
from qa.store.tables import (
    calls,
    comments,
    contacts,
    erasures,
    follow_ups,
    orders,
    queue_events,
    surveys,
    users,
)
from qa.store.types import utc_now

CHUNK = 500
PARTS = (RemovedPart.AUDIO, RemovedPart.WORDS, RemovedPart.NOTES, RemovedPart.CUSTOMER)


@dataclass(frozen=True, slots=True)
class Whose:
    """What a customer has here, by number. ``held`` are keys of calls that a legal hold keeps, with all that
    hangs on them.
    """

    customer: str
    calls: tuple[int, ...]
    surveys: tuple[int, ...]
    comments: tuple[int, ...]
    held: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """True when something is known of the customer."""
        return bool(self.calls or self.surveys or self.comments or self.held)


@dataclass(frozen=True, slots=True)
class Erasure:
    """A request that was carried out; ``finished_at`` is ``None`` while files or the scrubbing wait."""

    id: int
    request: str
    facts: Mapping[str, Any]
    at: datetime
    finished_at: datetime | None
    by: str | None


PEOPLE: tuple[tuple[str, Callable[[Transaction, Whose], int]], ...] = (
    ("surveys", lambda tx, whose: take_surveys(tx, whose.surveys)),
    ("comments", lambda tx, whose: take_comments(tx, whose.comments)),
    ("orders", lambda tx, whose: take_orders(tx, whose.customer)),
    ("telephone", lambda tx, whose: take_telephone(tx, whose.customer)),
    ("follow-ups", lambda tx, whose: take_follow_ups(tx, whose.customer)),
)
CALLS = (*SOUND, *WORDS, *NOTES, *CUSTOMER)


def whose(tx: Transaction, customer: str, today: int) -> Whose:
    """What a customer has here, by the hash; ``today`` says which holds are in force."""
    c, s, r = calls.c, surveys.c, comments.c
    mine = c.customer_hash == customer
    free = tuple(tx.scalars(select(c.id).where(mine, free_call(today)).order_by(c.id)))
    held = tx.execute(select(c.id, c.key).where(mine, ~free_call(today)).order_by(c.id)).all()
    kept = s.call_id.in_([row.id for row in held]) if held else false()
    asked = or_(s.customer_hash == customer, s.call_id.in_(free))
    return Whose(
        customer=customer,
        calls=free,
        surveys=tuple(tx.scalars(select(s.id).where(asked, ~_sure(kept), s.erased_at.is_(None)))),
        comments=tuple(tx.scalars(select(r.id).where(_wrote(customer), r.erased_at.is_(None)))),
        held=tuple(row.key for row in held),
    )


def take_everything(tx: Transaction, found: Whose, zone: tzinfo) -> dict[str, int]:
    """Take everything of a customer out of the rows; gives how many things of each kind went. The sums of
    the days stay as they are; what a held call complains of stays answered by those that go.
    """
    touched = (*by_customers(tx, found.calls), *by_comments(tx, found.comments))
    spoken = of_calls(found.calls), of_telephone(contacts.c.customer_hash == found.customer)
    with figures_kept(tx, zone, touched), contacts_kept(tx, *spoken):
        counts = _taken(tx, found)
    drop_past_contacts(tx, found.customer)
    return counts


def _taken(tx: Transaction, found: Whose) -> dict[str, int]:
    counts = dict.fromkeys([name for name, _ in (*CALLS, *PEOPLE)], 0)
    for name, step in PEOPLE:
        counts[name] += step(tx, found)
    for start in range(0, len(found.calls), CHUNK):
        ids = found.calls[start : start + CHUNK]
        for name, take in CALLS:
            counts[name] += take(tx, ids)
        mark(tx, ids, PARTS, RemovalCause.ERASURE)
    return {name: count for name, count in counts.items() if name != "search"}


def known_customers(tx: Transaction) -> Sequence[str]:
    """The hash of every customer of whom there is anything."""
    places: list[Select[tuple[str]]] = [
        select(column).where(column.is_not(None))
        for column in (
            *(table.c.customer_hash for table in (calls, surveys, comments, orders, contacts, queue_events)),
            comments.c.author_hash,
            follow_ups.c.customer_hash,
        )
    ]
    return [str(row[0]) for row in tx.execute(union(*places))]


def note_erasure(tx: Transaction, request: str, facts: Mapping[str, Any], user_id: int | None) -> int:
    """Remember a request in the transaction that carries it out; gives its number."""
    values = {"request": request, "facts": dict(facts), "user_id": user_id, "at": utc_now()}
    return int(tx.execute(insert(erasures).values(**values).returning(erasures.c.id)).scalar_one())


def finish_erasure(tx: Transaction, number: int, facts: Mapping[str, Any]) -> None:
    """Say that nothing of a request is left to do, and what the certificate tells beside."""
    values = {"finished_at": utc_now(), "facts": dict(facts)}
    tx.execute(update(erasures).where(erasures.c.id == number).values(values))


def list_erasures(tx: Transaction, *, unfinished: bool = False) -> tuple[Erasure, ...]:
    """Requests, the newest first."""
    e = erasures.c
    query = select(e.id, e.request, e.facts, e.at, e.finished_at, users.c.display_name).select_from(
        erasures.outerjoin(users, users.c.id == e.user_id)
    )
    if unfinished:
        query = query.where(e.finished_at.is_(None))
    return tuple(Erasure(*row) for row in tx.execute(query.order_by(e.id.desc())))


def _wrote(customer: str) -> ColumnElement[bool]:
    return or_(comments.c.customer_hash == customer, comments.c.author_hash == customer)


def _sure(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """False instead of unknown, where a survey has no call."""
    return surveys.c.call_id.is_not(None) & condition
