"""What became of a file, or would become of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.feedback.contract import PROBLEM, ROW, Dates
from qa.feedback.tables import Table

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Rejected:
    """Rows that could not be used: ``row``, ``reason``, and the cells of the file."""

    rows: "pl.DataFrame"

    @property
    def reasons(self) -> list[tuple[str, int, int]]:
        """Reason, how many rows, the first of them; the commonest first."""
        import polars as pl

        counted = self.rows.group_by("reason").agg(pl.len().alias("n"), pl.col("row").min())
        return counted.sort(["n", "reason"], descending=[True, False]).rows()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file; of a try, what would.

    Attributes:
        read: rows of the file. A survey row with several questions makes several rows of the store.
        stored: rows that were to be stored: ``imported`` new ones, ``updated`` ones that got an answer or a
            call, and ``already`` that changed nothing (a try counts those that would be updated there).
        linked: how many of them belong to a call.
        mapping, unused: from column to field, and columns that are none.
        dates: how the dates were read; ``None`` where the year comes first.
    """

    read: int
    imported: int
    updated: int
    already: int
    linked: int
    rejected: Rejected
    mapping: dict[str, str]
    unused: tuple[str, ...]
    dates: Dates | None


def rejected_of(table: Table, rows: "pl.DataFrame") -> Rejected:
    """The rows of a table that are none, or have a problem, with their cells as the file has them."""
    import polars as pl

    schema = {ROW: pl.Int64, "reason": pl.String}
    lost = pl.DataFrame(list(table.lost), schema=schema, orient="row")
    bad = rows.filter(pl.col(PROBLEM).is_not_null())
    problems = bad.select(ROW, pl.col(PROBLEM).alias("reason")).unique(ROW, maintain_order=True)
    every = pl.concat([problems.cast(schema), lost]).sort(ROW)  # type: ignore[arg-type]
    own = {name: f"{name} of the file" for name in (ROW, "reason") if name in table.header}
    cells = table.cells.with_columns(pl.col("").cast(pl.Int64)).rename(own | {"": ROW})
    return Rejected(every.join(cells, on=ROW, how="left", maintain_order="left"))
