"""The cells of parts: changed days from rows, the others as they are kept."""

from collections.abc import Collection, Sequence
from datetime import tzinfo

import polars as pl

from qa.store.database import Transaction
from qa.store.rollups import kept
from qa.store.rollups.asked import Asked
from qa.store.rollups.halves import Part, part_of, runs
from qa.store.rollups.kept import Folded
from qa.store.rollups.kinds import CALLS, DAYS, Kind
from qa.store.rollups.of_calls import by_days

Cells = dict[int, pl.DataFrame]
"""Cells by the day, or by the first day of the part."""


def summed(
    tx: Transaction, zone: tzinfo, work: tuple[Kind, Sequence[Part]], changed: Collection[int]
) -> list[Folded]:
    """Parts of a kind with their changed days summed from rows; all days where nothing of use is kept."""
    kind, parts = work
    span = Part(min(part.first for part in parts), max(part.last for part in parts))
    usable, was = kept.stamps(tx, kind, zone, span), kept.stamps(tx, kind, None, span)
    fresh = {day for part in parts for day in part.days if part.first not in usable or day in changed}
    rest = {day for part in parts for day in part.days} - fresh
    new = pl.concat([kind.schema.to_frame(), *(kind.rows(tx, Asked(run, zone)) for run in runs(fresh))])
    cells = pl.concat([_kept(tx, kind, rest, usable), new])
    wholes = _split(kind, kind.merge(cells) if kind.merged else cells, [part.first for part in parts])
    days = _split(kind, new, fresh, daily=True) if kind.merged else {}
    return [
        Folded(kind, part, kind.layout(zone), wholes[part.first],
               {day: days[day] for day in part.days if day in days}, was.get(part.first))
        for part in parts
    ]  # fmt: skip


def derived(tx: Transaction, folded: Sequence[Folded], zone: tzinfo) -> list[Folded]:
    """Calls by day, agents taken together, from the days just summed and those kept."""
    rest = {day for one in folded for day in one.part.days if day not in one.days}
    new = (cells for one in folded for cells in one.days.values())
    cells = by_days(pl.concat([_kept(tx, CALLS, rest, ()), *new]))
    wholes = _split(DAYS, cells, [one.part.first for one in folded])
    span = Part(min(one.part.first for one in folded), max(one.part.last for one in folded))
    was, layout = kept.stamps(tx, DAYS, None, span), DAYS.layout(zone)
    return [
        Folded(DAYS, one.part, layout, wholes[one.part.first], {}, was.get(one.part.first)) for one in folded
    ]


def _kept(tx: Transaction, kind: Kind, days: Collection[int], firsts: Collection[int]) -> pl.DataFrame:
    """The cells of single days that did not change."""
    if not days:
        return kind.schema.to_frame()
    if kind.merged:
        return pl.concat([kind.schema.to_frame(), *kept.days_of(tx, kind, days).values()])
    parts = {part_of(day).first for day in days} & set(firsts)
    every = pl.concat([kind.schema.to_frame(), *kept.parts_of(tx, kind, parts).values()])
    return every.filter(pl.col("local_day").is_in(sorted(days)))


def _split(kind: Kind, cells: pl.DataFrame, into: Collection[int], *, daily: bool = False) -> Cells:
    """Cells by their day, or by the first day of their part; one without any is there too."""
    firsts = {day: day if daily else part_of(day).first for day in cells["local_day"].unique()}
    place = pl.col("local_day").replace_strict(firsts, return_dtype=pl.Int32).alias("place")
    sorted_ = cells.lazy().sort(kind.groups).with_columns(place).collect()
    found = sorted_.partition_by("place", as_dict=True, include_key=False)
    return {first: found.get((first,), cells.clear()) for first in into}
