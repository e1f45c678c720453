"""What a worker does between its jobs: keep the matters of customers that changed, and at its start all that
were never kept.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from qa.store.care.keeping import step, waits
from qa.store.database import Database
from qa.store.rollups.pacing import paced

EVERY = 15.0
"""Seconds between two looks: readers ask what happened for marked customers meanwhile."""

SLICE = 1.0
"""Seconds after which the worker looks at its jobs again."""


@dataclass(slots=True)
class MattersErrand:
    """``clock`` counts seconds and never goes back."""

    database: Database
    clock: Callable[[], float] = time.monotonic
    _more: bool = False
    _size: int = 1
    _next: float = 0.0

    def look(self) -> bool:
        """Keep matters for a moment, if anything waits; True when there is more to do."""
        if not self._more and not self._due():
            return False
        until = self.clock() + SLICE
        self._more = True
        while self._more and self.clock() < until:
            began = self.clock()
            self._more = step(self.database, self._size)
            self._size = paced(self._size, self.clock() - began)
        return self._more

    def look_now(self) -> None:
        """Keep all that waits."""
        self._next = 0.0
        while self.look():
            pass

    def _due(self) -> bool:
        if self.clock() < self._next:
            return False
        self._next = self.clock() + EVERY
        with self.database.read() as tx:
            return waits(tx)
