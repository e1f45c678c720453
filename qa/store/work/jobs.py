"""The state of the work on each call: queued, running, done, failed, dead.

The engine decides when a job runs; these rows are what people see of it. A worker takes and reports its
jobs through ``qa.store.work.claims``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update

from qa.store.database import Transaction
from qa.store.kinds import CallStatus, JobState
from qa.store.scope import Scope
from qa.store.tables import calls, jobs
from qa.store.types import utc_now
from qa.store.upsert import insert_absent

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)
MENDABLE = (JobState.FAILED, JobState.DEAD)


@dataclass(frozen=True, slots=True)
class Job:
    """One job as the ingest page shows it. ``share`` is what of ``stage`` is done, 0-1."""

    call_id: int
    key: str
    file_name: str
    state: JobState
    stage: str | None
    share: float
    attempts: int
    reason: str | None
    executor: str | None
    heartbeat: datetime | None
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def enqueue(tx: Transaction, call_id: int) -> bool:
    """Give a call a job; False when it has one. A job that is there is left as it is."""
    return insert_absent(tx, jobs, {"call_id": call_id, "state": JobState.QUEUED, "queued_at": utc_now()})


def finish(tx: Transaction, call_id: int) -> None:
    """Mark a job as done; the review is saved in the same transaction."""
    now = utc_now()
    values = {"state": JobState.DONE, "share": 1.0, "reason": None, "heartbeat": now, "finished_at": now}
    tx.execute(update(jobs).where(jobs.c.call_id == call_id).values(**values))


def fail(tx: Transaction, call_id: int, reason: str, *, dead: bool = False) -> None:
    """Mark a job and its call as failed, with the sentence. ``dead``: it used up its attempts."""
    state = JobState.DEAD if dead else JobState.FAILED
    values = {"state": state, "reason": reason, "finished_at": utc_now()}
    tx.execute(update(jobs).where(jobs.c.call_id == call_id).values(**values))
    _set_call(tx, call_id, CallStatus.FAILED, reason)


def requeue(tx: Transaction, call_id: int, *, finished: bool = False) -> bool:
    """A person asks to try again: attempts start from 0. False when the job has not failed.

    ``finished``: a job that is done is done anew, because there is something new to work with.
    """
    states = (*MENDABLE, JobState.DONE) if finished else MENDABLE
    mendable = (jobs.c.call_id == call_id) & jobs.c.state.in_(states)
    values: dict[str, Any] = {
        "state": JobState.QUEUED,
        "attempts": 0,
        "reason": None,
        "stage": None,
        "share": 0.0,
        "executor": None,
        "heartbeat": None,
        "queued_at": utc_now(),
        "started_at": None,
        "finished_at": None,
    }
    if tx.execute(update(jobs).where(mendable).values(**values)).rowcount == 0:
        return False
    _set_call(tx, call_id, CallStatus.WAITING, None)
    return True


def get_job(tx: Transaction, call_id: int) -> Job | None:
    """The job of a call, ``None`` when it has none."""
    row = tx.execute(_query().where(jobs.c.call_id == call_id)).one_or_none()
    return None if row is None else Job(*row)


def list_jobs(
    tx: Transaction, scope: Scope, states: Iterable[JobState] = tuple(JobState), limit: int = 200
) -> tuple[Job, ...]:
    """Jobs in these states, running ones first, then the newest."""
    query = _query().where(jobs.c.state.in_(tuple(states)), scope.clause())
    order = ((jobs.c.state == JobState.RUNNING).desc(), jobs.c.queued_at.desc(), jobs.c.call_id.desc())
    return tuple(Job(*row) for row in tx.execute(query.order_by(*order).limit(limit)))


def in_line(tx: Transaction, scope: Scope) -> dict[CallStatus, int]:
    """How many calls with a job that is queued or running have which status."""
    live = jobs.c.state.in_((JobState.QUEUED, JobState.RUNNING))
    query = select(calls.c.status, func.count()).select_from(jobs.join(calls, calls.c.id == jobs.c.call_id))
    found = tx.execute(query.where(live, scope.clause()).group_by(calls.c.status))
    return {status: int(count) for status, count in found}


def waiting(tx: Transaction, limit: int | None = None) -> tuple[int, ...]:
    """Calls whose job is queued, the oldest first; ``limit`` for the first ones alone."""
    query = (
        select(jobs.c.call_id)
        .where(jobs.c.state == JobState.QUEUED)
        .order_by(jobs.c.queued_at, jobs.c.call_id)
        .limit(limit)
    )
    return tuple(tx.scalars(query))


def running(tx: Transaction) -> tuple[Job, ...]:
    """Every job that a worker holds, by its call."""
    query = _query().where(jobs.c.state == JobState.RUNNING).order_by(jobs.c.call_id)
    return tuple(Job(*row) for row in tx.execute(query))


def counts(tx: Transaction) -> dict[JobState, int]:
    """How many jobs are in each state; states without a job count 0."""
    found = dict.fromkeys(JobState, 0)
    for state, count in tx.execute(select(jobs.c.state, func.count()).group_by(jobs.c.state)):
        found[state] = count
    return found


def last_sign(tx: Transaction) -> datetime | None:
    """When a worker was last heard of; ``None`` before the first job was begun."""
    found: datetime | None = tx.scalar(select(func.max(jobs.c.heartbeat)))
    return found


def _query() -> Select[Any]:
    names = ("state", "stage", "share", "attempts", "reason", "executor", "heartbeat")
    times = ("queued_at", "started_at", "finished_at")
    columns = (jobs.c[name] for name in (*names, *times))
    return select(jobs.c.call_id, calls.c.key, calls.c.file_name, *columns).join_from(jobs, calls)


def _set_call(tx: Transaction, call_id: int, status: CallStatus, reason: str | None) -> None:
    tx.execute(update(calls).where(calls.c.id == call_id).values(status=status, reason=reason))
