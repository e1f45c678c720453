"""What the matters that customers were left alone with have in common: filter, columns, contact since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, text

from qa.store.care.past_contacts import answered
from qa.store.kinds import FollowUpReason
from qa.store.tables import ANSWERED, calls, contacts


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


def narrowed(
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


def no_call_since(customer: ColumnElement[Any], at: ColumnElement[Any]) -> ColumnElement[bool]:
    """That nobody called the customer, or was called by them, after a moment.

    A telephone record of an answered call counts too; one that belongs to a recording is that call. So does a
    contact that was removed since.
    """
    later, c = calls.alias("later"), contacts.c
    # Of a column that stands in the index: of all columns, SQLite would open the row of the call for them.
    spoken = exists(later.c.id).where(later.c.customer_hash == customer, later.c.started_at > at)
    # Said without parameters: only the very words of the partial index let it be used.
    recorded = exists(c.id).where(c.customer_hash == customer, c.started_at > at, text(ANSWERED))
    return ~spoken & ~recorded & ~answered(customer, at)
