"""Reading the promise ledger: pages of it, counts, and what people did with a promise."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, FromClause, and_, case, func, or_, select

from qa.store.database import Transaction
from qa.store.keyset import FIRST, Cut, Key, Sheet, sheet
from qa.store.kinds import Direction, PromiseState
from qa.store.lists.call_days import on_days
from qa.store.scope import Scope
from qa.store.tables import agents, calls, promise_events, promises, queues, teams, users


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What to list. ``overdue``: open ones past their time at ``now``. An empty part does not narrow;
    days are those of the call, as in ``qa.calendar``. ``due`` are the days (both included) and the moments
    (the end not included) between which they fall due; without a time they are due on the day of the call.
    """

    now: datetime
    states: frozenset[PromiseState] = frozenset()
    overdue: bool = False
    forbidden: bool = False
    agents: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()
    queues: frozenset[int] = frozenset()
    first_day: int | None = None
    last_day: int | None = None
    call_id: int | None = None
    due: tuple[int, int, datetime, datetime] | None = None

    @property
    def about_calls(self) -> bool:
        """True when it asks something of the calls beside their promises."""
        days = (self.first_day, self.last_day, self.due)
        return bool(self.agents or self.teams or self.queues) or any(one is not None for one in days)

    def clauses(self, scope: Scope) -> list[ColumnElement[bool]]:
        """The conditions, the viewer's scope among them."""
        found = [scope.clause()]
        if self.states:
            found.append(promises.c.state.in_(sorted(self.states)))
        if self.overdue:
            found.append(_late(self.now))
        if self.forbidden:
            found.append(promises.c.forbidden)
        for name, chosen in (("agent_id", self.agents), ("team_id", self.teams), ("queue_id", self.queues)):
            if chosen:
                found.append(calls.c[name].in_(sorted(chosen)))
        found += on_days(self.first_day, self.last_day)
        if self.call_id is not None:
            found.append(promises.c.call_id == self.call_id)
        if self.due is not None:
            first, last, since, until = self.due
            timed = (promises.c.due_at >= since) & (promises.c.due_at < until)
            untimed = promises.c.due_at.is_(None) & calls.c.local_day.between(first, last)
            found.append(or_(timed, untimed))
        return found


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One promise with its call. ``contact_at`` is the first outbound call to the same customer after it,
    which suggests that it was kept; ``again_at`` the customer's own next call.
    """

    id: int
    key: str
    generated: bool
    agent: str | None
    team: str | None
    queue: str | None
    customer_hash: str | None
    made_at: datetime
    quote: str
    at: float | None
    when: str
    due_at: datetime | None
    forbidden: bool
    confidence: float
    state: PromiseState
    changed_at: datetime | None
    contact_at: datetime | None
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises there are of each kind; ``untimed`` are open ones without a time."""

    total: int
    open: int
    overdue: int
    untimed: int
    kept: int
    broken: int
    void: int
    forbidden: int


@dataclass(frozen=True, slots=True)
class PromiseEvent:
    """One thing that a person did with a promise: a state, or another time."""

    by: str | None
    state: PromiseState | None
    due_at: datetime | None
    note: str
    created_at: datetime


