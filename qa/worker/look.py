"""One look at the jobs table: it is the truth, and the engine is told what it lacks."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from qa.store.claims import Lease, release, renew
from qa.store.database import Database
from qa.store.jobs import Job, fail, get_job, list_jobs, silent, waiting
from qa.store.kinds import JobState
from qa.store.scope import Scope
from qa.store.types import utc_now
from qa.worker.port import JobQueue, TaskState
from qa.worker.working import Desk

AHEAD = 4
"""How many queued jobs the engine holds at a time; the others wait in the table."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Look:
    """Looks again and again. A worker that gives no sign for ``silence`` is taken for dead."""

    database: Database
    queue: JobQueue
    desk: Desk
    silence: timedelta
    _submitted: set[str] = field(default_factory=set)

    def once(self) -> bool:
        """True when there is or may be something to do for this worker."""
        with self.database.read() as tx:
            found = [get_job(tx, call) for call in waiting(tx)[:AHEAD]]
            lost = silent(tx, utc_now() - self.silence)
            running = list_jobs(tx, Scope.all(), (JobState.RUNNING,), limit=1000)
        ahead = [job for job in found if job is not None]
        for job in ahead:
            self._submit(job)
        for job in lost:
            if job.executor != self.desk.executor:
                self._take_over(job)
        mine = [job for job in running if job.executor == self.desk.executor]
        for job in mine:
            if job.call_id not in self.desk.active:
                self._settle(job)
        return bool(ahead or mine)

    def _submit(self, job: Job) -> None:
        task = task_name(job)
        if task not in self._submitted:
            self.queue.submit(task, job.call_id)
            self._submitted.add(task)
        elif self.queue.state(task) in (TaskState.ENDED, TaskState.DEAD, TaskState.UNKNOWN):
            # The table still wants what the engine has ended: one of the two was lost or restored.
            with self.database.write() as tx:
                renew(tx, job.call_id)

    def _settle(self, job: Job) -> None:
        state = self.queue.state(task_name(job))
        if state is TaskState.DEAD:
            reason = f"Given up: the worker died {job.attempts} times over it; look at the recording."
            with self.database.write() as tx:
                fail(tx, job.call_id, reason, dead=True)
        elif state in (TaskState.ENDED, TaskState.UNKNOWN):
            self._take_over(job)

    def _take_over(self, job: Job) -> None:
        with self.database.write() as tx:
            if release(tx, Lease(job.call_id, str(job.executor), job.attempts)):
                log.warning("call %s was taken back from worker %s", job.key, job.executor)


def task_name(job: Job) -> str:
    """The engine's name for a job: the call and when it was queued, so that queueing again is a new task."""
    return f"{job.key}-{int(job.queued_at.timestamp() * 1_000_000)}"
