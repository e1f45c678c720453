"""Bringing a database to this version's schema: one process at a time, after a copy, whole or not at all."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from qa.errors import StoreUnavailable, WriteFailed
from qa.store.database import build_engine, parse_url
from qa.store.engine.outages import is_outage, unavailable
from qa.store.types import utc_now

SCRIPTS = Path(__file__).parent.parent / "migrations"
ADVISORY_LOCK = 7_316_403_511  # any number that only this project uses
LOCK_SECONDS = 120
SEARCH_TABLES = ("call_fts", "call_search")  # made by a migration, not in the metadata


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Schema before and after. ``copy`` is the copy of the SQLite file that was made first, if one was."""

    before: str | None
    after: str
    copy: Path | None


def upgrade(url: str, revision: str = "head") -> Upgraded:
    """Bring the database to this version's schema. Processes that start together wait for each other.

    A SQLite file that holds a schema is copied beside itself before it is changed. If a step fails,
    nothing of it stays.

    Raises:
        InvalidSetting: the URL names no database that is supported.
        StoreUnavailable: the database cannot be reached, or its schema is newer than this version.
        WriteFailed: the copy could not be made; nothing was changed.
    """
    parsed = parse_url(url)
    engine = build_engine(parsed, foreign_keys=False)
    label = parsed.render_as_string(hide_password=True)
    target = str(_scripts().as_revision_number(revision))
    try:
        if _is_there(parsed) and _stands_at(engine, target):
            return Upgraded(target, target, None)  # nothing to write: a full or read-only disk is no reason
        with _alone(parsed), engine.connect() as connection:
            if parsed.drivername != "sqlite":
                _take_advisory_lock(connection)
            before = _known_revision(connection, label)
            if before == target:
                return Upgraded(before, before, None)
            copy = _copy_of(parsed, before)
            with connection.begin():
                config = _config()
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
                _check_links(connection, label)
            return Upgraded(before, target, copy)
    except DBAPIError as error:
        if is_outage(error):
            raise unavailable(error, label) from error
        raise
    finally:
        engine.dispose()


def _is_there(url: URL) -> bool:
    """False for a SQLite file that would only be made by looking at it."""
    file = Path(str(url.database))
    return url.drivername != "sqlite" or (file.is_file() and file.stat().st_size > 0)


def _stands_at(engine: Engine, revision: str) -> bool:
    with engine.connect() as connection:
        return current_revision(connection.execution_options(qa_write=False)) == revision


def current_revision(connection: Connection) -> str | None:
    """The schema a database is at, ``None`` when it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str:
    """The schema of this version."""
    return str(_scripts().get_current_head())


def known_revisions() -> frozenset[str]:
    """Every schema that this version can bring to its own."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """What Alembic compares: everything but the full-text tables and the tables behind them."""
    return kind != "table" or not str(name).startswith(SEARCH_TABLES)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(SCRIPTS))


def _known_revision(connection: Connection, label: str) -> str | None:
    with connection.begin():
        found = current_revision(connection)
    if found is not None and found not in known_revisions():
        raise StoreUnavailable(
            f"The database {label} was made by a newer version (schema {found}, newest known here"
            f" {head_revision()}); install that version or restore an older copy."
        )
    return found


@contextmanager
def _alone(url: URL) -> Iterator[None]:
    """For SQLite: hold a lock file, so that the file is not copied while another process changes it.

    The lock is a database of its own, because SQLite's locks work alike on every system and end with
    the process that holds them.
    """
    if url.drivername != "sqlite":
        yield
        return
    name = f"{url.database}.lock"
    try:
        lock = sqlite3.connect(name, timeout=LOCK_SECONDS, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        raise StoreUnavailable(
            f"The lock {name} cannot be taken ({error}); wait for the process that changes the database,"
            " or check the rights of the folder.",
            permanent=False,
        ) from error
    with closing(lock):
        yield


def _take_advisory_lock(connection: Connection) -> None:
    # Held by the session, so it also covers the reading of the revision before the transaction.
    with connection.begin():
        connection.execute(text(f"SET lock_timeout = '{LOCK_SECONDS}s'"))
        connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": ADVISORY_LOCK})


def _copy_of(url: URL, before: str | None) -> Path | None:
    if before is None or url.drivername != "sqlite":
        return None
    source = Path(str(url.database))
    target = source.with_name(f"{source.stem}.before-{before}.{utc_now():%Y%m%dT%H%M%S}{source.suffix}")
    # Asked first: a copy that fills the disk takes it from everything else that is to be written.
    size, free = source.stat().st_size, shutil.disk_usage(source.parent).free
    if free < size:
        raise WriteFailed(
            f"The copy {target} before the migration takes {size / 1e6:,.0f} MB and {free / 1e6:,.0f} MB are"
            " free; free space and start again."
        )
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
        shutil.copymode(source, target)
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):
            target.unlink()
        raise WriteFailed(
            f"The copy {target} before the migration cannot be written ({error}); free space and start again."
        ) from error
    return target


def _check_links(connection: Connection, label: str) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = len(connection.execute(text("PRAGMA foreign_key_check")).all())
    if broken:
        raise StoreUnavailable(
            f"The migration of {label} would leave {broken} rows without their owner; it was undone."
        )
