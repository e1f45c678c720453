"""Pages of the list of calls: the page is cut inside one index, then its rows alone are read in full."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, and_, func, or_, select

from qa.errors import InvalidSetting
from qa.records import ScoringStatus
from qa.store.call.complaints import complained
from qa.store.database import Transaction
from qa.store.kinds import Band, CallStatus, Direction, EvaluationSource
from qa.store.lists.filters import CallFilter, often_lost
from qa.store.lists.search import Holding, Said, among, holding, matching
from qa.store.scope import Scope
from qa.store.tables import agents, calls, evaluations, jobs, queues, teams
from qa.store.types import EPOCH, MICROSECOND

CHUNK, LOOKS = 500, 20
"""Calls that are looked through at once for common words, and how often before all hits are asked for."""


class Order(StrEnum):
    """How the list is sorted; calls without the value come last."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LOWEST = "lowest score"
    HIGHEST = "highest score"
    LONGEST = "longest"
    SHORTEST = "shortest"


_SORT: dict[Order, tuple[str, bool]] = {
    Order.NEWEST: ("started_at", True),
    Order.OLDEST: ("started_at", False),
    Order.LOWEST: ("score", False),
    Order.HIGHEST: ("score", True),
    Order.LONGEST: ("duration", True),
    Order.SHORTEST: ("duration", False),
}


@dataclass(frozen=True, slots=True)
class CallRow:
    """One line of the list. ``stage`` and ``share`` tell how far a running job is."""

    id: int
    key: str
    file_name: str
    generated: bool
    direction: Direction | None
    agent_id: int | None
    agent: str | None
    team_id: int | None
    team: str | None
    queue_id: int | None
    queue: str | None
    started_at: datetime
    local_day: int
    duration: float | None
    language: str | None
    status: CallStatus
    reason: str | None
    left_out: str | None
    flags: tuple[str, ...]
    abusive: bool
    complained: bool
    scoring: ScoringStatus | None
    score: float | None
    score_before_critical: float | None
    band: Band | None
    failed_by: tuple[str, ...]
    stage: str | None
    share: float | None


@dataclass(frozen=True, slots=True)
class CallPage:
    """``next`` goes into ``PageOf.after`` for the page that follows, ``None`` on the last one.

    ``total`` counts every call of the filter; ``None`` when it was not asked for, or when the words that are
    looked for stand in more than ``COMMON`` calls.
    """

    rows: tuple[CallRow, ...]
    next: str | None
    total: int | None


@dataclass(frozen=True, slots=True)
class PageOf:
    """Which page: after which cursor, how many rows, in which order, and whether to count them all."""

    after: str | None = None
    limit: int = 50
    order: Order = Order.NEWEST
    count: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """Common words that are looked for, and what is known of the calls that hold them."""

    search: str
    said: Said
    held: Holding


def list_calls(tx: Transaction, scope: Scope, filters: CallFilter, page: PageOf = PageOf()) -> CallPage:
    """One page of the calls that a viewer may see, under a filter.

    Raises:
        InvalidSetting: the cursor was not given by this list in this order.
    """
    held = holding(tx, filters.search, filters.said)
    common = held is not None and held.common
    others = replace(filters, search="")
    where = others.clauses(scope, tx.dialect.name)
    walked = where
    if filters.lost_at and page.order in (Order.NEWEST, Order.OLDEST) and often_lost(tx, filters.lost_at):
        walked = others.clauses(scope, tx.dialect.name, walking=True)
    longer = replace(page, limit=page.limit + 1)
    if held is not None and held.common:
        found = _among(tx, walked, Words(filters.search, filters.said, held), longer)
    else:
        known = [] if held is None else [held.clause(tx.dialect.name)]
        where = [*where, *known]
        found = _next(tx, [*walked, *known], longer)
    rows = _read(tx, [row.id for row in found[: page.limit]])
    more = len(found) > page.limit
    counted = page.count and not common
    return CallPage(
        rows=rows,
        next=_cursor(found[page.limit - 1]) if more else None,
        total=tx.scalar(select(func.count()).select_from(calls).where(*where)) if counted else None,
    )


