"""Columns of tables as frames: numbers and text as the database holds them, moments in UTC."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from sqlalchemy import BigInteger, ColumnElement, Enum, Select, String, Table, cast, func, select, type_coerce

from qa.store.database import Transaction
from qa.store.types import UTCDateTime

MOMENT = pl.Datetime("us", "UTC")


def selected(tx: Transaction, schema: pl.Schema, table: Table, named: dict[str, Any]) -> Select[Any]:
    """Select the columns of a schema from a table; those of other names or tables stand in ``named``."""
    columns = [named[name] if name in named else table.c[name] for name in schema]
    return select(*(plain(tx, column).label(name) for name, column in zip(schema, columns, strict=True)))


def plain(tx: Transaction, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Numbers and text as the database holds them: a column is converted whole, not cell by cell."""
    if isinstance(column.type, Enum):
        return type_coerce(column, String)
    if not isinstance(column.type, UTCDateTime):
        return column
    if tx.dialect.name == "sqlite":
        return type_coerce(column, BigInteger)
    return cast(func.extract("epoch", column) * 1_000_000, BigInteger)


def framed(tx: Transaction, query: Select[Any], schema: pl.Schema) -> pl.DataFrame:
    """The rows of a query of ``selected`` columns."""
    return frame_of(tx.execute(query).all(), schema)


def frame_of(rows: Sequence[Sequence[Any]], schema: pl.Schema) -> pl.DataFrame:
    """Rows of ``selected`` columns."""
    raw = pl.Schema({name: pl.Int64() if kind == MOMENT else kind for name, kind in schema.items()})
    columns = zip(*rows, strict=True) if rows else ((),) * len(raw)
    frame = pl.DataFrame([
        pl.Series(name, values, dtype=kind)
        for (name, kind), values in zip(raw.items(), columns, strict=True)
    ])  # fmt: skip
    moments = [name for name, kind in schema.items() if kind == MOMENT]
    return frame.with_columns(pl.from_epoch(name, "us").dt.replace_time_zone("UTC") for name in moments)
