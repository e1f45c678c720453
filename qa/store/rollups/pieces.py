"""Cells of a stretch of days, put together: those kept, and rows for what changed since."""

from collections.abc import Callable, Hashable, Iterator
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


TOGETHER = 8
"""Parts that are unpacked at once: more would be much memory for a moment, fewer take longer."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a reader makes of cells, whichever days they are of: held in place of the cells themselves, so
    that what is read of them takes no more room than is needed.

    Attributes:
        name: two digests of one name make the same of the same cells.
        columns: those of the cells that it looks at.
        of: from cells of several days to what is held, in the order of ``local_day``, by which it groups.
    """

    name: Hashable
    columns: tuple[str, ...]
    of: Callable[[pl.DataFrame], pl.DataFrame]


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
    digest: Digest | None = None

    def pieces(self, days: Part, *, daily: bool) -> Pieces:
        """Everything of these days; ``daily``: no day is added to another."""
        stamps = kept.stamps(self.tx, self.kind, self.zone, days)
        tokens = stale(self.tx, self.kind.marked, days)
        plan = self._plan(days, stamps, tokens, daily=daily)
        whole = list(self._parts(plan, stamps))
        single = [*self._single(plan, stamps), *self._rows(plan, stamps, tokens)]
        merged = frozenset(plan.whole) if self.kind.merged else frozenset[int]()
        # Days by themselves together, for there may be many, each of a few cells; what comes of no cells says
        # which columns there are.
        changed = self._digested(pl.concat([self.kind.schema.to_frame(), *single], rechunk=False))
        return Pieces(pl.concat([changed, *whole], rechunk=False), merged)

    def _digested(self, cells: pl.DataFrame) -> pl.DataFrame:
        return cells if self.digest is None else self.digest.of(cells.select(self.digest.columns))

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

    def _parts(self, plan: _Plan, stamps: dict[int, int]) -> Iterator[pl.DataFrame]:
        name = None if self.digest is None else self.digest.name
        wanted = {
            first: (self.kind.name, "part", first, stamps[first], name) for first in (*plan.whole, *plan.some)
        }
        found = {first: self.held.get(key) for first, key in wanted.items()}
        missing = [first for first, cells in found.items() if cells is None]
        for start in range(0, len(missing), TOGETHER):
            for first, read in self._unpacked(missing[start : start + TOGETHER]):
                found[first] = read
                self.held.put(wanted[first], read)
        for first, cells in found.items():
            if cells is not None:
                few = plan.some.get(first)
                yield cells if few is None else cells.filter(pl.col("local_day").is_in(few))

    def _unpacked(self, firsts: list[int]) -> Iterator[tuple[int, pl.DataFrame]]:
        if self.digest is None:
            yield from kept.some_parts(self.tx, self.kind, firsts).items()
            return
        read = kept.some_parts(self.tx, self.kind, firsts, self.digest.columns)
        if not read:
            return
        # Of several parts at once: where parts are small, asking takes longer than grouping.
        whole = self.digest.of(pl.concat(read.values(), rechunk=False))
        for first in read:
            start, end = (whole["local_day"].search_sorted(day) for day in (first, part_of(first).last + 1))
            yield first, whole.slice(start, end - start)

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
