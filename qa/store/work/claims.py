"""Who works on a job: a lease, taken and given back by compare-and-set.

A lease is an executor and the number of the attempt. Every write of a worker asks for it, so a worker that
was taken for dead and comes back can change nothing.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, update

from qa.store.database import Transaction
from qa.store.kinds import CallStatus, JobState
from qa.store.tables import calls, jobs
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a call's job, ``attempt`` counted from 1."""

    call_id: int
    executor: str
    attempt: int


def claim(tx: Transaction, call_id: int, executor: str) -> Lease | None:
    """Take a job that is queued, or that this executor held when it died; ``None`` if neither."""
    mine = (jobs.c.state == JobState.RUNNING) & (jobs.c.executor == executor)
    now = utc_now()
    taken = update(jobs).where(jobs.c.call_id == call_id, (jobs.c.state == JobState.QUEUED) | mine)
    values: dict[str, Any] = {
        "state": JobState.RUNNING,
        "executor": executor,
        "attempts": jobs.c.attempts + 1,
        "stage": None,
        "share": 0.0,
        "heartbeat": now,
        "started_at": now,
        "finished_at": None,
    }
    attempt = tx.scalar(taken.values(**values).returning(jobs.c.attempts))
    if attempt is None:
        return None
    tx.execute(update(calls).where(calls.c.id == call_id).values(status=CallStatus.RUNNING, reason=None))
    return Lease(call_id, executor, int(attempt))


def beat(tx: Transaction, lease: Lease, stage: str | None = None, share: float = 0.0) -> bool:
    """Sign of life, with the stage if it is known; False when the lease is lost."""
    values: dict[str, Any] = {"heartbeat": utc_now()}
    if stage is not None:
        values |= {"stage": stage, "share": min(1.0, max(0.0, share))}
    return tx.execute(update(jobs).where(_held(lease)).values(**values)).rowcount == 1


def note_failure(tx: Transaction, lease: Lease, reason: str) -> bool:
    """Say why an attempt failed while the job waits for the next one; False when the lease is lost."""
    values = {"reason": reason, "stage": None, "share": 0.0, "heartbeat": utc_now()}
    return tx.execute(update(jobs).where(_held(lease)).values(**values)).rowcount == 1


def hold(tx: Transaction, lease: Lease) -> bool:
    """True when the lease is still held; nobody can take it before this transaction ends."""
    held = select(jobs.c.call_id).where(_held(lease)).with_for_update()
    return tx.scalar(held) is not None


def release(tx: Transaction, lease: Lease) -> bool:
    """Queue a job again with a new date, so that the engine sees a new task; False when the lease is lost."""
    values = {"state": JobState.QUEUED, "executor": None, "heartbeat": None, "queued_at": utc_now()}
    if tx.execute(update(jobs).where(_held(lease)).values(**values)).rowcount == 0:
        return False
    tx.execute(update(calls).where(calls.c.id == lease.call_id).values(status=CallStatus.WAITING))
    return True


def renew(tx: Transaction, call_id: int) -> bool:
    """Give a queued job a new date, because the engine has no task for it; False when it is not queued."""
    queued = (jobs.c.call_id == call_id) & (jobs.c.state == JobState.QUEUED)
    return tx.execute(update(jobs).where(queued).values(queued_at=utc_now())).rowcount == 1


def _held(lease: Lease) -> ColumnElement[bool]:
    return (
        (jobs.c.call_id == lease.call_id)
        & (jobs.c.state == JobState.RUNNING)
        & (jobs.c.executor == lease.executor)
        & (jobs.c.attempts == lease.attempt)
    )
