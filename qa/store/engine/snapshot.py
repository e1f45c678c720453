"""One consistent picture of the whole database as a file, while everybody works on, and the way back.

SQLite is copied by its online back-up, PostgreSQL by ``pg_dump`` in the picture that the rows are counted in.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from qa.errors import StoreUnavailable, WriteFailed
from qa.store.audit import Entry, note
from qa.store.call.calls import all_media
from qa.store.database import Database, Transaction, parse_url
from qa.store.engine import pg_programs
from qa.store.engine.migrate import current_revision, head_revision, known_revisions
from qa.store.tables import audit_head, metadata, sessions


@dataclass(frozen=True, slots=True)
class Picture:
    """What a copy holds: schema, rows of each table, recordings that rows name, end of the audit chain."""

    schema: str
    counts: dict[str, int]
    media: frozenset[str]
    audit_head: str | None


def copy_database(database: Database, url: str, target: Path) -> Picture:
    """Write the database into a file that is not there yet.

    Raises:
        StoreUnavailable: the database cannot be read, or its copy is damaged.
        WriteFailed: the file cannot be written, or ``pg_dump`` is not here or fails.
    """
    if database.dialect == "sqlite":
        source = Path(str(parse_url(url).database))
        if not source.is_file():
            raise StoreUnavailable(f"There is no database at {source}; check QA_DATA_DIR.")
        _copy_sqlite(source, target)
        return look_at(target)
    with database.read() as tx:
        name = str(tx.scalar(text("SELECT pg_export_snapshot()")))
        pg_programs.dump(url, target, name)
        return _picture(tx)


def look_at(file: Path) -> Picture:
    """What a SQLite copy holds, after it was checked page by page and link by link.

    Raises:
        StoreUnavailable: it is damaged, or rows in it lack their owner.
    """
    copy = Database.open(f"sqlite:///{file}")
    try:
        with copy.read() as tx:
            said = tx.scalars(text("PRAGMA integrity_check")).all()
            broken = len(tx.execute(text("PRAGMA foreign_key_check")).all())
            if said != ["ok"] or broken:
                raise StoreUnavailable(
                    f"The copy {file.name} is damaged ({str(said[0])[:80]}, {broken} broken links);"
                    " take another one."
                )
            return _picture(tx)
    finally:
        copy.close()
        _one_file(file)


def look_at_server(url: str) -> Picture:
    """What a PostgreSQL database holds."""
    database = Database.open(url)
    try:
        with database.read() as tx:
            return _picture(tx)
    finally:
        database.close()


def is_empty_server(url: str) -> bool:
    """True when a PostgreSQL database holds no table outside the server's own."""
    database = Database.open(url)
    try:
        with database.read() as tx:
            return not inspect(tx).get_table_names()
    finally:
        database.close()


def empty_server(url: str) -> None:
    """Take every table out of a PostgreSQL database again that was empty before a restore that failed."""
    database = Database.open(url)
    try:
        with database.write() as tx:
            tx.execute(text("DROP SCHEMA public CASCADE"))
            tx.execute(text("CREATE SCHEMA public"))
    finally:
        database.close()


def is_known(schema: str) -> bool:
    """True when this version can bring that schema to its own."""
    return schema in known_revisions()


def begin_again(url: str, entry: Entry) -> int:
    """Sign everybody out, because sessions of a copy may be ones that were ended later, and note the restore.

    Gives the number of sessions. A copy of an older schema has no room for the note.
    """
    database = Database.open(url)
    try:
        with database.write() as tx:
            ended = int(tx.execute(sessions.delete()).rowcount)
            if current_revision(tx) == head_revision():
                note(tx, entry)
            return ended
    finally:
        database.close()


def _picture(tx: Transaction) -> Picture:
    present = set(inspect(tx).get_table_names())
    schema = current_revision(tx)
    if schema is None:
        raise StoreUnavailable("The database holds no schema of Shenava; there is nothing to copy.")
    tables = [table for table in metadata.sorted_tables if table.name in present]
    counts = {table.name: _rows(tx, table) for table in tables}
    head = tx.scalar(select(audit_head.c.hash)) if audit_head.name in present else None
    return Picture(schema, counts, _media(tx), head)


def _media(tx: Transaction) -> frozenset[str]:
    try:
        return all_media(tx)
    except DBAPIError as error:  # an older schema, of before transcripts could be taken in
        raise StoreUnavailable(
            f"The schema of this copy is too old to be read ({head_revision()} is this version's);"
            " restore it with the version that made it."
        ) from error


def _rows(tx: Transaction, table: Table) -> int:
    return int(tx.scalar(select(func.count()).select_from(table)) or 0)


def _copy_sqlite(source: Path, target: Path) -> None:
    try:
        with closing(_connected(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)  # in one step: writers go on beside it, and it never begins again
        _one_file(target)
    except (sqlite3.Error, OSError) as error:
        target.unlink(missing_ok=True)
        raise WriteFailed(
            f"The copy of the database cannot be written into {target.parent} ({error}); free some space.",
            permanent=False,
        ) from error


def _connected(source: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=60)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _one_file(file: Path) -> None:
    """Without a log beside it: a copy is one file, and its sum is that of all it holds."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
