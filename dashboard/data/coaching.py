"""Coaching for the pages: sessions, their moments, what was agreed. Each asks for the viewer's scope."""

from datetime import UTC, datetime

from dashboard.data.acting import Act, audited
from dashboard.data.site import Scope, database, settings
from dashboard.rights import lead
from qa.calendar import local_day
from qa.store.coaching import holding, making, reading
from qa.store.coaching.holding import Plan
from qa.store.coaching.kinds import CoachingState
from qa.store.coaching.making import NewMoment, NewSession
from qa.store.coaching.reach import Person
from qa.store.coaching.reading import Member, Moment, Session, SessionFilter

__all__ = [
    "CoachingState",
    "Member",
    "Moment",
    "NewMoment",
    "NewSession",
    "Person",
    "Plan",
    "Session",
    "SessionFilter",
]


MOST = 200


def today() -> int:
    """The local day at the site."""
    return local_day(datetime.now(UTC), settings().zone)


def listed(scope: Scope, wanted: SessionFilter, limit: int, skip: int = 0) -> tuple[Session, ...]:
    """A page of sessions that this viewer may see: those that wait for the agent first."""
    with database().read() as tx:
        return reading.list_sessions(tx, scope, wanted, limit, skip)


def due(scope: Scope, limit: int) -> tuple[Session, ...]:
    """Sessions whose follow-up is due today or was due before."""
    return listed(scope, SessionFilter(due_by=today()), limit)


def to_acknowledge(scope: Scope) -> int:
    """How many plans wait for this agent's own word."""
    found = listed(scope, SessionFilter(states=frozenset({CoachingState.HELD})), MOST)
    return sum(1 for one in found if one.members and one.members[0].acknowledged_at is None)


def session(scope: Scope, session_id: int) -> Session:
    """One session.

    Raises:
        NotFound: there is none that this viewer may see.
    """
    with database().read() as tx:
        return reading.get_session(tx, scope, session_id)


def moments(scope: Scope, session_id: int) -> tuple[Moment, ...]:
    """The moments of a session that this viewer may hear."""
    with database().read() as tx:
        return reading.moments_of(tx, scope, session_id)


def prepare(person: Person, new: NewSession) -> int:
    """Write a session; gives its number.

    Raises:
        NotFound: an agent or a call is not this person's to coach on.
        InvalidSetting: nobody is coached, too many are, or the focus is empty.
    """
    lead("coaching.prepare", person.scope)
    with database().write() as tx:
        made = making.prepare(tx, person, new)
        audited(tx, Act.COACHED, f"session:{made}", step="prepared")
        return made


def plan_day(person: Person, session_id: int, day: int | None) -> None:
    """Say on which day it will be.

    Raises:
        NotFound: there is no such session of this person's, or it has been held.
    """
    lead("coaching.plan_day", person.scope)
    with database().write() as tx:
        making.plan_day(tx, person, session_id, day)
        audited(tx, Act.COACHED, f"session:{session_id}", step="day set")


def discard(person: Person, session_id: int) -> None:
    """Take out a session that was never held.

    Raises:
        NotFound: there is no such session of this person's, or it has been held.
    """
    lead("coaching.discard", person.scope)
    with database().write() as tx:
        making.discard(tx, person, session_id)
        audited(tx, Act.COACHED, f"session:{session_id}", step="discarded")


def write_plan(person: Person, session_id: int, plan: Plan, notes: str) -> None:
    """Keep what is written in the room.

    Raises:
        NotFound: there is no such session of this person's.
        InvalidSetting: the goal is not a share of 0 to 100.
    """
    lead("coaching.write_plan", person.scope)
    with database().write() as tx:
        holding.write_plan(tx, person, session_id, plan, notes)


def agree(person: Person, session_id: int) -> None:
    """Coach and agent agreed today.

    Raises:
        NotFound: there is no such session of this person's that is still prepared.
        InvalidSetting: goal, action or due date is missing, or the due date is past.
    """
    lead("coaching.agree", person.scope)
    with database().write() as tx:
        holding.agree(tx, person, session_id, today())
        audited(tx, Act.COACHED, f"session:{session_id}", step="agreed")


def acknowledge(session_id: int, user: tuple[int, int | None], words: str) -> int:
    """The agent has seen the plan; gives how many action items came of it.

    Raises:
        NotFound: the session is not this agent's, has no plan yet, or is acknowledged already.
    """
    with database().write() as tx:
        made = holding.acknowledge(tx, session_id, user, words, today())
        audited(tx, Act.COACHED, f"session:{session_id}", step="acknowledged")
        return made


def follow_up(person: Person, session_id: int, note: str) -> None:
    """Say what came of a plan.

    Raises:
        NotFound: there is no such session of this person's, or it was not held.
        InvalidSetting: nothing was said.
    """
    lead("coaching.follow_up", person.scope)
    with database().write() as tx:
        holding.follow_up(tx, person, session_id, note)
        audited(tx, Act.COACHED, f"session:{session_id}", step="followed up")


def private_note(person: Person, session_id: int) -> str:
    """What this person wrote for oneself.

    Raises:
        NotFound: there is no such session that this person leads.
    """
    with database().read() as tx:
        return holding.private_note(tx, person, session_id)


def write_private_note(person: Person, session_id: int, text: str) -> None:
    """Keep a note for oneself; an empty one takes it out.

    Raises:
        NotFound: there is no such session that this person leads.
    """
    lead("coaching.write_private_note", person.scope)
    with database().write() as tx:
        holding.write_private_note(tx, person, session_id, text)
