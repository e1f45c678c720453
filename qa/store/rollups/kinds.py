"""The kinds of cells, each with what sums it from rows. A new kind is one more entry here."""

from dataclasses import dataclass

import polars as pl

from qa.cells import CALL_CELLS, COMMENT_CELLS, CRITERION_CELLS, PROMISE_CELLS, RETURN_CELLS, SURVEY_CELLS
from qa.store.rollups.asked import Sums
from qa.store.rollups.of_calls import call_cells
from qa.store.rollups.of_comments import comment_cells
from qa.store.rollups.of_criteria import criterion_cells
from qa.store.rollups.of_promises import promise_cells
from qa.store.rollups.of_returns import return_cells
from qa.store.rollups.of_surveys import survey_cells


@dataclass(frozen=True, slots=True)
class Kind:
    """``sums``: the columns that are added up where all the others are alike; ``zoned``: its days are those
    of the site's time zone as it is now (days of calls stay as they were when they came in).
    """

    name: str
    schema: pl.Schema
    rows: Sums
    sums: tuple[str, ...]
    zoned: bool = False

    @property
    def groups(self) -> list[str]:
        """The columns in which the rows of a cell are alike."""
        return [name for name in self.schema if name not in self.sums]

    def merged(self, cells: pl.DataFrame, first: int) -> pl.DataFrame:
        """Cells of several days as those of the part that begins on ``first``."""
        dated = cells.with_columns(pl.lit(first, pl.Int32).alias("local_day"))
        return dated.group_by(self.groups).agg(pl.col(self.sums).sum()).select(pl.col(list(self.schema)))


def _sums(schema: pl.Schema, first: str) -> tuple[str, ...]:
    names = list(schema)
    return tuple(names[names.index(first) :])


CALLS = Kind("calls", CALL_CELLS, call_cells, _sums(CALL_CELLS, "received"))
CRITERIA = Kind("criteria", CRITERION_CELLS, criterion_cells, _sums(CRITERION_CELLS, "met"))
RETURNS = Kind("returns", RETURN_CELLS, return_cells, _sums(RETURN_CELLS, "calls"))
SURVEYS = Kind("surveys", SURVEY_CELLS, survey_cells, _sums(SURVEY_CELLS, "n"), zoned=True)
COMMENTS = Kind("comments", COMMENT_CELLS, comment_cells, _sums(COMMENT_CELLS, "n"), zoned=True)
PROMISES = Kind("promises", PROMISE_CELLS, promise_cells, ("n",), zoned=True)

KINDS = (CALLS, CRITERIA, RETURNS, SURVEYS, COMMENTS, PROMISES)
