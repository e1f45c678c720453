"""Messages on their way out: each leaves at least once, and a repeat bears the same key.

Who sends takes a message for a while (``take``): when that process dies over it, it is due again after
``LEASE``. A message that failed waits longer each time; after the last try it is dead until a person sends it
again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from qa.store.alert.alert_kinds import Channel, MessageState
from qa.store.database import Transaction
from qa.store.tables import outbox, pick
from qa.store.types import utc_now
from qa.store.upsert import insert_absent

LEASE = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 4, 15, 60, 240, 720))
"""Before each further try."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to send. ``key`` is made of what it tells and to whom; ``patient`` ones wait for the end of
    quiet hours. ``payload`` holds no words of a call and nothing of a customer.
    """

    key: str
    channel: Channel
    kind: str
    recipient: str
    payload: Mapping[str, Any]
    patient: bool = False
    alert_id: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stands. ``attempts`` counts this one too when it was just taken."""

    id: int
    key: str
    channel: Channel
    kind: str
    recipient: str
    payload: Mapping[str, Any]
    state: MessageState
    patient: bool
    attempts: int
    due_at: datetime
    error: str | None
    alert_id: int | None
    created_at: datetime
    sent_at: datetime | None


def put(tx: Transaction, message: NewMessage) -> bool:
    """Queue a message; False when one with its key is there already, whatever became of it."""
    now = utc_now()
    values = {name: getattr(message, name) for name in NewMessage.__dataclass_fields__}
    return insert_absent(
        tx,
        outbox,
        values | {"state": MessageState.WAITING, "attempts": 0, "due_at": now, "created_at": now},
    )


def take(tx: Transaction, now: datetime, *, patient: bool) -> Message | None:
    """The message that is due longest, for ``LEASE`` nobody else's; ``patient`` ones too if asked for."""
    c = outbox.c
    due = [c.state == MessageState.WAITING, c.due_at <= now]
    if not patient:
        due.append(~c.patient)
    number = tx.scalar(select(c.id).where(*due).order_by(c.due_at, c.id).limit(1))
    if number is None:
        return None
    mine = update(outbox).where(c.id == number, *due)
    taken = tx.execute(
        mine.values(due_at=now + LEASE, attempts=c.attempts + 1).returning(*_columns())
    ).first()
    return None if taken is None else Message(*taken)


def sent(tx: Transaction, message: Message, now: datetime) -> None:
    """It arrived."""
    _set(tx, message, {"state": MessageState.SENT, "sent_at": now, "error": None})


def failed(tx: Transaction, message: Message, now: datetime, error: str, *, final: bool) -> None:
    """It did not arrive: tried again later, unless that is ``final`` or was the last try."""
    if final or message.attempts > len(PAUSES):
        _set(tx, message, {"state": MessageState.DEAD, "error": error})
    else:
        _set(tx, message, {"due_at": now + PAUSES[message.attempts - 1], "error": error})


def send_again(tx: Transaction, number: int) -> None:
    """Let a dead message be tried from the beginning, under the same key."""
    c = outbox.c
    again = {"state": MessageState.WAITING, "attempts": 0, "due_at": utc_now()}
    tx.execute(update(outbox).where(c.id == number, c.state == MessageState.DEAD).values(again))


def list_messages(tx: Transaction, state: MessageState, limit: int = 50) -> tuple[Message, ...]:
    """Messages of one state, the newest first."""
    query = select(*_columns()).where(outbox.c.state == state).order_by(outbox.c.id.desc()).limit(limit)
    return tuple(Message(*row) for row in tx.execute(query))


def count_messages(tx: Transaction) -> dict[MessageState, int]:
    """How many messages there are of each state."""
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    found: dict[Any, int] = dict(tx.execute(query).tuples().all())
    return {state: int(found.get(state, 0)) for state in MessageState}


def _set(tx: Transaction, message: Message, values: Mapping[str, Any]) -> None:
    c = outbox.c  # only while it is still ours: another may have taken it after our lease
    mine = (c.id == message.id, c.state == MessageState.WAITING, c.attempts == message.attempts)
    tx.execute(update(outbox).where(*mine).values(dict(values)))


def _columns() -> list[Any]:
    return pick(outbox, *Message.__dataclass_fields__)
