"""Whether kept cells are what the rows sum to."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

import polars as pl
from sqlalchemy import select

from qa.calendar import as_date
from qa.store.database import Database, Transaction
from qa.store.rollups import kept
from qa.store.rollups.asked import Asked
from qa.store.rollups.halves import Part, part_of
from qa.store.rollups.kinds import DAYS, KINDS, Kind
from qa.store.rollups.marks import stale
from qa.store.tables import rollup_parts

CLOSE = 1e-9
"""Of a sum: so much may the order of adding change it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a cell that is not what its rows sum to. ``cell`` names the cell by its columns."""

    kind: str
    first: int
    cell: str
    column: str
    kept: float | None
    rows: float | None

    def __str__(self) -> str:
        """One sentence."""
        return (
            f"{self.kind} of {as_date(self.first).isoformat()}: {self.column} is {self.kept} where the rows"
            f" say {self.rows} ({self.cell})"
        )


def kept_parts(database: Database) -> list[tuple[Kind, Part]]:
    """Every part that is kept, oldest first."""
    names = {kind.name: kind for kind in (*KINDS, DAYS)}
    p = rollup_parts.c
    with database.read() as tx:
        rows = tx.execute(select(p.kind, p.first).order_by(p.first, p.kind)).all()
    return [(names[kind], part_of(first)) for kind, first in rows if kind in names]


def sample(parts: list[tuple[Kind, Part]], n: int, seed: int) -> list[tuple[Kind, Part]]:
    """So many of them, drawn with a seed."""
    return random.Random(seed).sample(parts, min(n, len(parts)))  # noqa: S311 (a sample, no secret)


def check(database: Database, zone: tzinfo, part: tuple[Kind, Part]) -> Iterator[Difference]:
    """The differences of a part, in one picture of the database. Stale days are left out: readers sum their
    rows; so are parts that are kept in another layout or of another zone.
    """
    kind, days = part
    with database.read() as tx:
        if days.first not in kept.stamps(tx, kind, zone, days):
            return
        old = stale(tx, kind.marked, days)
        rows = kind.rows(tx, Asked(days, zone)).filter(~pl.col("local_day").is_in(list(old)))
        pairs = list(_pairs(tx, part, rows, set(old)))
    for have, want in pairs:
        yield from _differences(kind, have, want)


def _pairs(
    tx: Transaction, part: tuple[Kind, Part], rows: pl.DataFrame, old: set[int]
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """What is kept beside what the rows sum to."""
    kind, days = part
    whole = kept.parts_of(tx, kind, [days.first])[days.first]
    if not kind.merged:
        yield whole.filter(~pl.col("local_day").is_in(list(old))), rows
        return
    if not old:
        yield whole, kind.merge(rows)
    single = kept.days_of(tx, kind, [day for day in days.days if day not in old])
    yield pl.concat([kind.schema.to_frame(), *single.values()]), rows


def _differences(kind: Kind, have: pl.DataFrame, want: pl.DataFrame) -> Iterator[Difference]:
    both = have.join(want, on=kind.groups, how="full", nulls_equal=True, suffix="_rows", coalesce=True)
    for name in kind.sums:
        one, other = pl.col(name).cast(pl.Float64), pl.col(f"{name}_rows").cast(pl.Float64)
        apart = (one - other).abs() > CLOSE * pl.max_horizontal(one.abs(), other.abs(), pl.lit(1.0))
        for row in both.filter(apart | one.is_null() | other.is_null()).iter_rows(named=True):
            cell = ", ".join(f"{group} {row[group]}" for group in kind.groups if row[group] is not None)
            yield Difference(kind.name, row["local_day"], cell, name, row[name], row[f"{name}_rows"])
