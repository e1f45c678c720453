"""Reading exemplary moments: those that everybody may hear, and those of one's own calls in every state.

Of another's call a reader is told neither the call nor, unless the agent wants it, the name, said or written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from qa.errors import NotFound
from qa.records import Seconds, Span, Speaker
from qa.store.call.nameless import without_name
from qa.store.database import Transaction
from qa.store.kinds import MomentState
from qa.store.scope import Scope
from qa.store.tables import agents, calls, exemplary_moments, queues, users


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of a moment, redacted. ``start`` counts from the beginning of the call."""

    utterance: int
    speaker: Speaker
    start: Seconds
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as one viewer may know it.

    Attributes:
        own: the call is the viewer's to see.
        call_key: of an own call, else ``None``; so is ``agent_id``.
        agent: the name, of an own call or where the agent wants it, else ``None``.
        call_id, media: number of the call and place of its recording (``None`` without one); for cutting
            the sound, never shown.
        added_by: who proposed it.
    """

    id: int
    call_id: int
    criterion: str
    span: Span
    lines: tuple[Line, ...]
    title: str
    why: str
    state: MomentState
    named: bool
    own: bool
    call_key: str | None
    agent_id: int | None
    agent: str | None
    queue: str | None
    language: str | None
    media: str | None
    generated: bool
    added_by: str
    added_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class MomentFilter:
    """Which moments to list. ``agent``: of this agent's calls. ``own``: of calls that the viewer may see."""

    states: frozenset[MomentState] = frozenset({MomentState.CONSENTED})
    criterion: str = ""
    agent: int | None = None
    own: bool = False


def list_moments(
    tx: Transaction, scope: Scope, wanted: MomentFilter, limit: int | None = None, skip: int = 0
) -> tuple[Moment, ...]:
    """Moments that this viewer may hear, what was answered or added last stands first.

    Without consent a moment is heard by nobody but those who see its call.
    """
    latest = func.coalesce(exemplary_moments.c.answered_at, exemplary_moments.c.created_at)
    query = _query(scope).where(*_wanted(wanted, scope)).order_by(latest.desc(), exemplary_moments.c.id)
    return tuple(_moment(row) for row in tx.execute(query.limit(limit).offset(skip)))


def count_moments(tx: Transaction, scope: Scope, wanted: MomentFilter) -> dict[str, int]:
    """How many of them there are, by criterion."""
    key = exemplary_moments.c.key
    query = select(key, func.count()).join_from(exemplary_moments, calls)
    rows = tx.execute(query.where(_heard(scope), *_wanted(wanted, scope)).group_by(key).order_by(key))
    return {str(name): int(count) for name, count in rows}


def get_moment(tx: Transaction, moment_id: int, scope: Scope) -> Moment:
    """One moment.

    Raises:
        NotFound: there is none that this viewer may hear (the sentence is the same).
    """
    row = tx.execute(_query(scope).where(exemplary_moments.c.id == moment_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no moment {moment_id} that you may hear; reload the library.")
    return _moment(row)


def _query(scope: Scope) -> Select[Any]:
    m, own = exemplary_moments.c, scope.reach().label("own")
    names = ("id", "call_id", "start", "end", "lines", "title", "why", "state", "named", "created_at")
    columns = [
        *(m[name] for name in (*names, "answered_at")),
        m.key.label("criterion"),
        own,
        calls.c.key.label("call_key"),
        *(calls.c[name] for name in ("agent_id", "language", "media", "generated")),
        agents.c.name.label("agent"),
        queues.c.name.label("queue"),
        users.c.display_name.label("added_by"),
    ]
    joined = (
        exemplary_moments.join(calls, calls.c.id == m.call_id)
        .outerjoin(agents, agents.c.id == calls.c.agent_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
        .join(users, users.c.id == m.added_by)
    )
    return select(*columns).select_from(joined).where(_heard(scope))


def _heard(scope: Scope) -> ColumnElement[bool]:
    """Consented, or of an own call; never of a call that the viewer has still to judge blind."""
    m = exemplary_moments.c
    found = or_(m.state == MomentState.CONSENTED, scope.reach())
    return and_(found, calls.c.id.not_in(sorted(scope.blind))) if scope.blind else found


def _wanted(wanted: MomentFilter, scope: Scope) -> Sequence[ColumnElement[bool]]:
    m = exemplary_moments.c
    found: list[ColumnElement[bool]] = [m.state.in_(sorted(wanted.states))]
    if wanted.criterion:
        found.append(m.key == wanted.criterion)
    if wanted.agent is not None:
        found.append(and_(calls.c.agent_id == wanted.agent, scope.reach()))
    if wanted.own:
        found.append(scope.reach())
    return found


def _moment(row: Row[Any]) -> Moment:
    own = bool(row.own)
    open_name = own or row.named
    return Moment(
        id=row.id,
        call_id=row.call_id,
        criterion=row.criterion,
        span=Span(row.start, row.end),
        lines=tuple(
            Line(number, Speaker(who), start, text if open_name else without_name(text, row.agent or ""))
            for number, who, start, text in row.lines
        ),
        title=row.title,
        why=row.why,
        state=row.state,
        named=row.named,
        own=own,
        call_key=row.call_key if own else None,
        agent_id=row.agent_id if own else None,
        agent=row.agent if open_name else None,
        queue=row.queue,
        language=row.language,
        media=row.media,
        generated=row.generated,
        added_by=row.added_by,
        added_at=row.created_at,
        answered_at=row.answered_at,
    )
