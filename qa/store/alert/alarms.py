"""What the rules of alerts look at: calls that went wrong, promises past their time, figures by day."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select

from qa.records import CriticalKind
from qa.store.database import Transaction
from qa.store.kinds import CallStatus, PromiseState
from qa.store.lists.call_days import on_days
from qa.store.tables import calls, promises
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class Trouble:
    """A call or a promise that something is wrong with; ``cause`` is its key."""

    cause: str
    day: int
    team: int | None
    generated: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The counted calls of one day: how many, the sum of their scores, and those that failed a criterion
    critical for the customer, the business, or compliance.
    """

    day: int
    n: int
    total: float
    customer: int
    business: int
    compliance: int
    generated: int


def failed_calls(tx: Transaction, since: int) -> tuple[Trouble, ...]:
    """Calls since a day that failed a critical criterion."""
    return _calls(tx, since, or_(*(calls.c[f"failed_{kind.value}"] for kind in CriticalKind)))


def abusive_calls(tx: Transaction, since: int) -> tuple[Trouble, ...]:
    """Calls since a day in which the customer insults the agent."""
    return _calls(tx, since, calls.c.abusive)


def overdue_promises(tx: Transaction, now: datetime | None = None) -> tuple[Trouble, ...]:
    """Open promises past their time, the longest overdue first."""
    query = (
        select(promises.c.id, calls.c.local_day, calls.c.team_id, calls.c.generated)
        .join(calls, calls.c.id == promises.c.call_id)
        .where(promises.c.state == PromiseState.OPEN, promises.c.due_at < (now or utc_now()))
        .order_by(promises.c.due_at, promises.c.id)
    )
    return tuple(Trouble(str(number), *rest) for number, *rest in tx.execute(query))


def counted_by_day(tx: Transaction, first: int, last: int) -> tuple[Day, ...]:
    """The calls that count in aggregates, day by day; days without any are not there."""
    c = calls.c
    failed = [_how_many(c[f"failed_{kind}"]).label(kind) for kind in ("customer", "business", "compliance")]
    query = (
        select(
            c.local_day.label("day"),
            func.count().label("n"),
            func.sum(c.score).label("total"),
            *failed,
            _how_many(c.generated).label("generated"),
        )
        .where(*on_days(first, last), c.score.is_not(None), c.left_out.is_(None))
        .group_by(c.local_day)
        .order_by(c.local_day)
    )
    return tuple(Day(**row) for row in tx.execute(query).mappings())


def own_calls(tx: Transaction, first: int, last: int) -> bool:
    """True when a call of these days counts that is not of the demo centre."""
    c = calls.c
    counted = (*on_days(first, last), c.score.is_not(None), c.left_out.is_(None), ~c.generated)
    return tx.scalar(select(c.id).where(*counted).limit(1)) is not None


def _how_many(rule: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((rule, 1), else_=0))


def _calls(tx: Transaction, since: int, rule: ColumnElement[bool]) -> tuple[Trouble, ...]:
    c = calls.c
    query = (
        select(c.key, c.local_day, c.team_id, c.generated)
        .where(*on_days(since, None), c.status == CallStatus.DONE, rule)
        .order_by(c.started_at, c.id)
    )
    return tuple(Trouble(*row) for row in tx.execute(query))
