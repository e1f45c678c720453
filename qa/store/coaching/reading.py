"""Reading coaching sessions. An agent reads own sessions alone, and nothing of a plan before it is agreed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, select

from qa.errors import NotFound
from qa.records import Seconds, Verdict
from qa.store.coaching.kinds import CoachingState
from qa.store.coaching.reach import sessions_within
from qa.store.database import Transaction
from qa.store.scope import Scope
from qa.store.tables import agents, calls, coaching_members, coaching_moments, coaching_sessions, users


@dataclass(frozen=True, slots=True)
class Member:
    """An agent of a session. ``own_words``: what the agent added when acknowledging."""

    agent_id: int
    agent: str
    team_id: int | None
    acknowledged_at: datetime | None
    own_words: str


@dataclass(frozen=True, slots=True)
class Session:
    """A coaching session; days are local days. ``members`` are those the viewer may know of."""

    id: int
    criterion: str
    focus: str
    coach_id: int
    coach: str
    state: CoachingState
    planned_day: int | None
    try_aloud: str
    goal: str
    goal_value: float | None
    action: str
    due_day: int | None
    notes: str
    evidence: dict[str, Any] | None
    generated: bool
    prepared_at: datetime
    held_at: datetime | None
    held_day: int | None
    acknowledged_at: datetime | None
    followed_up_at: datetime | None
    follow_up_note: str
    members: tuple[Member, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of the action, one a line."""
        return tuple(self.action.splitlines())

    def due(self, today: int) -> bool:
        """True when its follow-up is due by the local day ``today``."""
        agreed = self.state is not CoachingState.PREPARED and self.followed_up_at is None
        return agreed and self.due_day is not None and self.due_day <= today


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of a call. ``sound``: there is a recording to hear."""

    id: int
    call_id: int
    call_key: str
    agent_id: int | None
    started_at: datetime
    sound: bool
    start: Seconds | None
    end: Seconds | None
    utterances: tuple[int, ...]
    quote: str
    verdict: Verdict
    good: bool


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """Which sessions to list; an empty filter lists all the viewer may see. ``due_by``: held, not followed
    up, and due by that local day.
    """

    states: frozenset[CoachingState] = frozenset()
    agent_id: int | None = None
    criterion: str = ""
    due_by: int | None = None


RANK = {CoachingState.HELD: 0, CoachingState.PREPARED: 1, CoachingState.ACKNOWLEDGED: 2}


def list_sessions(
    tx: Transaction, scope: Scope, wanted: SessionFilter, limit: int, skip: int = 0
) -> tuple[Session, ...]:
    """Sessions in the scope: those that wait for the agent, then those to be held, then the others, the
    newest first within each.
    """
    c = coaching_sessions.c
    order = (
        case(*((c.state == state, rank) for state, rank in RANK.items())),
        c.prepared_at.desc(),
        c.id.desc(),
    )
    return _read(tx, scope, _conditions(wanted), order, (limit, skip))


def get_session(tx: Transaction, scope: Scope, session_id: int) -> Session:
    """One session.

    Raises:
        NotFound: there is none that this viewer may see.
    """
    found = _read(tx, scope, [coaching_sessions.c.id == session_id], (), (1, 0))
    if not found:
        raise NotFound(f"There is no coaching session {session_id} that you may see; reload the list.")
    return found[0]


def moments_of(tx: Transaction, scope: Scope, session_id: int) -> tuple[Moment, ...]:
    """The moments of a session, in order, of calls that the viewer may see; an agent's once it was held."""
    m, session = coaching_moments.c, coaching_sessions.c
    own = ("id", "call_id", "start", "end", "utterances", "quote", "verdict", "good")
    query = (
        select(
            *(m[name] for name in own),
            calls.c.key.label("call_key"),
            calls.c.agent_id,
            calls.c.started_at,
            calls.c.media.is_not(None).label("sound"),
        )
        .join_from(coaching_moments, calls, calls.c.id == m.call_id)
        .join(coaching_sessions, session.id == m.session_id)
        .where(m.session_id == session_id, sessions_within(scope), scope.clause())
        .order_by(m.position)
    )
    if scope.agent is not None:
        query = query.where(session.state != CoachingState.PREPARED)
    rows = [dict(row) for row in tx.execute(query).mappings()]
    return tuple(Moment(**{**row, "utterances": tuple(row["utterances"])}) for row in rows)


def _conditions(wanted: SessionFilter) -> list[Any]:
    c, m = coaching_sessions.c, coaching_members.c
    found: list[Any] = []
    if wanted.states:
        found.append(c.state.in_(sorted(wanted.states)))
    if wanted.agent_id is not None:
        found.append(c.id.in_(select(m.session_id).where(m.agent_id == wanted.agent_id)))
    if wanted.criterion:
        found.append(c.criterion == wanted.criterion)
    if wanted.due_by is not None:
        open_plan = (c.state != CoachingState.PREPARED) & c.followed_up_at.is_(None)
        found.append(open_plan & (c.due_day <= wanted.due_by))
    return found


def _read(
    tx: Transaction, scope: Scope, where: list[Any], order: tuple[Any, ...], page: tuple[int, int]
) -> tuple[Session, ...]:
    c = coaching_sessions.c
    names = [name for name in Session.__dataclass_fields__ if name not in ("coach", "members")]
    query = (
        select(*(c[name] for name in names), users.c.display_name.label("coach"))
        .join_from(coaching_sessions, users, users.c.id == c.coach_id)
        .where(sessions_within(scope), *where)
        .order_by(*order)
        .limit(page[0])
        .offset(page[1])
    )
    rows = [dict(row) for row in tx.execute(query).mappings()]
    members = _members(tx, scope, [row["id"] for row in rows])
    found = (Session(**row, members=members.get(row["id"], ())) for row in rows)
    return tuple(one if scope.agent is None else _for_agent(one) for one in found)


def _members(tx: Transaction, scope: Scope, sessions: list[int]) -> dict[int, tuple[Member, ...]]:
    m = coaching_members.c
    query = (
        select(
            m.session_id,
            m.agent_id,
            agents.c.name.label("agent"),
            agents.c.team_id,
            m.acknowledged_at,
            m.own_words,
        )
        .join_from(coaching_members, agents, agents.c.id == m.agent_id)
        .where(m.session_id.in_(sessions))
        .order_by(agents.c.name, m.agent_id)
    )
    if scope.agent is not None:
        query = query.where(m.agent_id == scope.agent)
    found: dict[int, list[Member]] = {}
    for row in tx.execute(query).mappings():
        fields = {name: row[name] for name in Member.__dataclass_fields__}
        found.setdefault(row["session_id"], []).append(Member(**fields))
    return {session: tuple(each) for session, each in found.items()}


def _for_agent(session: Session) -> Session:
    """What the agent reads: no figures kept for the coach, and no draft of a plan."""
    shown = replace(session, evidence=None, follow_up_note="")
    if session.state is not CoachingState.PREPARED:
        return shown
    return replace(shown, try_aloud="", goal="", goal_value=None, action="", due_day=None, notes="")
