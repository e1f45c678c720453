"""The kinds of cells, each with what sums it from rows. A new kind is one more entry here."""

from dataclasses import dataclass
from datetime import tzinfo

import polars as pl

from qa.cells import (
    CALL_CELLS,
    COMMENT_CELLS,
    CONTACT_CELLS,
    CRITERION_CELLS,
    DAY_CELLS,
    PROMISE_CELLS,
    RETURN_CELLS,
    SURVEY_CELLS,
)
from qa.store.database import Transaction
from qa.store.rollups.asked import Asked, Sums
from qa.store.rollups.halves import part_of
from qa.store.rollups.of_calls import by_days, call_cells
from qa.store.rollups.of_comments import comment_cells
from qa.store.rollups.of_contacts import contact_cells
from qa.store.rollups.of_criteria import criterion_cells
from qa.store.rollups.of_promises import promise_cells
from qa.store.rollups.of_returns import return_cells
from qa.store.rollups.of_surveys import survey_cells
from qa.store.rollups.packing import layout
from qa.store.rollups.remainders import kept_of, with_remainder


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cells.

    Attributes:
        name, schema, of_rows: what it is called, its columns, and what sums it from the rows that are here.
        sums: the columns that are added up where all the others are alike.
        merged: the days of a part are kept added up, and each day beside them; else the days alone.
        zoned: its days are those of the site's time zone as it is now; days of calls are stored with them
            (``qa.store.site_zone``).
        source: the kind whose marks say which days are stale.
    """

    name: str
    schema: pl.Schema
    of_rows: Sums
    sums: tuple[str, ...]
    merged: bool = False
    zoned: bool = False
    source: str = ""

    @property
    def marked(self) -> str:
        """By which name its days are stale."""
        return self.source or self.name

    @property
    def groups(self) -> list[str]:
        """The columns in which the rows of a cell are alike."""
        return [name for name in self.schema if name not in self.sums]

    def rows(self, tx: Transaction, asked: Asked) -> pl.DataFrame:
        """Cells of single days: of the rows that are here, and of what was removed and still counts.
        Cells of some calls alone are of their rows.
        """
        cells = self.of_rows(tx, asked)
        removed = kept_of(tx, self, asked.part) if asked.calls is None else None
        return cells if removed is None else with_remainder(self, cells, removed)

    def layout(self, zone: tzinfo) -> str:
        """What its cells must have been kept under to be of use."""
        return layout(self.schema, str(zone) if self.zoned else "")

    def merge(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Cells of single days as those of the parts that hold them."""
        firsts = {day: part_of(day).first for day in cells["local_day"].unique()}
        dated = pl.col("local_day").replace_strict(firsts, return_dtype=pl.Int32)
        merged = cells.lazy().with_columns(dated).group_by(self.groups).agg(pl.col(self.sums).sum())
        return merged.select(pl.col(list(self.schema))).collect()


def _sums(schema: pl.Schema, first: str) -> tuple[str, ...]:
    names = list(schema)
    return tuple(names[names.index(first) :])


def _day_cells(tx: Transaction, asked: Asked) -> pl.DataFrame:
    return by_days(CALLS.rows(tx, asked))


CALLS = Kind("calls", CALL_CELLS, call_cells, _sums(CALL_CELLS, "received"), merged=True)
CRITERIA = Kind("criteria", CRITERION_CELLS, criterion_cells, _sums(CRITERION_CELLS, "met"), merged=True)
RETURNS = Kind("returns", RETURN_CELLS, return_cells, _sums(RETURN_CELLS, "calls"))
SURVEYS = Kind("surveys", SURVEY_CELLS, survey_cells, _sums(SURVEY_CELLS, "n"), zoned=True)
COMMENTS = Kind("comments", COMMENT_CELLS, comment_cells, _sums(COMMENT_CELLS, "n"), zoned=True)
CONTACTS = Kind("contacts", CONTACT_CELLS, contact_cells, _sums(CONTACT_CELLS, "n"), zoned=True)
PROMISES = Kind("promises", PROMISE_CELLS, promise_cells, ("n",), zoned=True)
DAYS = Kind("days", DAY_CELLS, _day_cells, _sums(DAY_CELLS, "received"), source="calls")

KINDS = (CALLS, CRITERIA, RETURNS, SURVEYS, COMMENTS, CONTACTS, PROMISES)
"""What is summed from rows; ``DAYS`` is made of ``CALLS`` and kept with them."""
