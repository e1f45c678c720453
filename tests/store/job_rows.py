"""Jobs for the tests of the store, and what became of them."""

from sqlalchemy import select

from qa.store.call.calls import register
from qa.store.database import Transaction
from qa.store.kinds import CallStatus
from qa.store.tables import calls
from qa.store.work import jobs
from qa.store.work.claims import Lease, claim
from tests.store.samples import new_call


def queued(tx: Transaction, seed: int = 1, **changes: object) -> int:
    call_id = register(tx, new_call(seed, **changes)).call_id
    jobs.enqueue(tx, call_id)
    return call_id


def claimed(tx: Transaction, call_id: int, executor: str = "w") -> Lease:
    lease = claim(tx, call_id, executor)
    assert lease is not None
    return lease


def job(tx: Transaction, call_id: int) -> jobs.Job:
    found = jobs.get_job(tx, call_id)
    assert found is not None
    return found


def call_state(tx: Transaction) -> tuple[CallStatus, str | None]:
    row = tx.execute(select(calls.c.status, calls.c.reason)).one()
    return row.status, row.reason
