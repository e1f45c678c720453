"""That somebody spoke with a customer, where the contact itself was removed.

A complaint that a call answered must not look unanswered because the call's customer is over its time. Of a
contact that goes, what it answered stays: by customer the moment of the last thing that happened to them
before it (``covers``: a comment, a survey, a call, a promise that was due). The contact's own moment is gone,
or it would lead back to its row.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, text, union_all
from sqlalchemy.dialects import postgresql, sqlite

from qa.store.database import Transaction
from qa.store.tables import ANSWERED, calls, comments, contacts, past_contacts, promises, surveys

Contacts = Select[Any]
"""Contacts that go: customer and moment."""


def of_calls(ids: Sequence[int]) -> Contacts:
    """Calls by number."""
    c = calls.c
    return select(c.customer_hash, c.started_at).where(c.id.in_(ids), c.customer_hash.is_not(None))


def of_telephone(condition: ColumnElement[bool]) -> Contacts:
    """Answered calls of the telephone records."""
    c = contacts.c
    return select(c.customer_hash, c.started_at).where(
        condition, c.customer_hash.is_not(None), text(ANSWERED)
    )


@contextmanager
def contacts_kept(tx: Transaction, *gone: Contacts) -> Iterator[None]:
    """What happens within takes these contacts from their customers; what they answered stays answered."""
    each = union_all(*gone).subquery("gone")
    last = func.max(each.c.started_at, type_=calls.c.started_at.type)
    spoken = tx.execute(select(each.c.customer_hash, last).group_by(each.c.customer_hash)).all()
    yield
    for customer, at in spoken:
        happened = [found for query in _happened(customer, at) if (found := tx.scalar(query)) is not None]
        if happened:
            _cover(tx, customer, max(happened))


def drop_past_contacts(tx: Transaction, customer: str | None = None) -> None:
    """Nothing stays of customers of whom nothing else is here; of one, or of all."""
    p = past_contacts.c
    own = [] if customer is None else [p.customer_hash == customer]
    here = (exists().where(table.c.customer_hash == p.customer_hash) for table in (comments, surveys, calls))
    tx.execute(delete(past_contacts).where(*own, ~or_(*here)))


def answered(customer: ColumnElement[Any], at: ColumnElement[Any]) -> ColumnElement[bool]:
    """That a contact which was removed came after a moment of this customer."""
    p = past_contacts.c
    return exists(p.customer_hash).where(p.customer_hash == customer, p.covers >= at)


def _happened(customer: str, before: datetime) -> Iterator[Select[Any]]:
    """The last moments that a matter of the customer may have, before a contact."""
    c, due = calls.c, func.coalesce(promises.c.due_at, calls.c.started_at)
    for own, at in (
        (comments.c.customer_hash, comments.c.posted_at),
        (surveys.c.customer_hash, surveys.c.answered_at),
        (c.customer_hash, c.started_at),
    ):
        yield select(func.max(at, type_=at.type)).where(own == customer, at < before)
    promised = select(func.max(due, type_=c.started_at.type)).join_from(calls, promises)
    yield promised.where(c.customer_hash == customer, due < before)


def _cover(tx: Transaction, customer: str, covers: datetime) -> None:
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    new = dialect.insert(past_contacts).values(customer_hash=customer, covers=covers)
    more, p = new.excluded.covers, past_contacts.c
    tx.execute(
        new.on_conflict_do_update(
            index_elements=["customer_hash"], set_={"covers": more}, where=p.covers < more
        )
    )
