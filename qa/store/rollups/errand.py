"""What a worker does between its jobs: fold the days that changed, and at its start what was never kept."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from qa.store.database import Database
from qa.store.rollups.fold import Work, first_step, fold, pending
from qa.store.rollups.marks import waits
from qa.store.rollups.pacing import paced

EVERY = 15.0
"""Seconds between two folds: readers sum changed days by themselves meanwhile."""

SLICE = 1.0
"""Seconds of folding after which the worker looks at its jobs again."""


@dataclass(slots=True)
class FoldErrand:
    """``clock`` counts seconds and never goes back."""

    database: Database
    zone: tzinfo
    clock: Callable[[], float] = time.monotonic
    _work: Work | None = None
    _size: int = 1
    _next: float = 0.0

    def look(self) -> bool:
        """Fold for a moment, if anything waits; True when there is more to do."""
        if not self._work and not self._found():
            return False
        until = self.clock() + SLICE
        while self._work and self.clock() < until:
            self._step(self._work)
        return bool(self._work)

    def look_now(self) -> None:
        """Fold all that waits."""
        self._next = 0.0
        while self.look():
            pass

    def _found(self) -> bool:
        if self.clock() < self._next:
            return False
        self._next = self.clock() + EVERY
        first = self._work is None
        if not first:
            with self.database.read() as tx:
                if not waits(tx):
                    return False
        self._work = pending(self.database, self.zone, every=first)
        return bool(self._work)

    def _step(self, work: Work) -> None:
        step, began = first_step(work, self._size), self.clock()
        fold(self.database, self.zone, step)
        self._size = paced(self._size, self.clock() - began)
        del work[: len(step.parts)]
