"""Cells held in the process, up to a limit; what was not asked for the longest goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

import polars as pl

from qa.store.database import Database

MOST_BYTES = 200 * 2**20


@dataclass(slots=True)
class Held:
    """Tables by what they are and the state they are of: another state is another key, so none is old."""

    most: int = MOST_BYTES
    _tables: OrderedDict[Hashable, tuple[pl.DataFrame, int]] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable) -> pl.DataFrame | None:
        """A table that is held, ``None`` for another."""
        with self._lock:
            found = self._tables.get(key)
            if found is None:
                return None
            self._tables.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, table: pl.DataFrame) -> None:
        """Hold a table."""
        size = int(table.estimated_size())
        with self._lock:
            if key in self._tables:
                self._bytes -= self._tables.pop(key)[1]
            self._tables[key] = (table, size)
            self._bytes += size
            while self._bytes > self.most and len(self._tables) > 1:
                self._bytes -= self._tables.popitem(last=False)[1][1]

    @property
    def bytes(self) -> int:
        """How much is held."""
        return self._bytes


_HELD: WeakKeyDictionary[Database, Held] = WeakKeyDictionary()
_LOCK = Lock()


def held_of(database: Database) -> Held:
    """What this process holds of a database."""
    with _LOCK:
        return _HELD.setdefault(database, Held())
