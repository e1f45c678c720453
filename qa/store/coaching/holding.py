"""What happens to a session: its plan is written, agreed, acknowledged by the agent, followed up."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.coaching.items import NewItem, add_item
from qa.store.coaching.kinds import CoachingState, ItemOrigin
from qa.store.coaching.making import LONGEST
from qa.store.coaching.reach import Person, sessions_within
from qa.store.database import Transaction
from qa.store.tables import agents, coaching_members, coaching_private_notes, coaching_sessions
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class Plan:
    """What coach and agent agree on. ``action``: one step a line; ``goal_value`` the mean verdict of 100
    to come to; ``due_day`` a local day.
    """

    goal: str = ""
    goal_value: float | None = None
    action: str = ""
    due_day: int | None = None
    try_aloud: str = ""

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of the action."""
        return tuple(line.strip() for line in self.action.splitlines() if line.strip())


def write_plan(tx: Transaction, person: Person, session_id: int, plan: Plan, notes: str) -> None:
    """Keep what is written in the room. A plan that the agent has acknowledged stays as it is.

    Raises:
        NotFound: there is no such session of this person's.
        InvalidSetting: the goal is not a share of 0 to 100.
    """
    if plan.goal_value is not None and not 0 <= plan.goal_value <= 100:
        raise InvalidSetting(f"The goal is {plan.goal_value:g} %; write a share of 0 to 100.")
    row = _own(tx, person, session_id)
    values: dict[str, Any] = {"notes": notes.strip()[:LONGEST]}
    if row.state is not CoachingState.ACKNOWLEDGED:
        values |= {
            "goal": plan.goal.strip()[:LONGEST],
            "goal_value": plan.goal_value,
            "action": "\n".join(plan.steps)[:LONGEST],
            "due_day": plan.due_day,
            "try_aloud": plan.try_aloud.strip()[:LONGEST],
        }
    _write(tx, session_id, values)


def agree(tx: Transaction, person: Person, session_id: int, today: int) -> None:
    """Coach and agent have agreed: the session was held on the local day ``today``.

    Raises:
        NotFound: there is no such session of this person's that is still prepared.
        InvalidSetting: goal, action or due date is missing, or the due date is past.
    """
    row = _own(tx, person, session_id)
    if row.state is not CoachingState.PREPARED:
        raise NotFound(f"Session {session_id} has been held already; reload the page.")
    if not row.goal or not row.action or row.due_day is None:
        raise InvalidSetting("The plan is not whole; write a goal, an action and a due date.")
    if row.due_day < today:
        raise InvalidSetting("The due date is in the past; choose today or a later day.")
    _write(tx, session_id, {"state": CoachingState.HELD, "held_at": utc_now(), "held_day": today})


def acknowledge(
    tx: Transaction, session_id: int, user: tuple[int, int | None], words: str, today: int
) -> int:
    """The agent has seen the plan: each step becomes an action item of this user. Gives how many did.

    ``user`` is the user's number and the agent it is linked to, ``words`` what the agent adds.

    Raises:
        NotFound: the session is not this agent's, has no plan yet, or is acknowledged already.
    """
    user_id, agent_id = user
    row = None if agent_id is None else _held(tx, session_id, agent_id)
    if row is None or agent_id is None:
        raise NotFound(f"Session {session_id} has no plan of yours to acknowledge; reload the page.")
    m, now = coaching_members.c, utc_now()
    values = {"acknowledged_at": now, "acknowledged_by": user_id, "own_words": words.strip()[:LONGEST]}
    here = (m.session_id == session_id) & (m.agent_id == agent_id)
    tx.execute(update(coaching_members).where(here).values(**values))
    waiting = select(func.count()).where(m.session_id == session_id, m.acknowledged_at.is_(None))
    if not tx.scalar(waiting):
        _write(tx, session_id, {"state": CoachingState.ACKNOWLEDGED, "acknowledged_at": now})
    for step in Plan(action=row.action).steps:
        new = NewItem(user_id, step, max(today, row.due_day), ItemOrigin.COACHING, session_id)
        add_item(
            tx, new.about(criterion=row.criterion, agent=agent_id, team=row.team_id), today, row.coach_id
        )
    return len(Plan(action=row.action).steps)


def follow_up(tx: Transaction, person: Person, session_id: int, note: str) -> None:
    """Say what came of a plan; it is no longer due.

    Raises:
        NotFound: there is no such session of this person's, or it was not held.
        InvalidSetting: nothing was said.
    """
    if not note.strip():
        raise InvalidSetting("The follow-up has no note; write what came of it.")
    if _own(tx, person, session_id).state is CoachingState.PREPARED:
        raise NotFound(f"Session {session_id} has not been held; there is nothing to follow up.")
    _write(tx, session_id, {"followed_up_at": utc_now(), "follow_up_note": note.strip()[:LONGEST]})


def private_note(tx: Transaction, person: Person, session_id: int) -> str:
    """What this person wrote for oneself; nobody reads another's.

    Raises:
        NotFound: there is no such session that this person leads.
    """
    if not person.leads or not tx.scalar(select(_here(person, session_id).exists())):
        raise _unknown(session_id)
    n = coaching_private_notes.c
    own = select(n.text).where(n.session_id == session_id, n.user_id == person.user_id)
    return tx.scalar(own) or ""


def write_private_note(tx: Transaction, person: Person, session_id: int, text: str) -> None:
    """Keep a note for oneself; an empty one takes it out.

    Raises:
        NotFound: there is no such session that this person leads.
    """
    _own(tx, person, session_id)
    n = coaching_private_notes.c
    here = (n.session_id == session_id) & (n.user_id == person.user_id)
    tx.execute(delete(coaching_private_notes).where(here))
    if text.strip():
        values = {
            "session_id": session_id,
            "user_id": person.user_id,
            "text": text.strip()[:LONGEST],
            "changed_at": utc_now(),
        }
        tx.execute(insert(coaching_private_notes).values(**values))


def _own(tx: Transaction, person: Person, session_id: int) -> Any:
    query = _here(person, session_id).with_for_update(of=coaching_sessions)
    row = tx.execute(query).one_or_none() if person.leads else None
    if row is None:
        raise _unknown(session_id)
    return row


def _here(person: Person, session_id: int) -> Select[Any]:
    return select(coaching_sessions).where(
        coaching_sessions.c.id == session_id, sessions_within(person.scope)
    )


def _unknown(session_id: int) -> NotFound:
    return NotFound(f"There is no coaching session {session_id} that you lead; reload the list.")


def _held(tx: Transaction, session_id: int, agent_id: int) -> Any:
    c, m = coaching_sessions.c, coaching_members.c
    query = (
        select(c.action, c.due_day, c.criterion, c.coach_id, agents.c.team_id)
        .join_from(coaching_sessions, coaching_members, m.session_id == c.id)
        .join(agents, agents.c.id == m.agent_id)
        .where(c.id == session_id, c.state == CoachingState.HELD)
        .where(m.agent_id == agent_id, m.acknowledged_at.is_(None))
        .with_for_update(of=coaching_sessions)
    )
    return tx.execute(query).one_or_none()


def _write(tx: Transaction, session_id: int, values: dict[str, Any]) -> None:
    tx.execute(update(coaching_sessions).where(coaching_sessions.c.id == session_id).values(**values))
