"""The worker's errand: last week's sample, once, when the site wants it made by itself.

With it comes a new look at what is left to people.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from qa.records import Seconds
from qa.review.plan import due_plan
from qa.review.trust import look_again
from qa.settings import Settings
from qa.store.database import Database

EVERY: Seconds = 600.0


@dataclass(slots=True)
class Weekly:
    """Asked at every look of the worker, it looks itself once in ten minutes."""

    database: Database
    settings: Settings
    _next: float = field(default=0.0)

    def look(self) -> bool:
        """True when a plan was made now."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + EVERY
        made = due_plan(self.database, self.settings, datetime.now(UTC))
        if made:
            look_again(self.database, datetime.now(UTC))
        return made
