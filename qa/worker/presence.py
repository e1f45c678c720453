"""A worker says that it is there, for people and monitors."""

import socket
import time
from contextlib import suppress
from dataclasses import dataclass

from qa import __version__
from qa.errors import StoreUnavailable
from qa.records import Seconds
from qa.store.database import Database
from qa.store.work.workers import arrive, leave, sign

EVERY: Seconds = 10.0


@dataclass(slots=True)
class Presence:
    """One worker's line in the table of workers."""

    database: Database
    executor: str
    _next: float = 0.0

    def arrive(self) -> None:
        """It has started."""
        with self.database.write() as tx:
            arrive(tx, self.executor, socket.gethostname(), __version__)
        self._next = time.monotonic() + EVERY

    def look(self) -> None:
        """A sign of life, not more often than it is needed."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            with self.database.write() as tx:
                sign(tx, self.executor)

    def leave(self) -> None:
        """It ends by itself; a database that is away will not hear of it."""
        with suppress(StoreUnavailable), self.database.write() as tx:
            leave(tx, self.executor)
