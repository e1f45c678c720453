"""The promise ledger, as far as the viewer may see it."""

from datetime import datetime

from dashboard.data.acting import Act, audited
from dashboard.data.site import Scope, database, settings
from qa.gather import counting
from qa.store.keyset import Cut, Sheet
from qa.store.kinds import PromiseState
from qa.store.promise import ledger, promises
from qa.store.promise.ledger import LedgerFilter, LedgerRow, PromiseEvent, Tally
from qa.store.promise.promises import Decision

__all__ = [
    "Decision",
    "LedgerFilter",
    "LedgerRow",
    "PromiseEvent",
    "PromiseState",
    "Tally",
    "counts",
    "decide",
    "events",
    "page",
    "set_due",
]


def page(scope: Scope, wanted: LedgerFilter, limit: int, after: str | None = None) -> Sheet[LedgerRow]:
    """A page of the ledger, overdue ones first.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    with database().read() as tx:
        return ledger.list_promises(tx, scope, wanted, Cut(limit, after))


def counts(scope: Scope, wanted: LedgerFilter) -> Tally:
    """How many there are of each kind."""
    return counting.tally(database(), scope, wanted, settings().zone)


def events(scope: Scope, promise_id: int) -> tuple[PromiseEvent, ...]:
    """What people did with a promise; nothing when it is not there for this viewer."""
    with database().read() as tx:
        return ledger.promise_events_of(tx, scope, promise_id)


def decide(scope: Scope, promise_id: int, decision: Decision) -> None:
    """Say what became of a promise.

    Raises:
        NotFound: there is no such promise that this viewer may see.
    """
    with database().write() as tx:
        promises.decide(tx, scope, promise_id, decision)
        audited(tx, Act.PROMISE_CHANGED, f"promise:{promise_id}", step=str(decision.state))


def set_due(scope: Scope, promise_id: int, due_at: datetime, user_id: int) -> None:
    """Give an open promise another time.

    Raises:
        NotFound: there is no such promise that this viewer may see.
        InvalidSetting: it is closed already.
    """
    with database().write() as tx:
        promises.set_due(tx, scope, promise_id, due_at, user_id)
        audited(tx, Act.PROMISE_CHANGED, f"promise:{promise_id}", step="another time")
