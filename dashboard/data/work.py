"""The work on recordings as it stands now: jobs, refused files, the worker, the watched folder."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard.data.acting import Act, audited
from dashboard.data.site import Scope, database, settings
from dashboard.rights import lead
from qa.audio import content_hash
from qa.errors import BadRecording
from qa.ingest.walk import find_files
from qa.store.call.calls import call_id_of, find_sha256
from qa.store.kinds import JobState
from qa.store.shelf.rejections import Rejection, count_rejections, is_refused, list_rejections
from qa.store.work.jobs import MENDABLE, Job, counts, last_sign, list_jobs, requeue
from qa.worker import worker_runs

__all__ = [
    "Board",
    "Job",
    "JobState",
    "Rejection",
    "Watched",
    "Worker",
    "board",
    "retry",
    "watched",
    "worker",
]

UNFINISHED_SHOWN, FINISHED_SHOWN, FAILED_SHOWN, REFUSED_SHOWN = 8, 4, 6, 10
ALIVE = timedelta(seconds=60)
"""A worker that gave a sign so lately is at work, on whatever machine."""
PROBED, LOOKED = 2, 15
"""Seconds that an answer about the worker and about the folder is kept."""
READ_AT_MOST = 1 << 30
"""Bytes of the watched folder that are read in one look; files beyond it count as waiting."""


@dataclass(frozen=True, slots=True)
class Board:
    """What people see of the work: newest first, only as many as fit."""

    counts: dict[JobState, int]
    refused_count: int
    unfinished: tuple[Job, ...]
    finished: tuple[Job, ...]
    failed: tuple[Job, ...]
    refused: tuple[Rejection, ...]

    @property
    def failed_count(self) -> int:
        """Jobs that no machine will try again."""
        return sum(self.counts[state] for state in MENDABLE)


@dataclass(frozen=True, slots=True)
class Worker:
    """Whether somebody does the work, and when that was last heard of."""

    runs: bool
    last_sign: datetime | None


@dataclass(frozen=True, slots=True)
class Watched:
    """The watched folder; ``waiting`` are its recordings that are no call yet."""

    folder: Path
    there: bool
    waiting: int


def board(scope: Scope) -> Board:
    """The work on the calls that this viewer may see.

    Raises:
        StoreUnavailable: the database cannot be reached.
    """
    unfinished = (JobState.RUNNING, JobState.QUEUED)
    with database().read() as tx:
        return Board(
            counts=counts(tx),
            refused_count=count_rejections(tx),
            unfinished=list_jobs(tx, scope, unfinished, UNFINISHED_SHOWN),
            finished=list_jobs(tx, scope, (JobState.DONE,), FINISHED_SHOWN),
            failed=list_jobs(tx, scope, MENDABLE, FAILED_SHOWN),
            refused=list_rejections(tx, REFUSED_SHOWN),
        )


def retry(scope: Scope, call_key: str) -> bool:
    """Queue a failed job again; False when it has not failed (any more).

    Raises:
        NotFound: the call is not there for this viewer.
    """
    lead("work.retry", scope)
    with database().write() as tx:
        made = requeue(tx, call_id_of(tx, call_key, scope))
        audited(tx, Act.CALL_CHANGED, f"call:{call_key}", step="queued again")
        return made


def worker() -> Worker:
    """The worker of this site."""
    with database().read() as tx:
        sign = last_sign(tx)
        busy = counts(tx)[JobState.RUNNING] > 0
    lately = sign is not None and busy and datetime.now(UTC) - sign < ALIVE
    return Worker(lately or _runs_here(str(settings().data_dir)), sign)


def watched() -> Watched | None:
    """The watched folder; ``None`` when the site watches none."""
    folder = settings().watch_folder
    return None if folder is None else _look(str(folder))


@st.cache_data(ttl=PROBED, max_entries=4, show_spinner=False)
def _runs_here(_data_dir: str) -> bool:
    # Asking takes the worker's lock for a moment, so it is asked seldom, whoever looks at the page.
    return worker_runs(settings())


@st.cache_data(ttl=LOOKED, max_entries=4, show_spinner=False)
def _look(path: str) -> Watched:
    folder = Path(path)
    if not folder.is_dir():
        return Watched(folder, there=False, waiting=0)
    waiting, read = 0, 0
    for file in find_files([folder]).files:
        size = file.stat().st_size if file.exists() else 0
        read += size
        waiting += read > READ_AT_MOST or not _is_known(file, size)
    return Watched(folder, there=True, waiting=waiting)


def _is_known(file: Path, size: int) -> bool:
    try:
        sha256 = _hash(str(file), size, file.stat().st_mtime_ns)
    except (OSError, BadRecording):
        return False
    with database().read() as tx:
        return find_sha256(tx, sha256) is not None or is_refused(tx, sha256)


@lru_cache(maxsize=4096)
def _hash(path: str, _size: int, _changed: int) -> str:
    return content_hash(Path(path))
