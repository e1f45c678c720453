"""Preparing a coaching session: whom, on what, when, and the moments to hear."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from qa.errors import InvalidSetting, NotFound
from qa.records import Seconds, Verdict
from qa.store.coaching.kinds import CoachingState
from qa.store.coaching.reach import Person, sessions_within, teams_of
from qa.store.database import Transaction
from qa.store.tables import agents, calls, coaching_members, coaching_moments, coaching_sessions, users

LONGEST = 2000
"""Characters of any text in a session."""
MOST = 12
"""Agents of one session."""


@dataclass(frozen=True, slots=True)
class NewMoment:
    """A stretch of a call to hear together. Without times it is the lines named by ``utterances`` alone."""

    call_id: int
    start: Seconds | None
    end: Seconds | None
    utterances: tuple[int, ...]
    quote: str
    verdict: Verdict

    @property
    def good(self) -> bool:
        """True when the criterion was met there."""
        return self.verdict is Verdict.MET


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to be. ``evidence`` says why: figures as they were on the day, for the record."""

    criterion: str
    focus: str
    agents: tuple[int, ...]
    planned_day: int | None = None
    moments: tuple[NewMoment, ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)


def prepare(tx: Transaction, person: Person, new: NewSession) -> int:
    """Write a session with its moments; gives its number.

    Raises:
        NotFound: an agent or a call is not this person's to coach on.
        InvalidSetting: nobody is coached, too many are, or the focus is empty.
    """
    members = tuple(dict.fromkeys(new.agents))
    if not members or len(members) > MOST:
        raise InvalidSetting(f"A session has {len(members)} agents; choose one to {MOST}.")
    if not new.focus.strip():
        raise InvalidSetting("The session has no focus; write what it is about in one sentence.")
    teams_of(tx, person, members)
    _check_calls(tx, person, new.moments, members)
    values = {
        "criterion": new.criterion,
        "focus": new.focus.strip()[:LONGEST],
        "coach_id": person.user_id,
        "state": CoachingState.PREPARED,
        "planned_day": new.planned_day,
        "evidence": new.evidence or None,
        "generated": _generated(tx, person.user_id, members),
        **dict.fromkeys(("try_aloud", "goal", "action", "notes", "follow_up_note"), ""),
    }
    made = int(
        tx.execute(insert(coaching_sessions).values(**values).returning(coaching_sessions.c.id)).scalar_one()
    )
    rows = [{"session_id": made, "agent_id": agent, "own_words": ""} for agent in members]
    tx.execute(insert(coaching_members), rows)
    _write_moments(tx, made, new.moments)
    return made


def plan_day(tx: Transaction, person: Person, session_id: int, day: int | None) -> None:
    """Say on which local day the session will be.

    Raises:
        NotFound: there is no such session of this person's, or it has been held.
    """
    change = update(coaching_sessions).where(_prepared(person, session_id)).values(planned_day=day)
    if not person.leads or not tx.execute(change).rowcount:
        raise NotFound(f"Session {session_id} is not waiting to be held; reload the list.")


def discard(tx: Transaction, person: Person, session_id: int) -> None:
    """Take out a session that was prepared and never held.

    Raises:
        NotFound: there is no such session of this person's, or it has been held.
    """
    if (
        not person.leads
        or not tx.execute(delete(coaching_sessions).where(_prepared(person, session_id))).rowcount
    ):
        raise NotFound(f"Session {session_id} is not waiting to be held; reload the list.")


def _prepared(person: Person, session_id: int) -> Any:
    c = coaching_sessions.c
    own = sessions_within(person.scope)
    return (c.id == session_id) & (c.state == CoachingState.PREPARED) & own


def _check_calls(
    tx: Transaction, person: Person, moments: tuple[NewMoment, ...], members: tuple[int, ...]
) -> None:
    wanted = {one.call_id for one in moments}
    query = select(calls.c.id).where(
        calls.c.id.in_(wanted), calls.c.agent_id.in_(members), person.scope.clause()
    )
    if wanted - set(tx.scalars(query)):
        raise NotFound("A moment is of a call that is not of these agents, or not yours to see.")


def _generated(tx: Transaction, coach: int, members: tuple[int, ...]) -> bool:
    """True when it is about people of the demo centre, so that it goes with them."""
    found = select(agents.c.id).where(agents.c.id.in_(members), agents.c.generated)
    by = select(users.c.id).where(users.c.id == coach, users.c.generated)
    return bool(tx.scalar(select(or_(found.exists(), by.exists()))))


def _write_moments(tx: Transaction, session_id: int, moments: tuple[NewMoment, ...]) -> None:
    rows = [
        {
            "session_id": session_id,
            "position": place,
            "call_id": one.call_id,
            "start": one.start,
            "end": one.end,
            "utterances": list(one.utterances),
            "quote": one.quote[:LONGEST],
            "verdict": one.verdict,
            "good": one.good,
        }
        for place, one in enumerate(moments)
    ]
    if rows:
        tx.execute(insert(coaching_moments), rows)
