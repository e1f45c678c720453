"""What the dates of a file show of their order, for a person to confirm.

A date such as 13/04/2026 shows it for the whole file; where none does, each order that can be meant is said
with what it makes of the same dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal

from qa.feedback.contract import Choices, Dates, Importer
from qa.feedback.dates import parts_of, read_moments

if TYPE_CHECKING:
    import polars as pl

    from qa.feedback.tables import Table

Standing = Literal["none", "year first", "shown", "open", "contradictory"]
ORDERS: tuple[Dates, ...] = ("dmy", "mdy", "jalali", "iso")
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """``order`` is what the dates show (``standing`` shown), else ``None``; ``examples`` are cells.

    Where the order is open the examples are such that day and month can be exchanged.
    """

    standing: Standing
    order: Dates | None = None
    examples: tuple[str, ...] = ()


def signs_of(table: "Table", importer: Importer, choices: Choices) -> Signs:
    """What the columns of dates show; ``choices.mapping`` says which they are."""
    import polars as pl

    sorts = {field.name: field.sort for field in importer.fields}
    columns = [
        table.cells[column]
        for column, field in choices.mapping.items()
        if sorts.get(field) in ("moment", "day") and column in table.cells.columns
    ]
    texts = (
        pl.concat([column.rename("text") for column in columns]).drop_nulls() if columns else pl.Series([])
    )
    return look(texts) if texts.len() else Signs("none")


def look(texts: "pl.Series") -> Signs:
    """What dates show of their order."""
    import polars as pl

    parts = parts_of(texts).with_columns(texts.alias("text"))
    short = pl.col("a").str.len_chars() <= 2
    one, two = pl.col("a").cast(pl.Int32, strict=False), pl.col("b").cast(pl.Int32, strict=False)
    last = parts.filter(short)
    if last.is_empty():
        return Signs("year first", None, _few(texts))
    day, month = last.filter(one > 12)["text"], last.filter(two > 12)["text"]
    if day.len() and month.len():
        return Signs("contradictory", None, (*_few(day, 1), *_few(month, 1)))
    if day.len() or month.len():
        return Signs("shown", "dmy" if day.len() else "mdy", _few(day if day.len() else month))
    both = last.filter(one != two)["text"]
    return Signs("open", None, _few(both)) if both.len() else Signs("shown", "dmy", _few(last["text"]))


def meanings(texts: Sequence[str], order: Dates | None, zone: tzinfo) -> tuple[datetime | None, ...]:
    """The moments that cells mean when read in an order; ``None`` for one that is no date in it."""
    import polars as pl

    return tuple(read_moments(pl.Series("text", list(texts), pl.String), zone, order).to_list())


def _few(texts: "pl.Series", count: int = EXAMPLES) -> tuple[str, ...]:
    return tuple(texts.unique(maintain_order=True).head(count).to_list())
