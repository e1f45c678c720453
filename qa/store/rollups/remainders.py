"""What was removed and still counts: cells that are added to those of the rows, and lead back to nobody.

A remainder is what the cells of a day had before a removal less what the rows sum to after it. It knows days,
teams, agents, queues and criteria, as every cell does, but no call and no customer; removals of one day and
kind are added up in one table, so that it does not say either which of them took what.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import polars as pl
from sqlalchemy import delete, select

from qa.calendar import EPOCH
from qa.store.database import Transaction
from qa.store.rollups.halves import Part
from qa.store.rollups.marks import spoil
from qa.store.rollups.packing import pack, unpack
from qa.store.tables import rollup_remainders
from qa.store.upsert import upsert

if TYPE_CHECKING:
    from qa.store.rollups.kinds import Kind

NOTHING = 1e-9
"""A sum closer to 0 is what adding in another order leaves."""


def kept_of(tx: Transaction, kind: "Kind", days: Part) -> pl.DataFrame | None:
    """The signed cells of these days; ``None`` where nothing was removed. A column that came later is 0."""
    r = rollup_remainders.c
    query = select(r.content).where(r.kind == kind.name, r.day.between(days.first, days.last))
    found = [_shaped(kind, unpack(content)) for content in tx.scalars(query)]
    return pl.concat(found) if found else None


def with_remainder(kind: "Kind", cells: pl.DataFrame, remainder: pl.DataFrame) -> pl.DataFrame:
    """Cells of rows and what was removed from them, as one. No count is below 0: a call that was changed
    after its removal is no longer where the remainder takes it from.
    """
    counts = _counts(kind)
    both = pl.concat([_signed(kind, cells), remainder])
    summed = both.group_by(kind.groups).agg(pl.col(kind.sums).sum())
    summed = summed.with_columns(pl.col(counts).clip(lower_bound=0))
    left = summed.filter(pl.any_horizontal(pl.col(counts) > 0))
    return left.select(pl.col(name).cast(dtype) for name, dtype in kind.schema.items())


def keep_difference(tx: Transaction, kind: "Kind", before: pl.DataFrame, after: pl.DataFrame) -> None:
    """Keep what cells of single days had before rows were removed, less what they have now."""
    lost = pl.concat([_signed(kind, before), _signed(kind, after, -1)])
    days = _summed(kind, lost)["local_day"].unique().to_list()
    for day in sorted(days):
        mine = pl.col("local_day") == day
        here = [lost.filter(mine)]
        was = kept_of(tx, kind, Part(day, day))
        _write(tx, kind, day, _summed(kind, pl.concat(here if was is None else [*here, was])))
    spoil(tx, [(kind.name, day) for day in sorted(days)])


def drop(tx: Transaction, ids: Sequence[int]) -> None:
    """Let remainders go, by number; the figures of their days are those of the rows again."""
    r = rollup_remainders.c
    gone = delete(rollup_remainders).where(r.id.in_(ids)).returning(r.kind, r.day)
    spoil(tx, [(kind, day) for kind, day in tx.execute(gone)])


def drop_generated(tx: Transaction) -> None:
    """Take out what was kept of the demo centre, which goes as a whole."""
    r = rollup_remainders.c
    for number, kind, day, content in tx.execute(select(r.id, r.kind, r.day, r.content)).all():
        cells = unpack(content)
        own = cells.filter(~pl.col("generated"))
        if own.is_empty():
            drop(tx, [number])
        elif own.height < cells.height:
            upsert(
                tx, rollup_remainders, {"kind": kind, "day": day}, {"at": _noon(day), "content": pack(own)}
            )
            spoil(tx, [(kind, day)])


def _write(tx: Transaction, kind: "Kind", day: int, cells: pl.DataFrame) -> None:
    r = rollup_remainders.c
    if cells.is_empty():
        tx.execute(delete(rollup_remainders).where(r.kind == kind.name, r.day == day))
        return
    values = {"at": _noon(day), "content": pack(cells.sort(kind.groups))}
    upsert(tx, rollup_remainders, {"kind": kind.name, "day": day}, values)


def _summed(kind: "Kind", cells: pl.DataFrame) -> pl.DataFrame:
    sums = pl.col(kind.sums)
    summed = cells.group_by(kind.groups).agg(sums.sum())
    return summed.filter(pl.any_horizontal(sums.abs() > NOTHING))


def _shaped(kind: "Kind", cells: pl.DataFrame) -> pl.DataFrame:
    """Cells as they were kept, with the columns of now."""
    signed = _signed(kind, kind.schema.to_frame())
    zero = {name: pl.lit(0).cast(dtype) for name, dtype in signed.schema.items() if name in kind.sums}
    blank = {name: pl.lit(None).cast(dtype) for name, dtype in signed.schema.items()}
    return cells.select(
        pl.col(name).cast(dtype) if name in cells.columns else zero.get(name, blank[name]).alias(name)
        for name, dtype in signed.schema.items()
    )


def _signed(kind: "Kind", cells: pl.DataFrame, sign: int = 1) -> pl.DataFrame:
    """Cells whose counts may be below 0."""
    wide = cells.with_columns(pl.col(_counts(kind)).cast(pl.Int64))
    return wide.with_columns(pl.col(kind.sums) * sign) if sign < 0 else wide


def _counts(kind: "Kind") -> list[str]:
    return [name for name in kind.sums if kind.schema[name] == pl.UInt32()]


def _noon(day: int) -> datetime:
    """A moment of the day, whatever the zone: retention counts from it."""
    date = EPOCH + timedelta(days=day)
    return datetime(date.year, date.month, date.day, 12, tzinfo=UTC)
