"""Cells of a stretch of days, put together: those kept, and rows for what changed since."""

from dataclasses import dataclass, field
from datetime import tzinfo

import polars as pl

from qa.store.database import Transaction
from qa.store.rollups import kept
from qa.store.rollups.asked import Asked
from qa.store.rollups.halves import Part, part_of, parts, runs
from qa.store.rollups.held import Held
from qa.store.rollups.kinds import Kind
from qa.store.rollups.marks import Tokens, stale

AT_ONCE = 28
"""Days whose rows are summed in one query: a large site that was never folded has many."""


@dataclass(slots=True)
class _Plan:
    """Which days come from where. ``whole``: parts as they are kept; ``some``: days out of a part that keeps
    days; ``single``: days kept by themselves; ``rows``: days whose rows are summed now.
    """

    whole: list[int] = field(default_factory=list)
    some: dict[int, list[int]] = field(default_factory=dict)
    single: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The cells of days; ``merged`` are the parts whose days are added up in them."""

    cells: pl.DataFrame
    merged: frozenset[int]


@dataclass(frozen=True, slots=True)
class Source:
    """One picture of the database, what this process holds of it, and the kind of cells that is read."""

    tx: Transaction
    held: Held
    kind: Kind
    zone: tzinfo

    def pieces(self, days: Part, *, daily: bool) -> Pieces:
        """Everything of these days; ``daily``: no day is added to another."""
        stamps = kept.stamps(self.tx, self.kind, self.zone, days)
        tokens = stale(self.tx, self.kind.marked, days)
        plan = self._plan(days, stamps, tokens, daily=daily)
        found = [*self._parts(plan, stamps), *self._single(plan, stamps), *self._rows(plan, stamps, tokens)]
        merged = frozenset(plan.whole) if self.kind.merged else frozenset[int]()
        return Pieces(pl.concat([self.kind.schema.to_frame(), *found], rechunk=False), merged)

    def _plan(self, days: Part, stamps: dict[int, int], tokens: Tokens, *, daily: bool) -> _Plan:
        plan = _Plan()
        for part in parts(days.first, days.last):
            asked = range(max(part.first, days.first), min(part.last, days.last) + 1)
            clean = [day for day in asked if part.first in stamps and day not in tokens]
            plan.rows += [day for day in asked if day not in clean]
            if len(clean) == len(part.days) and not (self.kind.merged and daily):
                plan.whole.append(part.first)
            elif clean and self.kind.merged:
                plan.single += clean
            elif clean:
                plan.some[part.first] = clean
        return plan

    def _parts(self, plan: _Plan, stamps: dict[int, int]) -> list[pl.DataFrame]:
        wanted = {
            first: (self.kind.name, "part", first, stamps[first]) for first in (*plan.whole, *plan.some)
        }
        missing = [first for first, key in wanted.items() if self.held.get(key) is None]
        loaded = kept.parts_of(self.tx, self.kind, missing)
        found = []
        for first, key in wanted.items():
            cells = loaded.get(first, self.held.get(key))
            if cells is None:
                cells = kept.parts_of(self.tx, self.kind, [first])[first]  # it fell out meanwhile
            self.held.put(key, cells)
            few = plan.some.get(first)
            found.append(cells if few is None else cells.filter(pl.col("local_day").is_in(few)))
        return found

    def _single(self, plan: _Plan, stamps: dict[int, int]) -> list[pl.DataFrame]:
        keys = {day: (self.kind.name, "day", day, _stamp_at(stamps, day)) for day in plan.single}
        found = {day: self.held.get(key) for day, key in keys.items()}
        missing = [day for day, cells in found.items() if cells is None]
        loaded = kept.days_of(self.tx, self.kind, missing)
        for day in missing:
            found[day] = loaded.get(day, self.kind.schema.to_frame())
            self.held.put(keys[day], found[day])  # type: ignore[arg-type]
        return [cells for cells in found.values() if cells is not None]

    def _rows(self, plan: _Plan, stamps: dict[int, int], tokens: Tokens) -> list[pl.DataFrame]:
        keys = {
            day: (self.kind.name, "rows", day, _stamp_at(stamps, day), tokens.get(day, ()), str(self.zone))
            for day in plan.rows
        }
        found = {day: self.held.get(key) for day, key in keys.items()}
        for run in runs((day for day, cells in found.items() if cells is None), AT_ONCE):
            cells = self.kind.rows(self.tx, Asked(run, self.zone))
            by_day = cells.partition_by("local_day", as_dict=True)
            for day in run.days:
                own = by_day.get((day,), cells.clear())
                self.held.put(keys[day], own)
                found[day] = own
        return [cells for cells in found.values() if cells is not None]


def _stamp_at(stamps: dict[int, int], day: int) -> int:
    """The stamp of the part that holds a day, 0 of one that is not kept."""
    return stamps.get(part_of(day).first, 0)
