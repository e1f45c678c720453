"""Rows by the million, as frames: for load tests. Nothing here checks what a review or an import checks.

What calls have in common (verdicts, measures) is written once as patterns; the database itself copies a
pattern's rows to each call that has it, so that no row of them passes through Python.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import polars.selectors as cs
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from qa.records import Measurement, Scoring
from qa.store.call.rows import criterion_rows, measurement_rows, section_rows
from qa.store.database import Transaction
from qa.store.tables import criterion_results, measurements, section_results
from qa.store.types import big_key

Pattern = tuple[Scoring, tuple[Measurement, ...]]
NULL = "\\N"
_STAGING = MetaData()
_DRAWN = Table(
    "mass_drawn",
    _STAGING,
    Column("id", big_key(), primary_key=True, autoincrement=False),
    Column("pattern", Integer, nullable=False),
)


def _staged(target: Table) -> Table:
    own = [Column(c.name, c.type.copy() if hasattr(c.type, "copy") else c.type) for c in _others(target)]
    return Table(f"mass_{target.name}", _STAGING, Column("pattern", Integer, index=True), *own)


def _others(target: Table) -> list[Column[Any]]:
    """All but the first column, the number of the call or of its evaluation."""
    return list(target.columns)[1:]


_STAGED = {target: _staged(target) for target in (criterion_results, section_results, measurements)}


def open_patterns(tx: Transaction, patterns: Sequence[Pattern]) -> None:
    """Keep the patterns, numbered from 0, until ``close_patterns``."""
    _STAGING.create_all(tx)
    staged: dict[Table, list[dict[str, Any]]] = {target: [] for target in _STAGED}
    for number, (scoring, measures) in enumerate(patterns):
        found = {
            criterion_results: criterion_rows(0, scoring),
            section_results: section_rows(0, scoring),
            measurements: measurement_rows(0, measures),
        }
        for target, rows in found.items():
            owner = next(iter(target.columns)).name
            staged[target] += [
                {k: v for k, v in row.items() if k != owner} | {"pattern": number} for row in rows
            ]
    for target, rows in staged.items():
        if rows:
            tx.execute(insert(_STAGED[target]), rows)


def close_patterns(tx: Transaction) -> None:
    """Take the patterns out again."""
    _STAGING.drop_all(tx)


def spread(tx: Transaction, drawn: pl.DataFrame) -> None:
    """Give calls the rows of their pattern: ``id, pattern``. A call's evaluation has the call's number."""
    write(tx, {_DRAWN: drawn})
    for target, staged in _STAGED.items():
        own = [c.name for c in _others(target)]
        joined = _DRAWN.join(staged, staged.c.pattern == _DRAWN.c.pattern)
        key = list(target.primary_key.columns)[1].name
        rows = select(_DRAWN.c.id, *(staged.c[name] for name in own)).select_from(joined)
        owner = next(iter(target.columns)).name
        copied = insert(target).from_select([owner, *own], rows.order_by(_DRAWN.c.id, staged.c[key]))
        tx.execute(copied, execution_options={"no_parameters": True})
    tx.execute(_DRAWN.delete())


def write(tx: Transaction, frames: Mapping[Table, pl.DataFrame]) -> None:
    """Insert frames whose columns are named as those of the tables; JSON as text, moments in UTC."""
    for table, frame in frames.items():
        if tx.dialect.name == "sqlite":
            _by_driver(tx, table, frame.with_columns(cs.datetime().dt.timestamp("us")))
        else:
            _by_copy(tx, table, frame)


def _by_driver(tx: Transaction, table: Table, frame: pl.DataFrame) -> None:
    names = ", ".join(f'"{name}"' for name in frame.columns)
    marks = ", ".join("?" * frame.width)
    if frame.height:
        rows: Any = frame.rows()
        tx.exec_driver_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)  # noqa: S608


def _by_copy(tx: Transaction, table: Table, frame: pl.DataFrame) -> None:
    names = ", ".join(f'"{name}"' for name in frame.columns)
    text = io.BytesIO()
    frame.write_csv(text, include_header=False, null_value=NULL, datetime_format="%Y-%m-%dT%H:%M:%S%.6f%z")
    connection: Any = tx.connection.driver_connection
    with connection.cursor() as cursor:
        command = f"COPY \"{table.name}\" ({names}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')"
        with cursor.copy(command) as copy:
            copy.write(text.getvalue())
