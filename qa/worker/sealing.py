"""The worker's errand: the audit log is sealed every ten minutes and looked at whole once a day."""

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.errors import QAError
from qa.records import Seconds

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.database import Database

log = logging.getLogger(__name__)

EVERY: Seconds = 600.0
WHOLE: Seconds = 86_400.0


@dataclass(slots=True)
class SealErrand:
    """Asked at every look of the worker, it looks itself once in ten minutes."""

    database: "Database"
    settings: "Settings"
    _next: float = field(default=0.0)
    _whole: float = field(default=0.0)

    def look(self) -> None:
        """Take views in that wait, seal what was added, and once a day look at everything."""
        from qa.store.audit.aside import take_up
        from qa.store.audit.checking import check
        from qa.store.audit.sealing import seal

        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        folders = self.settings.keys_dir, self.settings.data_dir, self.settings.audit_heads
        try:
            take_up(self.database, self.settings.data_dir)
            if now < self._whole:
                seal(self.database, *folders)
                return
            self._whole = now + WHOLE
            found = check(self.database, *folders)
        except QAError as error:
            log.warning("the audit log was not sealed: %s", error.message)
            return
        if found.broken is not None:
            log.error("the audit log is not whole at entry %d: %s", found.broken.position, found.broken.why)
