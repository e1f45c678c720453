"""Opening the database, and the two kinds of transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from qa.errors import InvalidSetting
from qa.store.engine.outages import is_outage, unavailable, without_values
from qa.store.engine.sqlite_file import sqlite_engine
from qa.store.types import dump_json

Transaction = Connection
"""What every function of the store takes first."""

BUSY_MILLISECONDS = 10_000
STATEMENT_SECONDS = 600
"""No statement of the desk or a worker takes longer on a sound server; migrations have no limit."""
GONE_SECONDS = 20
"""After so long without an answer the other side of a connection counts as gone, at both ends."""


class Database:
    """One database of one site; connects at the first transaction; threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str) -> "Database":
        """A database by its URL: ``sqlite:///path`` or ``postgresql://user:password@host/name``.

        Raises:
            InvalidSetting: the URL names no database that is supported.
            StoreUnavailable: the folder of the SQLite file cannot be made.
        """
        return cls(build_engine(parse_url(url)))

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Which of the two it is."""
        return "sqlite" if self.engine.dialect.name == "sqlite" else "postgresql"

    @property
    def label(self) -> str:
        """The URL without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """One consistent picture; writing in it is refused.

        Raises:
            StoreUnavailable: the database cannot be reached, or lacks the tables of this version.
        """
        with self._transaction(write=False) as tx:
            yield tx

    @contextmanager
    def write(self, patience: int = BUSY_MILLISECONDS) -> Iterator[Transaction]:
        """Everything or nothing: commits when the block ends, rolls back when it raises.

        Keep it short: SQLite has one writer at a time, and the others wait for ten seconds, or for
        ``patience`` milliseconds where that is less.

        Raises:
            StoreUnavailable: the database cannot be reached, is locked for too long, or lacks the tables
                of this version.
        """
        with self._transaction(write=True, patience=patience) as tx:
            if self.dialect == "postgresql" and patience < BUSY_MILLISECONDS:
                tx.exec_driver_sql(f"SET LOCAL lock_timeout = '{patience}ms'")
            yield tx

    @contextmanager
    def _transaction(self, *, write: bool, patience: int = BUSY_MILLISECONDS) -> Iterator[Transaction]:
        try:
            with self.engine.connect() as connection:
                options = _options(self.dialect, write=write) | {"qa_patience": patience}
                tx = connection.execution_options(**options)
                with tx.begin():
                    yield tx
        except DBAPIError as error:
            if is_outage(error) and (write or "readonly" not in str(error.orig)):
                raise unavailable(error, self.label, writing=write) from error
            raise without_values(error) from None

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def parse_url(url: str) -> URL:
    """The URL with its driver filled in.

    Raises:
        InvalidSetting: the URL names no database that is supported.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise InvalidSetting(
            "QA_DATABASE_URL is no database URL; use sqlite:///path/to/file.db or postgresql://user@host/name."
        ) from error
    backend = parsed.drivername.partition("+")[0]
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise InvalidSetting(
            f"QA_DATABASE_URL starts with {parsed.drivername!r}; use sqlite:///path/to/file.db"
            " or postgresql://user@host/name."
        )
    if not parsed.database or parsed.database == ":memory:":
        raise InvalidSetting("QA_DATABASE_URL names no file; use sqlite:///path/to/file.db.")
    return parsed.set(drivername="sqlite")


def build_engine(url: URL, *, foreign_keys: bool = True) -> Engine:
    """An engine wired as this project needs it; ``foreign_keys`` is off only in a migration."""
    if url.drivername != "sqlite":
        return create_engine(
            url,
            hide_parameters=True,
            json_serializer=dump_json,
            pool_pre_ping=True,
            connect_args=connect_args(url, statement_seconds=STATEMENT_SECONDS if foreign_keys else 0),
        )
    return sqlite_engine(url, BUSY_MILLISECONDS, foreign_keys=foreign_keys)


def connect_args(url: URL, *, statement_seconds: int = STATEMENT_SECONDS) -> dict[str, Any]:
    """How a connection to PostgreSQL notices that its other end is gone, and lets go of rows it holds.

    Without these a machine that is cut off waits for hours, and its locks with it. What the URL says wins.
    """
    probes = {"idle": GONE_SECONDS // 2, "interval": 5, "count": 2}
    here = {f"keepalives_{name}": value for name, value in probes.items()}
    there = {f"tcp_keepalives_{name}": value for name, value in probes.items()} | {
        "tcp_user_timeout": GONE_SECONDS * 1000,
        "statement_timeout": statement_seconds * 1000,
        "idle_in_transaction_session_timeout": 60_000,
    }
    options = " ".join(f"-c {name}={value}" for name, value in there.items())
    told = {
        "connect_timeout": 10,
        "keepalives": 1,
        "tcp_user_timeout": GONE_SECONDS * 1000,
        "options": options,
    }
    return {name: value for name, value in (told | here).items() if name not in url.query}


def _options(dialect: str, *, write: bool) -> dict[str, Any]:
    if dialect == "sqlite":
        return {"qa_write": write}
    if write:
        return {"isolation_level": "READ COMMITTED"}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
