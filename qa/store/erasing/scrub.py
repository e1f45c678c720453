"""After rows were deleted: their remains out of the database's own files.

SQLite overwrites what is deleted (``secure_delete``), but the full-text index keeps the terms of deleted
documents until its segments are merged, pages that an older version freed hold what they held, and the
write-ahead log repeats pages. PostgreSQL writes its tables anew (VACUUM FULL) as SQLite does; its own log and
what is archived of it are the site's to expire.
"""

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from qa.errors import WriteFailed
from qa.records import Seconds
from qa.store.care.keeping import settle
from qa.store.care.past_contacts import drop_past_contacts
from qa.store.database import Database, parse_url
from qa.store.engine.outside import driver
from qa.store.site import get_setting, set_setting

DUE = "scrub_due"
PAUSE: Seconds = 0.2
TRIES = 25
"""For the log to be let go of by readers: five seconds."""

WAIT: Seconds = 5.0
"""For a table of PostgreSQL that is to be written anew: everybody else waits behind it."""

WORDED = (
    "calls", "transcripts", "call_search", "redactions", "criterion_results", "promises", "promise_events",
    "call_complaints", "call_notes", "exemplary_moments", "coaching_moments", "review_verdicts", "reviews",
    "dispute_events", "surveys", "comments", "comment_events", "text_sentiments", "follow_ups",
    "follow_up_events", "orders", "contacts", "queue_events", "alert_events", "scorecard_drafts",
    "scorecard_versions", "open_matters", "past_contacts",
    "care_marks",
)  # fmt: skip
"""Tables that hold words or customers, to be vacuumed on PostgreSQL."""


def scrub_if_due(database: Database, *, thorough: bool = True) -> bool:
    """Do what ``scrub`` does if a removal asked for it; True when nothing is left to do."""
    with database.read() as tx:
        due = get_setting(tx, DUE)
    if not due:
        return True
    with database.write() as tx:
        drop_past_contacts(tx)
    settle(database)
    if not scrub(database, thorough=thorough or due == "thorough"):
        return False
    with database.write() as tx:
        set_setting(tx, DUE, None)
    return _truncated(database)


def scrub(database: Database, *, thorough: bool = True) -> bool:
    """Take what was deleted out of the files. ``thorough``: what earlier versions deleted as well, which
    writes the whole file anew and needs as much room again.

    False when a reader kept the log from being emptied, or a table from being written anew; try again then.

    Raises:
        WriteFailed: there is no room to write the file anew.
        StoreUnavailable: the database cannot be reached or is locked for too long.
    """
    if database.dialect == "postgresql":
        with driver(database) as raw:
            return _rewritten(raw) if thorough else _freed(raw)
    with driver(database) as raw:
        _merge(raw)
        if thorough:
            _vacuum(raw)
    return _truncated(database)


def copies(url: str) -> tuple[Path, ...]:
    """Copies of the database that upgrades made beside it, with their logs; none on PostgreSQL."""
    parsed = parse_url(url)
    if parsed.drivername != "sqlite":
        return ()
    file = Path(str(parsed.database))
    return tuple(sorted(file.parent.glob(f"{file.stem}.before-*")))


def delete_copies(url: str) -> int:
    """Delete them; gives how many files went."""
    found = copies(url)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _merge(raw: sqlite3.Connection) -> None:
    raw.execute("INSERT INTO call_fts(call_fts) VALUES('optimize')")


def _freed(raw: Any) -> bool:
    raw.execute(f"VACUUM {', '.join(WORDED)}")
    return True


def _rewritten(raw: Any) -> bool:
    """Write every table with words anew, and the samples that the planner keeps of their values; False when
    somebody used one for so long that this would have made everybody else wait.
    """
    from psycopg.errors import LockNotAvailable

    raw.execute(f"SET lock_timeout = '{int(1000 * WAIT)}ms'")
    try:
        for table in WORDED:
            raw.execute(f"VACUUM (FULL, ANALYZE) {table}")
        raw.execute("VACUUM (FULL) pg_catalog.pg_statistic")
    except LockNotAvailable:
        return False
    finally:
        raw.execute("RESET lock_timeout")
    return True


def _vacuum(raw: sqlite3.Connection) -> None:
    try:
        raw.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if "full" not in str(error):
            raise
        raise WriteFailed(
            "The database cannot be written anew (the disk is full); free as much room as it takes itself,"
            " then run `python -m qa retention apply --yes`.",
            permanent=False,
        ) from error


def _truncated(database: Database) -> bool:
    if database.dialect == "postgresql":
        return True
    for _ in range(TRIES):
        with driver(database) as raw, suppress(sqlite3.OperationalError):
            if raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
                return True
        threading.Event().wait(PAUSE)
    return False
