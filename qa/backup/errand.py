"""The worker's errand: a back-up on schedule, made beside the work."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qa.backup.folder import Folder, Keeping, moment_of
from qa.backup.making import Wanted, back_up
from qa.errors import QAError, WriteFailed
from qa.logs import about
from qa.records import Seconds
from qa.settings import Settings
from qa.store.database import Database
from qa.store.locks import sole_lock

EVERY: Seconds = 60.0
AGAIN: Seconds = 600.0
"""After a back-up that could not be made the next try waits so long."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class BackupErrand:
    """Asked at every look of the worker: once a minute it sees whether a back-up is due.

    A back-up runs in a thread of its own, so that calls are reviewed meanwhile. It is due when the newest one
    is old enough by its name, or was made so long ago by this process's own clock, which never jumps: a wall
    clock that was ahead and came back does not put the next one off.
    """

    database: Database
    settings: Settings
    clock: Callable[[], float] = time.monotonic
    _next: float = field(default=0.0)
    _thread: threading.Thread | None = field(default=None)
    _failed: QAError | None = field(default=None)
    _newest: tuple[Path | None, float] | None = field(default=None)

    def look(self) -> bool:
        """True while a back-up is being made, or one is due.

        Raises:
            WriteFailed: the last try failed; the sentence says why. It is tried again.
        """
        to = self.settings.backup_dir
        if to is None:
            return False
        if self._thread is not None:
            if self._thread.is_alive():
                return True
            self._thread = None
            if self._failed is not None:
                self._next = self.clock() + AGAIN
        if self.clock() >= self._next:
            self._next = self.clock() + EVERY
            if self._due(to):
                self._failed = None
                self._thread = threading.Thread(target=self._make, args=(to,), name="back-up", daemon=True)
                self._thread.start()
                return True
        if self._failed is not None:
            raise WriteFailed(self._failed.message, permanent=False) from self._failed
        return False

    def _due(self, to: Path) -> bool:
        lists, wait = Folder(to).lists(), self.settings.backup_hours * 3600.0
        newest = lists[-1] if lists else None
        if self._newest is None or self._newest[0] != newest:
            self._newest = newest, self.clock()
        if newest is None:
            return True
        age = datetime.now(UTC) - moment_of(newest)
        return age >= timedelta(seconds=wait) or self.clock() - self._newest[1] >= wait

    def _make(self, to: Path) -> None:
        """The back-up, unless another worker of this machine makes one."""
        settings = self.settings
        try:
            with sole_lock(settings.data_dir / "locks" / "backup.lock") as alone:
                if alone and self._due(to):
                    keeping = Keeping(settings.backup_keep_days, settings.backup_keep_weeks)
                    begun = self.clock()
                    made = back_up(self.database, settings, Wanted(to, keeping=keeping))
                    seconds = round(self.clock() - begun, 1)
                    told = about("backup.made", files=len(made.manifest.files), seconds=seconds)
                    log.info("a back-up was made", extra=told)
        except QAError as error:
            self._failed = error
        except Exception as error:  # noqa: BLE001 (a fault of ours must not be lost with its thread)
            self._failed = QAError(
                f"The back-up into {to} failed ({type(error).__name__}); run `python -m qa backup {to}`."
            )
