"""One look at the jobs table: it is the truth, and the engine is told what it lacks."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from qa.records import Seconds
from qa.store.database import Database
from qa.store.work.claims import Lease, beat, renew
from qa.store.work.jobs import Job, fail, get_job, running, waiting
from qa.worker.port import JobQueue, TaskState
from qa.worker.signs import BEAT
from qa.worker.watchdog import Silence, Watchdog, take_back
from qa.worker.working import Desk

LOOSE: Seconds = 10.0
"""After so long without anybody at work a task that runs by the engine's word is taken back."""
AHEAD = 4
"""How many queued jobs the engine holds at a time; the others wait in the table."""


@dataclass(slots=True)
class Look:
    """Looks again and again. A worker that gives no sign for ``silence`` seconds is taken for dead."""

    database: Database
    queue: JobQueue
    desk: Desk
    silence: Seconds
    clock: Callable[[], float] = time.monotonic
    _submitted: dict[str, float] = field(default_factory=dict)
    _beaten: dict[int, float] = field(default_factory=dict)
    _loose: dict[str, float] = field(default_factory=dict)
    _watchdog: Watchdog | None = None

    def once(self) -> bool:
        """True when there is or may be something to do for this worker."""
        with self.database.read() as tx:
            found = [get_job(tx, call) for call in waiting(tx, AHEAD)]
            held = running(tx)
        ahead = [job for job in found if job is not None]
        for job in ahead:
            self._submit(job)
        if self._watchdog is None:
            self._watchdog = Watchdog(self.database, Silence(self.silence, self.clock))
        for job in self._watchdog.look(self.desk.executor):
            self.queue.cancel(task_name(job))
        mine = [job for job in held if job.executor == self.desk.executor]
        for job in mine:
            if job.call_id not in self.desk.active:
                self._settle(job)
        return bool(ahead or mine)

    def _submit(self, job: Job) -> None:
        task = task_name(job)
        if task not in self._submitted:
            self.queue.submit(task, job.call_id)
            self._submitted[task] = self.clock()
            return
        state = self.queue.state(task)
        # A machine that took the task and died before it took the job holds it for ever.
        stuck = state is TaskState.RUNNING and self.clock() - self._submitted[task] >= self.silence
        if stuck:
            self.queue.cancel(task)
        if stuck or state in (TaskState.ENDED, TaskState.DEAD, TaskState.UNKNOWN):
            # The table still wants what the engine has ended: one of the two was lost or restored.
            with self.database.write() as tx:
                renew(tx, job.call_id)
            del self._submitted[task]

    def _settle(self, job: Job) -> None:
        state = self.queue.state(task_name(job))
        if state is TaskState.DEAD:
            reason = f"Given up: the worker died {job.attempts} times over it; look at the recording."
            with self.database.write() as tx:
                fail(tx, job.call_id, reason, dead=True)
        elif state in (TaskState.ENDED, TaskState.UNKNOWN) or self._is_loose(job, state):
            take_back(self.database, job)
        elif self.clock() - self._beaten.get(job.call_id, -BEAT) >= BEAT:
            # Between two tries of a job, or before it is resumed, nobody else gives its sign of life.
            self._beaten[job.call_id] = self.clock()
            with self.database.write() as tx:
                beat(tx, Lease(job.call_id, self.desk.executor, job.attempts))

    def _is_loose(self, job: Job, state: TaskState) -> bool:
        """True when the engine says that a job runs here and for long nobody has worked on it: the engine
        lost it when it could not write its own notes, because the disk was full.
        """
        task = task_name(job)
        if state is not TaskState.RUNNING or self.queue.holds(task):
            self._loose.pop(task, None)
            return False
        if self.clock() - self._loose.setdefault(task, self.clock()) < LOOSE:
            return False
        del self._loose[task]
        self.queue.cancel(task)
        return True


def task_name(job: Job) -> str:
    """The engine's name for a job: the call and when it was queued, so that queueing again is a new task."""
    return f"{job.key}-{int(job.queued_at.timestamp() * 1_000_000)}"
