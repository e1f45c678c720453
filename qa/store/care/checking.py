"""How many matters are kept, all of them made anew, and whether they are what happened."""

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, true

from qa.store.care import care_marks as marks
from qa.store.care.keeping import REASONS, keep_nothing, state_of, steps, usable, worked_out
from qa.store.database import Database, Transaction
from qa.store.kinds import FollowUpReason
from qa.store.tables import calls, comments, open_matters, surveys

DIGITS = 64


@dataclass(frozen=True, slots=True)
class KeptStatus:
    """``rows`` that are kept and the ``bytes`` of what stands in them; ``marked`` customers, whose matters
    readers work out; ``whole``: all are kept.
    """

    rows: int
    bytes: int
    marked: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A matter that is kept and is none, or is one and is not kept as it is. It names no customer."""

    reason: FollowUpReason
    subject: int
    at: datetime
    kept: bool

    def __str__(self) -> str:
        """One sentence."""
        says = "is kept and did not happen so" if self.kept else "happened and is not kept so"
        return f"matters: {self.reason} {self.subject} of {self.at:%Y-%m-%d %H:%M} {says}"


def status(database: Database) -> KeptStatus:
    """How much is kept."""
    k = open_matters.c
    with database.read() as tx:
        width = func.sum(func.length(k.customer_hash) + func.length(k.reason) + 16)  # and two numbers
        rows, size = tx.execute(select(func.count(), width).select_from(open_matters)).one()
        return KeptStatus(int(rows), int(size or 0), marks.how_many(tx, 2**31), usable(tx))


def rebuild(database: Database) -> Iterator[tuple[int, int]]:
    """Work all matters out anew; yields how far it is, and of how much. One that was cut off goes on where it
    was; readers ask what happened meanwhile.
    """
    with database.write() as tx:
        state = state_of(tx)
        if state is not None and state.whole:
            keep_nothing(tx)
    yield from steps(database)


def drawn(database: Database, n: int, seed: int) -> tuple[str, ...]:
    """Customers, of those with matters and of all others: four at so many places that a seed draws."""
    dice, found = random.Random(seed), set[str]()  # noqa: S311 (a sample, no secret)
    columns = [table.c.customer_hash for table in (open_matters, comments, surveys, calls)]
    with database.read() as tx:
        for _ in range(n):
            place = f"{dice.getrandbits(4 * DIGITS):0{DIGITS}x}"
            for column in columns:
                after = tx.scalar(select(func.min(column)).where(column >= place))
                found |= {after or tx.scalar(select(func.min(column))) or ""}
    return tuple(sorted(found - {""}))


def check(database: Database, customers: Collection[str] | None) -> Iterator[Difference]:
    """The differences of some customers (``None``: of all), in one picture of the database. Customers that
    are marked are left out, and nothing is compared before all is kept.
    """
    with database.read() as tx:
        if not usable(tx):
            return
        kept, happened = _kept(tx, customers), _happened(tx, customers)
        changed = set(tx.scalars(select(marks.marked().c.customer)))
    for reason, subject, customer, at in sorted(kept ^ happened):
        if customer not in changed:
            place = (reason, subject, customer, at)
            yield Difference(FollowUpReason(reason), subject, at, place in kept)


Matter = tuple[str, int, str, datetime]


def _kept(tx: Transaction, customers: Collection[str] | None) -> set[Matter]:
    k = open_matters.c
    own = true() if customers is None else k.customer_hash.in_(sorted(customers))
    rows = tx.execute(select(k.reason, k.subject, k.customer_hash, k.at).where(own))
    return {(str(reason), subject, customer, at) for reason, subject, customer, at in rows}


def _happened(tx: Transaction, customers: Collection[str] | None) -> set[Matter]:
    if customers is None:
        rows = worked_out(tx, None, REASONS)
    else:
        rows = worked_out(tx, lambda part: part.customer.in_(sorted(customers)), REASONS)
    return {(str(row["reason"]), row["subject"], row["customer_hash"], row["at"]) for row in rows}
