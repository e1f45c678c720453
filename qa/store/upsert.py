"""Insert unless it is there, in the words of either database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from qa.store.database import Transaction


def insert_absent(tx: Transaction, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same unique key is there; True when it was inserted.

    On PostgreSQL this waits for another transaction that is inserting the same key.
    """
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing()
    return tx.execute(statement.returning(*table.primary_key)).first() is not None


def upsert(tx: Transaction, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert a row, or change the one whose unique columns ``key`` names."""
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(**key, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values)))
