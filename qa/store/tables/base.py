"""The metadata every table hangs on, and the columns that repeat."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, MetaData, Table, false

from qa.store.types import UTCDateTime, big_key, utc_now

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[int]:
    """A number of the table's own."""
    return Column("id", big_key(), primary_key=True)


def link(name: str, target: str, *, nullable: bool = True) -> Column[int]:
    """A reference that keeps its target from being deleted."""
    return Column(name, big_key(), ForeignKey(target), nullable=nullable)


def part_of(name: str, target: str, **more: Any) -> Column[int]:
    """A reference to the row this one is part of and is deleted with."""
    return Column(name, big_key(), ForeignKey(target, ondelete="CASCADE"), nullable=False, **more)


def created(name: str = "created_at") -> Column[datetime]:
    """When the row was made."""
    return Column(name, UTCDateTime(), nullable=False, default=utc_now)


def flag(name: str) -> Column[bool]:
    """Yes or no, no unless said."""
    return Column(name, Boolean, nullable=False, server_default=false(), default=False)


def pick(table: Table, *names: str) -> list[Column[Any]]:
    """Columns of a table by name, to select."""
    return [table.c[name] for name in names]
