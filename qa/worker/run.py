"""The worker: hands queued jobs to the engine, takes over from dead workers, buries what killed too many."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from qa.errors import BadMetadata, InvalidSetting, QAError, StoreUnavailable
from qa.records import Seconds
from qa.settings import Settings
from qa.store.database import Database
from qa.store.locks import sole_lock
from qa.store.shelf.recordings import open_recordings
from qa.store.work.jobs import waiting
from qa.worker.child import Child
from qa.worker.dbos_queue import DbosQueue, Handlers, Retrying
from qa.worker.look import Look
from qa.worker.muting import Leftovers, try_to_mute
from qa.worker.opening import open_site_reviewer
from qa.worker.port import OpenReviewer
from qa.worker.presence import Presence
from qa.worker.working import Desk

LOOK: Seconds = 0.5
"""How often the jobs are looked at."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """What a worker is started with.

    ``errands`` are done at every look (a watched folder); one that gives True has more to do. ``opener``
    loads the reviewer in its own process. ``silence``: a worker that gave no sign for so long is taken for
    dead, ``None`` for what the site says. ``until_empty``: end when nothing is queued and nothing of this
    worker runs.
    """

    until_empty: bool = False
    errands: tuple[Callable[[], object], ...] = ()
    opener: OpenReviewer = open_site_reviewer
    retrying: Retrying | None = None
    silence: Seconds | None = None
    stop: threading.Event = field(default_factory=threading.Event)


def run_worker(settings: Settings, options: WorkerOptions) -> None:
    """Work until ``options.stop`` is set, or until nothing is left.

    Raises:
        InvalidSetting: a worker with this executor id runs already on this machine.
        QAError: the reviewer cannot be loaded, or the database cannot be reached at the start.
    """
    with sole_lock(lock_file(settings)) as alone:
        if not alone:
            raise InvalidSetting(
                f"A worker with the id {settings.executor_id!r} runs already; "
                "give this one another QA_EXECUTOR_ID."
            )
        database = Database.open(settings.url)
        child = Child(settings, options.opener)
        try:
            _work(settings, options, database, child)
        finally:
            child.stop()
            database.close()


def worker_runs(settings: Settings) -> bool:
    """True when a worker with this site's executor id runs on this machine."""
    with sole_lock(lock_file(settings)) as alone:
        return not alone


def lock_file(settings: Settings) -> Path:
    """Held by the worker with this executor id as long as it lives."""
    return settings.data_dir / "locks" / f"worker-{settings.executor_id}.lock"


def _work(settings: Settings, options: WorkerOptions, database: Database, child: Child) -> None:
    with database.read() as tx:
        waiting(tx)  # says at once when the database is missing or has no tables
    child.start()
    after = partial(try_to_mute, database, settings)
    desk = Desk(database, open_recordings(settings), settings.executor_id, child, options.stop, after)
    retrying = options.retrying or Retrying(again=settings.retries)
    queue = DbosQueue(settings, Handlers(desk.work, desk.give_up), retrying)
    silence = settings.worker_silence if options.silence is None else options.silence
    look = Look(database, queue, desk, silence)
    presence = Presence(database, settings.executor_id)
    errands, said = (*options.errands, Leftovers(database, settings).once), Said()
    try:
        presence.arrive()
        said.run(look.once)  # calls first: what errands need is loaded at their first look
        while not options.stop.is_set():
            said.run(presence.look)
            more = [said.run(errand) is True for errand in errands]
            if said.run(look.once) is False and not any(more) and options.until_empty:
                return
            options.stop.wait(LOOK)
        while desk.active:  # the reviewer sees the flag and gives its job back
            threading.Event().wait(LOOK)
    finally:
        queue.close()
        presence.leave()
    if desk.fault is not None:
        raise desk.fault


@dataclass(slots=True)
class Said:
    """Does errands; what cannot be done now is said when it begins, changes and ends, not at every look."""

    _last: dict[Callable[[], object], str] = field(default_factory=dict)

    def run(self, errand: Callable[[], object]) -> object:
        """What the errand gives, ``None`` while it cannot be done.

        Raises:
            QAError: trying again cannot help.
        """
        try:
            done = errand()
        except (StoreUnavailable, BadMetadata) as error:
            self._say(errand, error.message)
        except QAError as error:
            if error.permanent:
                raise
            self._say(errand, error.message)
        else:
            if self._last.pop(errand, None) is not None:
                log.warning("the worker goes on")
            return done
        return None

    def _say(self, errand: Callable[[], object], sentence: str) -> None:
        if self._last.get(errand) != sentence:
            self._last[errand] = sentence
            log.warning("%s", sentence)
