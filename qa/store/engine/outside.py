"""The driver's own connection outside any transaction, for what none may hold (VACUUM)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError

from qa.errors import StoreUnavailable
from qa.store.database import Database


@contextmanager
def driver(database: Database) -> Iterator[Any]:
    """A connection of ``sqlite3`` or ``psycopg`` in which every statement stands alone.

    Raises:
        StoreUnavailable: the database cannot be reached or is locked for too long.
    """
    try:
        with database.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            if database.dialect == "sqlite":
                raw.execute("PRAGMA query_only = OFF")
                yield raw
                return
            raw.autocommit = True
            try:
                yield raw
            finally:
                raw.autocommit = False
    except _faults(database.dialect) as error:
        kind = type(error).__name__
        raise StoreUnavailable(
            f"The database {database.label} does not answer ({kind}): try again.", permanent=False
        ) from error


def _faults(dialect: str) -> tuple[type[Exception], ...]:
    if dialect == "sqlite":
        return (DBAPIError, sqlite3.Error)
    import psycopg

    return (DBAPIError, psycopg.Error)
