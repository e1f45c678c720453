"""Promises found in calls, and what people say became of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, insert, select, update

from qa.errors import InvalidSetting, NotFound
from qa.records import Promise
from qa.store.database import Transaction
from qa.store.kinds import PromiseState
from qa.store.scope import Scope
from qa.store.tables import calls, promise_events, promises
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says became of a promise; ``user_id`` is ``None`` on the command line."""

    state: PromiseState
    user_id: int | None
    note: str = ""


def save_promises(tx: Transaction, call_id: int, found: Iterable[Promise]) -> None:
    """Write what was found in a call. Promises that a person has touched stay as they are; of the others,
    those that are not found any more go.
    """
    touched = exists().where(promise_events.c.promise_id == promises.c.id)
    tx.execute(delete(promises).where(promises.c.call_id == call_id, ~touched))
    kept = set(
        tx.execute(select(promises.c.utterance, promises.c.quote).where(promises.c.call_id == call_id)).all()
    )
    rows = [promise_row(call_id, one) for one in found if (one.utterance, one.quote) not in kept]
    if rows:
        tx.execute(insert(promises), rows)


def promise_row(call_id: int, promise: Promise) -> Mapping[str, object]:
    """A row of ``promises``."""
    return {
        "call_id": call_id,
        "utterance": promise.utterance,
        "quote": promise.quote,
        "at": promise.at,
        "when": promise.when,
        "due_at": promise.due,
        "forbidden": promise.forbidden,
        "confidence": promise.confidence,
        "state": PromiseState.OPEN,
        "created_at": utc_now(),
    }


def decide(tx: Transaction, scope: Scope, promise_id: int, decision: Decision) -> None:
    """Say what became of a promise, or open it again; the event stays for ever.

    Raises:
        NotFound: there is no such promise that this viewer may see.
    """
    _own(tx, scope, promise_id)
    now = utc_now()
    values = {"state": decision.state, "changed_at": now}
    tx.execute(update(promises).where(promises.c.id == promise_id).values(**values))
    _event(tx, promise_id, decision.user_id, decision.note, state=decision.state)


def set_due(tx: Transaction, scope: Scope, promise_id: int, due_at: datetime, user_id: int | None) -> None:
    """Give an open promise another time; the event stays for ever.

    Raises:
        NotFound: there is no such promise that this viewer may see.
        InvalidSetting: it is closed already.
    """
    if _own(tx, scope, promise_id) is not PromiseState.OPEN:
        raise InvalidSetting(f"Promise {promise_id} is closed; open it again before giving it another time.")
    tx.execute(update(promises).where(promises.c.id == promise_id).values(due_at=due_at))
    _event(tx, promise_id, user_id, "", due_at=due_at)


def _own(tx: Transaction, scope: Scope, promise_id: int) -> PromiseState:
    query = (
        select(promises.c.state)
        .join(calls, calls.c.id == promises.c.call_id)
        .where(promises.c.id == promise_id, scope.clause())
    )
    state = tx.scalar(query)
    if state is None:
        raise NotFound(f"There is no promise {promise_id} that you may see; reload the page.")
    return PromiseState(state)


def _event(tx: Transaction, promise_id: int, user_id: int | None, note: str, **what: object) -> None:
    values = {"promise_id": promise_id, "user_id": user_id, "note": note.strip(), **what}
    tx.execute(insert(promise_events).values(**values))