def newest_number(tx: Transaction) -> int:
    """The number of the newest call: there are not more calls than that, and it is found at once."""
    return tx.scalar(select(func.max(calls.c.id))) or 0


def _next(tx: Transaction, where: list[ColumnElement[bool]], page: PageOf) -> list[Row[Any]]:
    """Numbers and values of the calls that come next in the order."""
    name, descending = _SORT[page.order]
    column = calls.c[name]
    query = select(calls.c.id, column.label("value")).where(*where)
    if page.after is not None:
        query = query.where(_beyond(column, page.after, descending=descending))
    first = column.desc().nulls_last() if descending else column.asc().nulls_last()
    if name == "started_at":  # never null; the plain order walks the index
        first = column.desc() if descending else column.asc()
    tie = calls.c.id.desc() if descending else calls.c.id.asc()
    rows: Any = tx.execute(query.order_by(first, tie).limit(page.limit)).all()
    return list(rows)


def _among(tx: Transaction, where: list[ColumnElement[bool]], asked: Words, page: PageOf) -> list[Row[Any]]:
    """The same for words that many calls hold: these are looked for in some calls after another."""
    found: list[Row[Any]] = []
    after = page.after
    for _look in range(LOOKS):
        some = _next(tx, where, replace(page, after=after, limit=CHUNK))
        kept = among(tx, [row.id for row in some], asked.search, asked.said, asked.held)
        found += [row for row in some if row.id in kept]
        if len(found) >= page.limit or len(some) < CHUNK:
            return found[: page.limit]
        after = _cursor(some[-1])
    words = matching(tx.dialect.name, asked.search, asked.said)
    rest = where if words is None else [*where, words]
    return [*found, *_next(tx, rest, replace(page, after=after, limit=page.limit - len(found)))]


def _cursor(last: Row[Any]) -> str:
    value = last.value
    plain = (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value
    return f"{'' if plain is None else repr(plain)}~{last.id}"


def _beyond(column: Column[Any], after: str, *, descending: bool) -> ColumnElement[bool]:
    """Rows after the cursor's row, in this order, those without a value last."""
    plain, _, last = after.partition("~")
    try:
        value: Any = None if plain == "" else float(plain)
        call_id = int(last)
        if plain and column.name == "started_at":
            value = EPOCH + int(plain) * MICROSECOND
    except (ValueError, OverflowError) as error:
        raise InvalidSetting("The place in the list is not valid; start from the first page.") from error
    tie = calls.c.id < call_id if descending else calls.c.id > call_id
    if value is None:
        return and_(column.is_(None), tie)
    further = column < value if descending else column > value
    behind = or_(further, and_(column == value, tie))
    if column.name == "started_at":
        edge = column <= value if descending else column >= value
        return and_(edge, behind)  # the plain edge lets the index start there
    return or_(behind, column.is_(None))


def _read(tx: Transaction, ids: list[int]) -> tuple[CallRow, ...]:
    other = {
        "agent": agents.c.name,
        "team": teams.c.name,
        "queue": queues.c.name,
        "score_before_critical": evaluations.c.score_before_critical,
        "failed_by": evaluations.c.failed_by,
        "complained": complained(),
        "stage": jobs.c.stage,
        "share": jobs.c.share,
    }
    columns = [other[f].label(f) if f in other else calls.c[f] for f in CallRow.__dataclass_fields__]
    current = evaluations.c.current & (evaluations.c.source == EvaluationSource.AUTO)
    joined = (
        calls.outerjoin(agents, agents.c.id == calls.c.agent_id)
        .outerjoin(teams, teams.c.id == calls.c.team_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
        .outerjoin(jobs, jobs.c.call_id == calls.c.id)
        .outerjoin(evaluations, and_(evaluations.c.call_id == calls.c.id, current))
    )
    found = tx.execute(select(*columns).select_from(joined).where(calls.c.id.in_(ids))).mappings()
    rows = {
        row["id"]: CallRow(
            **{**row, "flags": tuple(row["flags"]), "failed_by": tuple(row["failed_by"] or ())}
        )
        for row in found
    }
    return tuple(rows[call_id] for call_id in ids if call_id in rows)
