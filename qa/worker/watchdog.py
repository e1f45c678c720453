"""Jobs of workers that are gone go back to the queue. Every worker looks, and so may a process of its own.

A job is lost when its row showed the same sign of life for ``silence`` seconds of the watching process's own
clock: clocks of other machines, or one that jumps, take no job from a worker that lives.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from qa.logs import about
from qa.records import Seconds
from qa.store.database import Database
from qa.store.work.claims import Lease, release
from qa.store.work.jobs import Job, running

log = logging.getLogger(__name__)

Sign = tuple[str | None, int, datetime | None]


@dataclass(slots=True)
class Silence:
    """How long each job has shown the same sign. ``clock`` gives seconds that never go back."""

    limit: Seconds
    clock: Callable[[], float] = time.monotonic
    _seen: dict[int, tuple[Sign, float]] = field(default_factory=dict)

    def lost(self, jobs: Iterable[Job]) -> tuple[Job, ...]:
        """The jobs, of all that run now, that were silent for longer than the limit."""
        now, before = self.clock(), self._seen
        self._seen, found = {}, []
        for job in jobs:
            sign = (job.executor, job.attempts, job.heartbeat)
            kept = before.get(job.call_id)
            since = kept[1] if kept is not None and kept[0] == sign else now
            self._seen[job.call_id] = (sign, since)
            if now - since >= self.limit:
                found.append(job)
        return tuple(found)


@dataclass(slots=True)
class Watchdog:
    """Looks at what runs, and takes back what is lost."""

    database: Database
    silence: Silence

    def look(self, own: str | None = None) -> tuple[Job, ...]:
        """The jobs that were taken back now; never those of the worker ``own``."""
        with self.database.read() as tx:
            found = running(tx)
        lost = self.silence.lost(job for job in found if job.executor != own)
        return tuple(job for job in lost if take_back(self.database, job))


def take_back(database: Database, job: Job) -> bool:
    """Queue a job again; False when its worker has just given a sign after all, or somebody was quicker."""
    with database.write() as tx:
        done = release(tx, Lease(job.call_id, str(job.executor), job.attempts))
    if done:
        said = about("job.taken_back", call=job.key, executor=job.executor, attempt=job.attempts)
        log.warning("a job was taken back from a worker that gives no sign", extra=said)
    return done
