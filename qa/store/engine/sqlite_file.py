"""How a SQLite file is opened: write-ahead log, full sync, foreign keys, writers that take the lock first."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from qa.errors import StoreUnavailable
from qa.store.types import dump_json

CACHE_KIBIBYTES = 16_384
"""Pages a connection holds; the system holds the file as well. Four times as much made no page quicker over
ten million calls, and each connection of the pool keeps its own.
"""


def sqlite_engine(url: URL, busy_milliseconds: int, *, foreign_keys: bool) -> Engine:
    """An engine on a file; a writer waits so long for another one.

    Raises:
        StoreUnavailable: the folder of the file cannot be made.
    """
    file = Path(str(url.database))
    _make_folder(file.parent)
    engine = create_engine(
        url,
        hide_parameters=True,
        json_serializer=dump_json,
        creator=lambda: _connected(file, busy_milliseconds, foreign_keys=foreign_keys),
    )

    @event.listens_for(engine, "checkin")
    def given_back(connection: Any, record: Any) -> None:
        # Written to again, the disk would not be seen through it.
        if connection is not None and getattr(connection, "frozen", False):
            record.invalidate()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails at once when another wrote in between,
        # whatever the busy timeout; so writers take the lock first.
        write = connection.get_execution_options().get("qa_write", True)
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if write else 'ON'}")
        patience = connection.get_execution_options().get("qa_patience", busy_milliseconds)
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


class _File(sqlite3.Connection):
    """``frozen``: the file lies on a disk that nobody writes, and is read as it lies there."""

    frozen = False


def _connected(file: Path, busy_milliseconds: int, *, foreign_keys: bool) -> _File:
    seconds = busy_milliseconds / 1000
    connection = sqlite3.connect(file, timeout=seconds, check_same_thread=False, factory=_File)
    try:
        return _prepared(connection, busy_milliseconds, foreign_keys=foreign_keys)
    except sqlite3.OperationalError:
        connection.close()
        if not _is_frozen(file):
            raise
    # Without its two helper files beside it, and without the right to make them, a file in WAL mode opens so.
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, factory=_File)
    connection.frozen = True
    connection.isolation_level = None
    return connection


def _prepared(connection: _File, busy_milliseconds: int, *, foreign_keys: bool) -> _File:
    connection.isolation_level = None  # the driver must not open transactions of its own
    connection.execute(f"PRAGMA busy_timeout = {busy_milliseconds}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not only let go of
    connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    # In a migration a table that is made anew takes its name back while triggers speak of it.
    connection.execute(f"PRAGMA legacy_alter_table = {'OFF' if foreign_keys else 'ON'}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    return connection


def _is_frozen(file: Path) -> bool:
    """True when the disk can only be read, and no log beside the file holds more."""
    log = file.with_name(f"{file.name}-wal")
    whole = file.is_file() and (not log.exists() or log.stat().st_size == 0)
    return whole and bool(os.statvfs(file.parent).f_flag & os.ST_RDONLY)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)  # nothing in it is for others to read
    except OSError as error:
        raise StoreUnavailable(
            f"The folder {folder} for the database cannot be made ({error.strerror}); change QA_DATA_DIR."
        ) from error
