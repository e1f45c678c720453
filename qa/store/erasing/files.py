"""Files that rows have let go of: deleted after the commit, by whoever comes first."""

from collections.abc import Iterable

from sqlalchemy import delete, exists, or_, select

from qa.store.database import Database, Transaction
from qa.store.shelf.recordings import Recordings
from qa.store.tables import calls, file_removals
from qa.store.types import utc_now
from qa.store.upsert import insert_absent

CHUNK = 200


def let_go(tx: Transaction, places: Iterable[str]) -> None:
    """Say that files are to go when this transaction stands."""
    for place in places:
        insert_absent(tx, file_removals, {"place": place, "created_at": utc_now()})


def delete_files(database: Database, recordings: Recordings) -> int:
    """Delete every file that waits, with its copies; one that another call still owns stays. Gives how many
    are gone.

    Raises:
        OSError: a file cannot be deleted; it waits for the next time.
    """
    done = 0
    while True:
        with database.read() as tx:
            places = tx.scalars(select(file_removals.c.place).limit(CHUNK)).all()
            owned = _owned(tx, places)
        if not places:
            return done
        for place in places:
            if place not in owned:
                recordings.remove(place)
                done += 1
        with database.write() as tx:
            tx.execute(delete(file_removals).where(file_removals.c.place.in_(places)))


def _owned(tx: Transaction, places: Iterable[str]) -> frozenset[str]:
    """Those that a call points to: two calls may have come with the same file of words."""
    c, place = calls.c, file_removals.c.place
    kept = exists().where(or_(c.media == place, c.transcript_file == place))
    return frozenset(tx.scalars(select(place).where(place.in_(list(places)), kept)))
