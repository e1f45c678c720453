"""Which rows are summed: those of some days, or those of some calls."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Enum, Float, Select, String, func, type_coerce

from qa.calendar import day_bounds
from qa.store.database import Transaction
from qa.store.lists.call_days import on_days
from qa.store.rollups.halves import Part
from qa.store.tables import calls


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows of the days of a part; or, whatever the days, those of these calls, or comments, by number."""

    part: Part
    zone: tzinfo
    calls: frozenset[int] | None = None
    comments: frozenset[int] | None = None

    def of_calls(self) -> list[ColumnElement[bool]]:
        """The condition on ``calls``."""
        c = calls.c
        if self.calls is not None:
            return [c.id.in_(sorted(self.calls)), c.local_day.between(self.part.first, self.part.last)]
        return on_days(self.part.first, self.part.last)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From the first moment up to the one after the last, at the site."""
        return day_bounds(self.part.first, self.zone)[0], day_bounds(self.part.last, self.zone)[1]

    def day(self, *moments: str) -> pl.Expr:
        """The day at the site of the first of these columns that is known."""
        local = pl.coalesce(moments).dt.convert_time_zone(str(self.zone)).dt.date()
        return local.to_physical().cast(pl.Int32)


Sums = Callable[[Transaction, Asked], pl.DataFrame]
"""From rows to cells of single days."""


def plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Words of a closed set as text: making a member of each costs more than reading the row."""
    return type_coerce(column, String) if isinstance(column.type, Enum) else column


def number(where: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of the group fulfil a condition."""
    return func.count().filter(where)


def total(value: ColumnElement[Any], where: ColumnElement[bool]) -> ColumnElement[float]:
    """The sum of a value over the rows of the group that fulfil a condition, 0 without any."""
    return func.coalesce(func.sum(value).filter(where), 0.0)


def squares(value: ColumnElement[Any], where: ColumnElement[bool]) -> ColumnElement[float]:
    """The sum of squares, as ``total``."""
    squared: ColumnElement[Any] = type_coerce(value * value, Float)
    return total(squared, where)


def table(tx: Transaction, query: Select[Any], schema: pl.Schema) -> pl.DataFrame:
    """The rows of a query whose columns are those of the schema."""
    rows: Sequence[Any] = tx.execute(query).all()
    by_column: Iterable[Any] = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=kind)
            for (name, kind), values in zip(schema.items(), by_column, strict=True)
        ]
    )
