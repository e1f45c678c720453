"""Complaints of calls that were heard before there was a finder, or before its phrases changed."""

from dataclasses import dataclass

from qa.complaint import find_complaints, lexicon_version
from qa.store.call.complaints import next_to_read, read_up_to, save_complaints, set_read_up_to
from qa.store.database import Database
from qa.store.work.scorable import load_scorables

CHUNK = 20
"""Calls a look: the writer's lock is held for about a quarter of a second."""


@dataclass(frozen=True, slots=True)
class ComplaintErrand:
    """Reads the stored words in the worker's spare moments, a chunk at every look."""

    database: Database

    def __call__(self) -> bool:
        """One look; one small question where all is read. True while there may be more.

        Words are read in the transaction that writes, so that roles which a person sets meanwhile count.

        Raises:
            InvalidSetting: the phrases are missing or damaged.
        """
        version = lexicon_version()
        with self.database.read() as tx:
            if read_up_to(tx, version) is None:
                return False
        with self.database.write() as tx:
            after = read_up_to(tx, version)
            if after is None:
                return False
            ids = next_to_read(tx, after, CHUNK)
            calls = load_scorables(tx, ids)
            save_complaints(tx, {one.call_id: find_complaints(one.call.transcript) for one in calls})
            set_read_up_to(tx, version, ids[-1] if ids else None)
        return bool(ids)
