"""Legal holds: calls and customers that neither retention nor a request of the customer touches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, insert, or_, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.database import Transaction
from qa.store.tables import calls, legal_holds, users
from qa.store.types import utc_now

LONGEST = 300
"""Letters of a reason."""


@dataclass(frozen=True, slots=True)
class NewHold:
    """What to hold: a call by its key, or a customer by the hash; ``until_day`` is the last day, ``None``
    until somebody lifts it.
    """

    reason: str
    call: str | None = None
    customer: str | None = None
    until_day: int | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold as it stands. ``call`` is a key; ``by`` and ``lifted_by`` are ``None`` for a command."""

    id: int
    call: str | None
    customer: str | None
    reason: str
    until_day: int | None
    since: datetime
    by: str | None
    lifted_at: datetime | None

    def holds(self, today: int) -> bool:
        """True while it is in force."""
        return self.lifted_at is None and (self.until_day is None or self.until_day >= today)


def add_hold(tx: Transaction, new: NewHold, user_id: int | None) -> int:
    """Hold a call or a customer; gives the number of the hold.

    Raises:
        InvalidSetting: it has no reason, or names both or neither.
        NotFound: there is no such call.
    """
    reason = " ".join(new.reason.split())
    if not reason or len(reason) > LONGEST:
        raise InvalidSetting(f"The reason of a hold has {len(reason)} letters; write 1 to {LONGEST}.")
    if (new.call is None) is (new.customer is None):
        raise InvalidSetting("A hold is on one call or on one customer; name one of the two.")
    call_id = None if new.call is None else tx.scalar(select(calls.c.id).where(calls.c.key == new.call))
    if new.call is not None and call_id is None:
        raise NotFound(f"There is no call {new.call!r}; check the key in the list of calls.")
    values = {"call_id": call_id, "customer_hash": new.customer, "reason": reason, "until_day": new.until_day}
    query = insert(legal_holds).values(**values, set_by=user_id, since=utc_now())
    return int(tx.execute(query.returning(legal_holds.c.id)).scalar_one())


def lift_hold(tx: Transaction, number: int, user_id: int | None) -> None:
    """End a hold; it stays in the list with who ended it.

    Raises:
        NotFound: there is none of this number in force.
    """
    h = legal_holds.c
    here = (h.id == number, h.lifted_at.is_(None))
    done = tx.execute(update(legal_holds).where(*here).values(lifted_at=utc_now(), lifted_by=user_id))
    if done.rowcount == 0:
        raise NotFound(f"There is no hold {number} that could be lifted; see `python -m qa hold list`.")


def list_holds(tx: Transaction) -> tuple[Hold, ...]:
    """Every hold, lifted ones too, the newest first."""
    h = legal_holds.c
    query = (
        select(
            h.id, calls.c.key, h.customer_hash, h.reason, h.until_day, h.since, users.c.display_name,
            h.lifted_at,
        )
        .select_from(
            legal_holds.outerjoin(calls, calls.c.id == h.call_id).outerjoin(users, users.c.id == h.set_by)
        )
        .order_by(h.id.desc())
    )  # fmt: skip
    return tuple(Hold(*row) for row in tx.execute(query))


def customer_held(tx: Transaction, customer: str, today: int) -> int | None:
    """The number of a hold on a customer that is in force."""
    h = legal_holds.c
    found = select(h.id).where(_in_force(today), h.customer_hash == customer).order_by(h.id)
    return tx.scalar(found.limit(1))


def free_call(today: int) -> ColumnElement[bool]:
    """That a row of ``calls`` is not held, itself or with its customer."""
    h = legal_holds.c
    named: Select[tuple[int]] = select(h.call_id).where(_in_force(today), h.call_id.is_not(None))
    return and_(calls.c.id.not_in(named), free_customer(calls.c.customer_hash, today))


def free_customer(column: ColumnElement[str | None], today: int) -> ColumnElement[bool]:
    """That the customer of a row is not held."""
    h = legal_holds.c
    named: Select[tuple[str]] = select(h.customer_hash).where(_in_force(today), h.customer_hash.is_not(None))
    return or_(column.is_(None), column.not_in(named))


def _in_force(today: int) -> ColumnElement[bool]:
    h = legal_holds.c
    return and_(h.lifted_at.is_(None), or_(h.until_day.is_(None), h.until_day >= today))
