"""The process that does the heavy work, apart from the one that keeps the books.

A recording that kills its process (memory, a fault in a native library) kills this one; the worker sees
the exit, counts the attempt and goes on. The child ends at once when the worker dies.
"""

import errno
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from qa import logs
from qa.errors import QAError, StoreUnavailable, WriteFailed
from qa.settings import Settings
from qa.worker.port import OpenReviewer, Progress, Reviewed, Task, Words

POLL = 0.2  # seconds
OUTAGES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE})
"""Disk full, quota used up, disk read-only, no file handles left: of the machine, not of the recording."""


class ChildDiedError(QAError):
    """The process that reviewed the recording died."""


class ReviewerMissingError(QAError):
    """The reviewer cannot be loaded: its weights are gone or damaged, or memory does not hold them."""


class StoppedError(Exception):
    """The worker was asked to stop while the recording was being reviewed."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An error on its way to the worker: a sentence, whether trying again can help, and whether it is the
    machine that has no room or takes no writes, whatever the recording.
    """

    sentence: str
    permanent: bool
    outage: bool = False


class Child:
    """One reviewer in a process of its own, started when it is needed and again after it died."""

    def __init__(self, settings: Settings, opener: OpenReviewer) -> None:
        self._settings = settings
        self._opener = opener
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._busy = threading.Lock()

    def start(self) -> None:
        """Start the process and wait until the reviewer is loaded.

        Raises:
            ReviewerMissingError: the reviewer cannot be loaded (for example, its weights are missing).
        """
        if self._process is not None and self._process.is_alive():
            return
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=_main, args=(theirs, self._settings, self._opener), name="reviewer", daemon=True
        )
        self._process.start()
        theirs.close()
        self._connection = ours
        try:
            self._receive(lambda: False)
        except QAError as error:
            self.stop()
            raise ReviewerMissingError(error.message, permanent=error.permanent) from error

    def review(self, task: Task, progress: Progress, stopped: Callable[[], bool]) -> Reviewed:
        """Review one recording. Two at the same time take turns: an answer says not which question it is for.

        Raises:
            QAError: the review failed; ``permanent`` says whether trying again can help.
            StoreUnavailable: the machine has no room or takes no writes now.
            ReviewerMissingError: the process had to be started anew and cannot be.
            ChildDiedError: the process died over it.
            StoppedError: ``stopped`` said True; the process was ended, unless it works for somebody else.
        """
        while not self._busy.acquire(timeout=POLL):
            if stopped():
                raise StoppedError
        try:
            return self._reviewed(task, progress, stopped)
        finally:
            self._busy.release()

    def _reviewed(self, task: Task, progress: Progress, stopped: Callable[[], bool]) -> Reviewed:
        self.start()
        connection = self._connected()
        try:
            connection.send(task)
        except OSError as error:
            raise self._died() from error
        while True:
            message = self._receive(stopped)
            if isinstance(message, Reviewed):
                return message
            self._tell(progress, message)

    def stop(self) -> None:
        """End the process now."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _receive(self, stopped: Callable[[], bool]) -> object:
        connection = self._connected()
        try:
            while not connection.poll(POLL):
                self._look(stopped)
            message = connection.recv()
        except (EOFError, OSError) as error:
            raise self._died() from error
        if isinstance(message, Failure):
            kind = StoreUnavailable if message.outage else QAError
            raise kind(message.sentence, permanent=message.permanent)
        return message

    def _look(self, stopped: Callable[[], bool]) -> None:
        try:
            ends = stopped()
        except Exception:
            self.stop()  # nobody waits for this answer any more
            raise
        if ends:
            self.stop()
            raise StoppedError

    def _tell(self, progress: Progress, message: object) -> None:
        try:
            if isinstance(message, Words):
                progress.heard(message)
            else:
                progress(*message)  # type: ignore[misc]
        except Exception:
            self.stop()  # the listener wants no more of this review
            raise

    def _connected(self) -> Connection:
        if self._connection is None:
            raise ValueError("the child was not started")
        return self._connection

    def _died(self) -> ChildDiedError:
        process = self._process
        if process is not None:
            process.join(5)
        code = None if process is None else process.exitcode
        self.stop()
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return ChildDiedError(
            f"The process that reviewed the recording died ({how}); if it was memory, use a smaller model.",
            permanent=False,
        )


@dataclass(frozen=True, slots=True)
class _Wire:
    """How far a review has come, told to the worker."""

    connection: Connection

    def __call__(self, stage: str, share: float) -> None:
        self.connection.send((stage, share))

    def heard(self, words: Words) -> None:
        self.connection.send(words)


def _main(connection: Connection, settings: Settings, opener: OpenReviewer) -> None:
    logs.set_up()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the worker decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        reviewer = opener(settings)
    except Exception as error:  # noqa: BLE001 (whatever it is, the worker must say it)
        connection.send(failure_of(error))
        return
    connection.send(("ready", 1.0))
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        try:
            connection.send(reviewer(task, _Wire(connection)))
        except Exception as error:  # noqa: BLE001 (one recording must not end the process)
            connection.send(failure_of(error))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def failure_of(error: Exception) -> Failure:
    """What may be told of an error: a QAError's sentence, else kind and place; its text may quote a call."""
    if isinstance(error, QAError):
        outage = isinstance(error, WriteFailed) and not error.permanent
        return Failure(error.message, error.permanent, outage)
    where = traceback.extract_tb(error.__traceback__)
    place = f"{Path(where[-1].filename).name}:{where[-1].lineno}" if where else "an unknown place"
    kind = type(error).__name__
    if isinstance(error, OSError | MemoryError):
        why = getattr(error, "strerror", None) or "no memory"
        sentence = f"The review broke off ({kind} at {place}: {why}); free memory or disk space."
        return Failure(sentence, permanent=False, outage=getattr(error, "errno", None) in OUTAGES)
    return Failure(f"The review met a fault in the program ({kind} at {place}); report it.", permanent=True)
