"""Calls that were heard before the search knew who says what: their words are indexed anew."""

from dataclasses import dataclass

from qa.store.database import Database
from qa.store.lists.reindex import index_next, is_pending


@dataclass(frozen=True, slots=True)
class SearchErrand:
    """Indexes stored words in the worker's spare moments, a chunk at every look."""

    database: Database

    def __call__(self) -> bool:
        """One look; one small question where all is indexed. True while there may be more."""
        with self.database.read() as tx:
            if not is_pending(tx):
                return False
        with self.database.write() as tx:
            return index_next(tx)