def list_promises(tx: Transaction, scope: Scope, wanted: LedgerFilter, cut: Cut = FIRST) -> Sheet[LedgerRow]:
    """A page of the ledger: overdue first, the longest overdue on top; then by due time, those without one
    after them; what is closed comes last, the newest first.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    late = case((_late(wanted.now), 0), (promises.c.state == PromiseState.OPEN, 1), else_=2)
    closed = case((promises.c.state == PromiseState.OPEN, None), else_=promises.c.changed_at)
    keys = (
        Key(late),
        Key(closed, descending=True, nulls=True),
        Key(promises.c.due_at, nulls=True),
        Key(promises.c.id),
    )
    query = select(*_columns()).select_from(_joined()).where(*wanted.clauses(scope))
    return sheet(tx, query, keys, cut, LedgerRow)


def tally(tx: Transaction, scope: Scope, wanted: LedgerFilter) -> Tally:
    """Counts over everything the filter lets through."""
    narrow = wanted.clauses(scope)
    if scope == Scope.all() and not wanted.about_calls:
        return _of_promises(tx, wanted, narrow)
    counted = {**_open(wanted.now), "forbidden": promises.c.forbidden}
    counted |= {name: promises.c.state == state for name, state in STATES.items()}
    query = select(func.count().label("total"), *_counts(counted)).select_from(
        promises.join(calls, calls.c.id == promises.c.call_id)
    )
    return Tally(**_numbers(tx, query.where(*narrow)))


def _of_promises(tx: Transaction, wanted: LedgerFilter, narrow: list[ColumnElement[bool]]) -> Tally:
    """The same without a look at the calls: of a million promises the index on states tells nearly all."""
    state = promises.c.state
    rows = tx.execute(select(state, func.count()).where(*narrow).group_by(state))
    by_state = {PromiseState(which): int(count) for which, count in rows}
    still = select(*_counts(_open(wanted.now))).select_from(promises)
    told = {name: by_state.get(value, 0) for name, value in STATES.items()}
    forbidden = select(func.count()).select_from(promises).where(*narrow, promises.c.forbidden)
    late = _numbers(tx, still.where(*narrow, state == PromiseState.OPEN))
    return Tally(total=sum(by_state.values()), forbidden=tx.scalar(forbidden) or 0, **{**late, **told})


STATES = {state.value: state for state in PromiseState}


def _open(now: datetime) -> dict[str, ColumnElement[bool]]:
    is_open = promises.c.state == PromiseState.OPEN
    return {"overdue": _late(now), "untimed": and_(is_open, promises.c.due_at.is_(None))}


def _counts(rules: dict[str, ColumnElement[bool]]) -> list[ColumnElement[int]]:
    return [func.coalesce(func.sum(case((rule, 1), else_=0)), 0).label(name) for name, rule in rules.items()]


def _numbers(tx: Transaction, query: Executable) -> dict[str, int]:
    return {name: int(value) for name, value in tx.execute(query).mappings().one().items()}


def promise_events_of(tx: Transaction, scope: Scope, promise_id: int) -> tuple[PromiseEvent, ...]:
    """What people did with a promise, the first first; nothing when it is not there for this viewer."""
    query = (
        select(
            users.c.display_name.label("by"),
            *(promise_events.c[name] for name in ("state", "due_at", "note", "created_at")),
        )
        .select_from(
            promise_events.outerjoin(users, users.c.id == promise_events.c.user_id)
            .join(promises, promises.c.id == promise_events.c.promise_id)
            .join(calls, calls.c.id == promises.c.call_id)
        )
        .where(promise_events.c.promise_id == promise_id, scope.clause())
        .order_by(promise_events.c.id)
    )
    return tuple(PromiseEvent(**row) for row in tx.execute(query).mappings())


def _late(now: datetime) -> ColumnElement[bool]:
    return and_(promises.c.state == PromiseState.OPEN, promises.c.due_at < now)


def _joined() -> FromClause:
    return (
        promises.join(calls, calls.c.id == promises.c.call_id)
        .outerjoin(agents, agents.c.id == calls.c.agent_id)
        .outerjoin(teams, teams.c.id == calls.c.team_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
    )


def _columns() -> list[ColumnElement[Any]]:
    later = calls.alias("later")
    own = ("id", "quote", "at", "when", "due_at", "forbidden", "confidence", "state", "changed_at")
    after = (later.c.customer_hash == calls.c.customer_hash, later.c.started_at > calls.c.started_at)
    outbound = later.c.direction == Direction.OUTBOUND
    first = select(func.min(later.c.started_at)).correlate(calls)
    return [
        *(promises.c[name] for name in own),
        calls.c.key,
        calls.c.generated,
        calls.c.customer_hash,
        calls.c.started_at.label("made_at"),
        agents.c.name.label("agent"),
        teams.c.name.label("team"),
        queues.c.name.label("queue"),
        first.where(*after, outbound).scalar_subquery().label("contact_at"),
        first.where(*after, later.c.direction == Direction.INBOUND).scalar_subquery().label("again_at"),
    ]
