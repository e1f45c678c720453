"""Coaching of the demo centre: its past, and taking it out again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from qa.store.coaching.kinds import ItemState
from qa.store.database import Transaction
from qa.store.tables import action_item_events, action_items, coaching_members, coaching_sessions


@dataclass(frozen=True, slots=True)
class SessionTimes:
    """When a generated session was prepared, held, acknowledged and followed up (``None``: not), with the
    local days of the holding and of what is due.
    """

    session_id: int
    prepared: datetime
    held: datetime | None = None
    held_day: int | None = None
    due_day: int | None = None
    acknowledged: datetime | None = None
    followed_up: datetime | None = None


def date_session(tx: Transaction, times: SessionTimes) -> None:
    """Move a session into the past."""
    values = {
        "prepared_at": times.prepared,
        "held_at": times.held,
        "held_day": times.held_day,
        "due_day": times.due_day,
        "acknowledged_at": times.acknowledged,
        "followed_up_at": times.followed_up,
    }
    here = coaching_sessions.c.id == times.session_id
    tx.execute(update(coaching_sessions).where(here).values(**values))
    seen = (coaching_members.c.session_id == times.session_id) & coaching_members.c.acknowledged_at.is_not(
        None
    )
    tx.execute(update(coaching_members).where(seen).values(acknowledged_at=times.acknowledged))


def date_item(tx: Transaction, item_id: int, made: tuple[datetime, int], due_day: int) -> None:
    """Move an item and its history into the past; ``made`` is the moment and its local day."""
    at, day = made
    i, e = action_items.c, action_item_events.c
    tx.execute(update(action_items).where(i.id == item_id).values(made_at=at, made_day=day, due_day=due_day))
    closed = (i.id == item_id) & (i.state != ItemState.OPEN)
    tx.execute(update(action_items).where(closed).values(closed_at=at))
    tx.execute(update(action_item_events).where(e.item_id == item_id).values(at=at, due_day=due_day))


def forget_coaching(tx: Transaction) -> None:
    """Take out every session and action item about people of the demo centre."""
    items = select(action_items.c.id).where(action_items.c.generated)
    tx.execute(delete(action_item_events).where(action_item_events.c.item_id.in_(items)))
    tx.execute(delete(action_items).where(action_items.c.generated))
    tx.execute(delete(coaching_sessions).where(coaching_sessions.c.generated))
