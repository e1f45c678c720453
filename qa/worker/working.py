"""What the worker does with one task: take the job, have it reviewed, save everything in one transaction."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from qa.errors import NotFound, QAError, StoreUnavailable
from qa.logs import about
from qa.records import Seconds
from qa.store.call.calls import get_facts
from qa.store.call.reviews import save_review
from qa.store.call.voices import load_voice
from qa.store.card.assignments import rules
from qa.store.card.scorecards import newest_texts
from qa.store.database import Database, Transaction
from qa.store.desk.trust import left_to_people
from qa.store.people import get_queue
from qa.store.shelf.recordings import Kept, Recordings
from qa.store.work.claims import Lease, claim, hold, note_failure, release
from qa.store.work.jobs import fail, finish, get_job
from qa.store.work.stages import add_stages
from qa.worker.child import Child, ReviewerMissingError, StoppedError, failure_of
from qa.worker.patience import Patience
from qa.worker.port import Reviewed, Task
from qa.worker.signs import LostError, Signs

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Desk:
    """One worker's way to do jobs. ``after`` is done with every call once its review is kept; ``active`` are
    the calls it works on now, ``fault`` is why it has to end.
    """

    database: Database
    recordings: Recordings
    executor: str
    child: Child
    stopping: threading.Event
    after: Callable[[int], object] = lambda _call_id: None
    active: set[int] = field(default_factory=set)
    fault: ReviewerMissingError | None = None

    @property
    def _patience(self) -> Patience:
        return Patience(self.stopping)

    def work(self, task: str, call_id: int) -> str:
        """Do one job; the answer says how it ended.

        Raises:
            QAError: it failed in a way that may pass; call again later.
        """
        try:
            lease = self._patience.until_done(lambda: self._claimed(call_id))
        except StoppedError:
            return "stopped"  # the table still has the job, and it comes again
        if lease is None:
            return "not to be had"
        self.active.add(call_id)
        try:
            return self._ended(task, lease)
        finally:
            self.active.discard(call_id)

    def _ended(self, task: str, lease: Lease) -> str:
        try:
            return self._waited_out(task, lease)
        except StoppedError:
            self._return(lease)
            return "stopped"
        except ReviewerMissingError as error:
            self._return(lease)
            self.fault = error
            self.stopping.set()
            return "stopped"
        except LostError:
            told = self._about("job.lost", task, lease)
            log.warning("a job was taken over or deleted; nothing was saved", extra=told)
            return "lost"
        except QAError as error:
            return self._failed(task, lease, error)
        except Exception as error:  # noqa: BLE001 (a fault of ours must end the job, or it would come back for ever)
            failure = failure_of(error)
            return self._failed(task, lease, QAError(failure.sentence, permanent=failure.permanent))

    def give_up(self, task: str, call_id: int, reason: str) -> None:
        """Mark a job as dead after its last try, if nobody else has it."""
        with suppress(StoppedError):
            self._patience.until_done(lambda: self._given_up(task, call_id, reason))

    def _given_up(self, task: str, call_id: int, reason: str) -> None:
        with self.database.write() as tx:
            job = get_job(tx, call_id)
            if job is None or not hold(tx, Lease(call_id, self.executor, job.attempts)):
                return
            fail(tx, call_id, f"Given up after {job.attempts} tries: {reason}", dead=True)
        told = about("job.given_up", call=job.key, job=task, executor=self.executor, attempt=job.attempts)
        log.error("a job was given up", extra=told)

    def _claimed(self, call_id: int) -> Lease | None:
        with self.database.write() as tx:
            return claim(tx, call_id, self.executor)

    def _waited_out(self, task: str, lease: Lease) -> str:
        """Reviewed, and saved when that can be done; an outage in between costs time and no try."""
        signs = Signs(self.database, lease)
        result = self._patience.until_done(lambda: self._reviewed(lease, signs), signs.alive)
        took = signs.took()
        self._patience.until_done(lambda: self._saved(lease, result, took))
        self.after(lease.call_id)
        told = self._about("job.done", task, lease)
        told["about"]["seconds"] = round(took["review"], 3)
        log.info("a job is done", extra=told)
        return "done"

    def _reviewed(self, lease: Lease, signs: Signs) -> Reviewed:
        with self.database.read() as tx:
            work = self._task(tx, lease.call_id)
        return self.child.review(work, signs, lambda: self._interrupted(signs))

    def _saved(self, lease: Lease, result: Reviewed, took: dict[str, Seconds]) -> None:
        with self.database.write() as tx:
            if not hold(tx, lease):
                raise LostError
            _save(tx, lease.call_id, result)
            add_stages(tx, self.executor, took)

    def _task(self, tx: Transaction, call_id: int) -> Task:
        facts = get_facts(tx, call_id)
        if facts.media is None and facts.transcript_file is None:
            raise NotFound(f"Call {facts.key} has nothing to review; ingest its recording or transcript.")
        queue = get_queue(tx, facts.queue_id) if facts.queue_id is not None else None
        return Task(
            call_id=call_id,
            recording=self._place(facts.media),
            transcript=self._place(facts.transcript_file),
            language=facts.language or (queue.language if queue else None),
            service=queue.service if queue else None,
            queue=facts.queue_id,
            direction=facts.direction.value if facts.direction else None,
            assignments=rules(tx),
            published=tuple(newest_texts(tx).items()),
            started_at=facts.started_at,
            agent_voice=None if facts.agent_id is None else load_voice(tx, facts.agent_id),
            people_decide=left_to_people(tx),
        )

    def _place(self, name: str | None) -> Kept | None:
        return None if name is None else self.recordings.file(name)

    def _interrupted(self, signs: Signs) -> bool:
        if not signs.alive():
            raise LostError
        return self.stopping.is_set()

    def _failed(self, task: str, lease: Lease, error: QAError) -> str:
        if isinstance(error, StoreUnavailable):
            raise error
        try:
            if not self._patience.until_done(lambda: self._noted(lease, error)):
                return "lost"
        except StoppedError:
            return "stopped"
        if not error.permanent:
            log.warning("a job failed and is tried again", extra=self._about("job.failed_once", task, lease))
            raise error
        log.error("a job failed", extra=self._about("job.failed", task, lease))
        return "failed"

    def _about(self, event: str, task: str, lease: Lease) -> dict[str, Any]:
        call = task.partition("-")[0]
        return dict(about(event, call=call, job=task, executor=self.executor, attempt=lease.attempt))

    def _noted(self, lease: Lease, error: QAError) -> bool:
        with self.database.write() as tx:
            held = hold(tx, lease)
            if held and error.permanent:
                fail(tx, lease.call_id, error.message)
            elif held:
                note_failure(tx, lease, error.message)
        return held

    def _return(self, lease: Lease) -> None:
        # Without an answer the job stays with this worker's name and is taken back at its next start.
        with suppress(StoreUnavailable), self.database.write() as tx:
            release(tx, lease)


def _save(tx: Transaction, call_id: int, result: Reviewed) -> None:
    save_review(tx, call_id, result.review, result.peaks)
    finish(tx, call_id)
