"""Open matters as they are kept: worked out once, in stretches, and again for every customer that was marked.

Everything is worked out in a reading transaction and written in a short one, and only over the state that it
was worked out from. A process that dies in between leaves everything as it was.
"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Dialect, and_, bindparam, delete, func, insert, select, union_all

from qa.store.care import care_marks as marks
from qa.store.care.care_filter import CareFilter
from qa.store.care.matters import Named, matters
from qa.store.care.parts import PARTS, Ask
from qa.store.database import Database, Transaction
from qa.store.kinds import FollowUpReason
from qa.store.rollups.marks import stamp
from qa.store.rollups.pacing import paced
from qa.store.scope import Scope
from qa.store.site import get_setting, set_setting
from qa.store.tables import care_marks, open_matters

KEPT = "open_matters"
"""The setting that says how far they are kept."""

ADVISORY_LOCK = 7_316_403_513
"""Of those who write matters on PostgreSQL: one after another, each sees what the last one wrote."""

REASONS = tuple(PARTS)
STRETCH, CUSTOMERS = 2_000, 100
"""Numbers and customers of the smallest step."""

_LAYOUTS: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class State:
    """How far matters are kept: those of the reasons before ``reason``, and of this one below ``first``.
    ``layout`` is the rules they are kept under, ``stamp`` another after every writing.
    """

    layout: str
    stamp: int
    reason: int = 0
    first: int = 0

    @property
    def whole(self) -> bool:
        """True when all are kept."""
        return self.reason == len(REASONS)


def state_of(tx: Transaction) -> State | None:
    """How far they are kept; ``None`` where nothing is, or under other rules."""
    found = get_setting(tx, KEPT)
    state = None if found is None else State(**found)
    return state if state is not None and state.layout == _layout(tx.dialect) else None


def usable(tx: Transaction) -> bool:
    """True when all matters are kept, under the rules of now."""
    state = state_of(tx)
    return state is not None and state.whole


def waits(tx: Transaction) -> bool:
    """True when there is anything to do."""
    return not usable(tx) or marks.waits(tx)


def step(database: Database, size: int = 1) -> bool:
    """Do one short thing of what waits; False when nothing does. ``size``: so many times the smallest."""
    with database.read() as tx:
        state = state_of(tx)
    if state is None:
        _begin(database)
        return True
    return _fold(database, state, size) if state.whole else _build(database, state, size)


def steps(database: Database) -> Iterator[tuple[int, int]]:
    """Do all that waits; yields how many numbers were looked at, and of how many there are."""
    size, more = 1, True
    while more:
        with database.read() as tx:
            ends = [int(tx.scalar(select(func.max(_number(reason)))) or 0) for reason in REASONS]
            state = state_of(tx)
        whole = sum(ends)
        yield (sum(ends[: state.reason]) + state.first if state is not None else 0), whole
        began = time.monotonic()
        more = step(database, size)
        size = paced(size, time.monotonic() - began)
    yield whole, whole


def keep_nothing(tx: Transaction) -> None:
    """All that is kept goes; the next step begins anew, and readers look at what happened meanwhile."""
    _lock(tx)
    tx.execute(delete(open_matters))
    tx.execute(delete(care_marks))
    set_setting(tx, KEPT, None)


def settle(database: Database) -> None:
    """Leave no trace of customers who are no more: fold all that is marked, or keep nothing."""
    with database.read() as tx:
        state, marked = state_of(tx), marks.waits(tx)
    if state is not None and state.whole:
        while step(database):
            pass
    elif state is not None or marked:
        with database.write() as tx:
            keep_nothing(tx)


def worked_out(
    tx: Transaction, named: Named | None, reasons: Sequence[FollowUpReason]
) -> list[dict[str, Any]]:
    """Some matters as what happened says, as rows of the table."""
    wanted = CareFilter(reasons=frozenset(reasons))
    rows = tx.execute(union_all(*matters(Scope.all(), wanted, named)))
    return [
        {"reason": reason, "subject": subject, "customer_hash": customer, "at": at}
        for reason, subject, customer, at in rows
    ]


def _begin(database: Database) -> None:
    """What was marked until now is seen by the steps that follow."""
    with database.write() as tx:
        keep_nothing(tx)
        set_setting(tx, KEPT, asdict(State(_layout(tx.dialect), stamp())))


def _build(database: Database, state: State, size: int) -> bool:
    """The matters of a stretch of numbers."""
    reason, last = REASONS[state.reason], state.first + size * STRETCH - 1
    number = _number(reason)
    with database.read() as tx:
        found = worked_out(tx, lambda part: part.subject.between(state.first, last), [reason])
        following = tx.scalar(select(func.min(number)).where(number > last))
    place = (state.reason + 1, 0) if following is None else (state.reason, int(following))
    k = open_matters.c
    _write(
        database,
        (state, replace(state, reason=place[0], first=place[1])),
        (k.reason == reason, k.subject.between(state.first, last)),
        found,
    )
    return True


def _fold(database: Database, state: State, size: int) -> bool:
    """The matters of some customers that were marked."""
    with database.read() as tx:
        named = marks.some_unnamed(tx)
    if named:
        with database.write() as tx:
            marks.name_customers(tx)
    with database.read() as tx:
        told = marks.first_marks(tx, size * CUSTOMERS)
        who = sorted({customer for customer, _tx, _n in told})
        found = worked_out(tx, lambda part: part.customer.in_(who), REASONS) if who else []
    if who:
        _write(database, (state, state), (open_matters.c.customer_hash.in_(who),), found, told)
    return bool(who) or named


def _write(
    database: Database,
    states: tuple[State, State],
    gone: tuple[ColumnElement[bool], ...],
    found: list[dict[str, Any]],
    told: marks.Told = (),
) -> None:
    """Put what was found in the place of what is there, unless another was quicker."""
    was, now = states
    with database.write() as tx:
        _lock(tx)
        if state_of(tx) != was:
            return
        if told:
            marks.take_away(tx, told)
        tx.execute(delete(open_matters).where(*gone))
        if found:
            tx.execute(delete(open_matters).where(_same()), found)  # its call may have been another's
            tx.execute(insert(open_matters), found)
        set_setting(tx, KEPT, asdict(replace(now, stamp=stamp())))


def _same() -> ColumnElement[bool]:
    """The matter of a row that is bound by its names."""
    k = open_matters.c
    return and_(k.reason == bindparam("reason"), k.subject == bindparam("subject"))


def _lock(tx: Transaction) -> None:
    if tx.dialect.name != "sqlite":
        tx.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")


def _number(reason: FollowUpReason) -> ColumnElement[int]:
    return PARTS[reason](Ask(Scope.all(), CareFilter(), few=True)).subject


def _layout(dialect: Dialect) -> str:
    """A digest of the very query that finds them: under other rules nothing that is kept is of use."""
    if dialect.name not in _LAYOUTS:
        query = union_all(*matters(Scope.all(), CareFilter()))
        text = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        _LAYOUTS[dialect.name] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return _LAYOUTS[dialect.name]
