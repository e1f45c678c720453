"""Waiting until calls that were queued are done, failed or dead."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from qa.ingest.register import Outcome
from qa.store.call.calls import call_id_of
from qa.store.database import Database
from qa.store.kinds import JobState
from qa.store.scope import Scope
from qa.store.work.jobs import Job, get_job

POLL = 0.5  # seconds

_ENDED = (JobState.DONE, JobState.FAILED, JobState.DEAD)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far a batch is: ``running`` are the jobs that somebody works on now."""

    done: int
    count: int
    running: tuple[Job, ...]


def wait_for(
    database: Database,
    outcomes: Iterable[Outcome],
    progress: Callable[[Waiting], None],
    alive: Callable[[], bool] = lambda: True,
) -> tuple[Outcome, ...]:
    """The outcomes with ``queued`` replaced by how the work ended.

    Args:
        database: where the jobs are.
        outcomes: of a batch; only the queued ones are waited for.
        progress: called twice a second.
        alive: False when nobody works any more; the rest is then given back as queued.

    Raises:
        StoreUnavailable: the database cannot be reached.
    """
    rows = list(outcomes)
    open_rows = [index for index, outcome in enumerate(rows) if outcome.status == "queued"]
    count = len(open_rows)
    while open_rows:
        at_work = alive()  # asked first: a worker that has just ended has written its last row
        jobs = _jobs(database, [str(rows[index].call) for index in open_rows])
        for index, job in zip(tuple(open_rows), jobs, strict=True):
            if job is None or job.state in _ENDED:
                rows[index] = _ended(rows[index], job)
                open_rows.remove(index)
        running = tuple(job for job in jobs if job is not None and job.state is JobState.RUNNING)
        progress(Waiting(count - len(open_rows), count, running))
        if not at_work:
            break
        if open_rows:
            time.sleep(POLL)
    return tuple(rows)


def _jobs(database: Database, keys: list[str]) -> list[Job | None]:
    with database.read() as tx:
        return [get_job(tx, call_id_of(tx, key, Scope.all())) for key in keys]


def _ended(outcome: Outcome, job: Job | None) -> Outcome:
    if job is not None and job.state is JobState.DONE:
        return replace(outcome, status="done", reason=None)
    return replace(outcome, status="failed", reason="The call was deleted." if job is None else job.reason)
