"""What of a call is gone for good, as its page tells it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from qa.store.call.removal_kinds import RemovalCause, RemovedPart
from qa.store.database import Transaction
from qa.store.tables import pick, removals


@dataclass(frozen=True, slots=True)
class Removed:
    """One part that is gone, why and when."""

    part: RemovedPart
    cause: RemovalCause
    at: datetime


def removed_of(tx: Transaction, call_id: int) -> tuple[Removed, ...]:
    """What of a call is gone, in the order of ``RemovedPart``."""
    query = select(*pick(removals, "part", "cause", "at")).where(removals.c.call_id == call_id)
    order = list(RemovedPart)
    return tuple(sorted((Removed(*row) for row in tx.execute(query)), key=lambda one: order.index(one.part)))
