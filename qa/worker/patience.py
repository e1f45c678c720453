"""Waiting out what is nobody's fault of the recording: a database that is away, a disk that is full.

Such a wait costs a job none of its tries. It ends by itself when the cause is mended, and at once when the
worker is asked to stop.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from qa.errors import StoreUnavailable
from qa.records import Seconds
from qa.worker.child import StoppedError

FIRST, LONGEST = 0.5, 15.0
"""Seconds of the first pause, doubled each time, and of the longest."""

Result = TypeVar("Result")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Does a thing again and again until it is done; ``stopping`` ends the wait."""

    stopping: threading.Event

    def until_done(self, act: Callable[[], Result], between: Callable[[], object] = lambda: None) -> Result:
        """What ``act`` gives, once the database or the disk lets it; ``between`` is called in each pause.

        Raises:
            StoppedError: the worker was asked to stop first.
            StoreUnavailable: waiting cannot help.
        """
        pause: Seconds = FIRST
        while True:
            try:
                done = act()
            except StoreUnavailable as error:
                if error.permanent:
                    raise
                if pause == FIRST:
                    log.warning("a job waits: %s", error.message)
                if self.stopping.wait(pause):
                    raise StoppedError from error
                pause = min(2 * pause, LONGEST)
                between()
            else:
                if pause > FIRST:
                    log.warning("a job goes on")
                return done
