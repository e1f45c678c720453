"""The worker's errand: unfinished erasures at once, retention once a day where it is switched on."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from qa.errors import WriteFailed
from qa.privacy.forgetting import finish_erasures
from qa.privacy.retention import apply, read_schedule
from qa.records import Seconds
from qa.settings import Settings
from qa.store.database import Database

EVERY: Seconds = 60.0
DAILY = timedelta(hours=24)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class PrivacyErrand:
    """Asked at every look of the worker: it looks once a minute, and then removes a chunk at every look."""

    database: Database
    settings: Settings
    _next: float = field(default=0.0)
    _going: Iterator[str] | None = field(default=None)

    def look(self) -> bool:
        """True while there is more to remove."""
        if self._going is not None:
            if next(self._going, None) is None:
                self._going = None
            return self._going is not None
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + EVERY
        try:
            finish_erasures(self.database, self.settings)
        except (WriteFailed, OSError) as error:
            log.warning("an erasure could not be finished: %s", type(error).__name__)
        self._going = self._due(datetime.now(UTC))
        return self._going is not None

    def _due(self, now: datetime) -> Iterator[str] | None:
        with self.database.read() as tx:
            found = read_schedule(tx)
        if not found.on or (found.last is not None and now - found.last < DAILY):
            return None
        return apply(self.database, self.settings, now, None)
