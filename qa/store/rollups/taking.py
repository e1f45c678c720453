"""From what is kept, and from rows for the days that changed since, to the cells that a viewer asked for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo

import polars as pl

from qa.store.database import Database, Transaction
from qa.store.lists.filters import CallFilter
from qa.store.rollups.asked import Asked
from qa.store.rollups.extent import extent
from qa.store.rollups.halves import Part, part_of, parts
from qa.store.rollups.held import held_of
from qa.store.rollups.kept import stamps
from qa.store.rollups.kinds import COMMENTS, CONTACTS, SURVEYS, Kind
from qa.store.rollups.marks import stale
from qa.store.rollups.narrow import of_filter, of_viewer
from qa.store.rollups.pieces import AT_ONCE, Digest, Pieces, Source
from qa.store.scope import Scope

NARROWING = ("team_id", "agent_id", "queue_id", "direction", "language", "generated", "key")
"""Columns that filters, scopes and criteria are asked of."""
MISSING = 4
"""Parts of weeks (together two weeks) whose rows a reader may have to sum."""


@dataclass(frozen=True, slots=True)
class Fewer:
    """Fewer cells, of fewer columns: what is held of a part in place of its cells.

    Attributes:
        name: two of one name make the same of the same cells.
        columns: those that it looks at.
        of: from cells that are narrowed already; groups by days among others, for cells of a part come to it
            by themselves.
    """

    name: str
    columns: tuple[str, ...]
    of: Callable[[pl.DataFrame], pl.DataFrame]


def added_up(name: str, groups: tuple[str, ...], sums: tuple[str, ...]) -> Fewer:
    """These sums of the cells that are alike in these columns, one of which is ``local_day``."""
    return Fewer(
        name,
        (*groups, *sums),
        lambda cells: cells.group_by(groups).agg(pl.col(sums).sum()).sort(groups),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Cells of a kind, for a viewer. ``daily``: by single days; ``keys``: of these criteria alone; ``fewer``:
    what to make of them.
    """

    kind: Kind
    zone: tzinfo
    scope: Scope
    filters: CallFilter
    daily: bool = False
    keys: frozenset[str] = frozenset()
    fewer: Fewer | None = None


def take(database: Database, wanted: Wanted) -> pl.DataFrame:
    """The cells, from one picture of the database."""
    with database.read() as tx:
        days = _days(tx, wanted)
        if days is None:
            return _fewer(wanted, wanted.kind.schema.to_frame())
        hidden = _blind(tx, wanted, days)
        digest = _digest(wanted) if hidden is None else None
        source = Source(tx, held_of(database), wanted.kind, wanted.zone, digest)
        found = source.pieces(days, daily=wanted.daily)
    if digest is not None:
        return found.cells
    cells = found.cells.filter(*_conditions(wanted))
    if hidden is not None:
        cells = _without(wanted.kind, cells, _as_in(found, hidden).filter(*_conditions(wanted)))
    return _fewer(wanted, cells)


def ready(database: Database, wanted: Wanted) -> bool:
    """Whether what is wanted is kept but for some days. Else counting rows is quicker than summing them."""
    with database.read() as tx:
        days = _days(tx, wanted)
        if days is None:
            return True
        here = stamps(tx, wanted.kind, wanted.zone, days)
        missing = sum(part.first not in here for part in parts(days.first, days.last))
        return missing <= MISSING and len(stale(tx, wanted.kind.marked, days)) <= AT_ONCE


def _fewer(wanted: Wanted, cells: pl.DataFrame) -> pl.DataFrame:
    return cells if wanted.fewer is None else wanted.fewer.of(cells)


def _digest(wanted: Wanted) -> Digest | None:
    """What is held of each part: the few cells of those that the viewer asked for."""
    fewer = wanted.fewer
    if fewer is None:
        return None
    where, scope = _conditions(wanted), replace(wanted.scope, reader=None, blind=frozenset())
    narrowed = replace(wanted.filters, first_day=None, last_day=None), scope, wanted.keys
    columns = (name for name in wanted.kind.schema if name in NARROWING or name in fewer.columns)
    return Digest((fewer.name, *narrowed), tuple(columns), lambda cells: fewer.of(cells.filter(*where)))


def _days(tx: Transaction, wanted: Wanted) -> Part | None:
    filters = wanted.filters
    if filters.first_day is not None and filters.last_day is not None:
        days = Part(filters.first_day, filters.last_day)
    else:
        every = extent(tx, wanted.kind.marked, wanted.zone)
        if every is None:
            return None
        first, last = filters.first_day, filters.last_day
        days = Part(every.first if first is None else first, every.last if last is None else last)
    return days if days.first <= days.last else None


def _conditions(wanted: Wanted) -> list[pl.Expr]:
    found = [*of_filter(wanted.filters)]
    if not wanted.scope.everything:
        found.append(of_viewer(wanted.scope))
    if wanted.keys:
        found.append(pl.any_horizontal(*(pl.col("key") == key for key in sorted(wanted.keys))))
    return found


def _blind(tx: Transaction, wanted: Wanted, days: Part) -> pl.DataFrame | None:
    """Cells of the calls that this viewer has still to judge blind; comments and telephone
    contacts say nothing of how a call was judged.
    """
    if not wanted.scope.blind or wanted.kind in (COMMENTS, CONTACTS):
        return None
    return wanted.kind.rows(tx, Asked(days, wanted.zone, wanted.scope.blind))


def _as_in(found: Pieces, hidden: pl.DataFrame) -> pl.DataFrame:
    """Cells of single days, dated as the cells that they are part of."""
    days = {day: first for first in found.merged for day in part_of(first).days}
    dated = pl.col("local_day").replace_strict(days, default=pl.col("local_day"), return_dtype=pl.Int32)
    return hidden.with_columns(dated)


def _without(kind: Kind, cells: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
    """Cells less those of calls that nothing may be told of; of their surveys the score of the call alone."""
    taken = _signed(kind, hidden, -1)
    pieces = [_signed(kind, cells, 1), taken]
    if kind is SURVEYS:
        blank = pl.lit(None, pl.Categorical()).alias("band"), pl.col("^quality_.*$") * 0
        pieces.append(_signed(kind, hidden, 1).with_columns(*blank))
    rest = pl.concat(pieces).group_by(kind.groups).agg(pl.col(kind.sums).sum())
    # What is still to be judged blind may have lost its customer since: then less is here than is taken off.
    rest = rest.with_columns(pl.col(_counts(kind)).clip(lower_bound=0))
    kept = rest.filter(pl.any_horizontal(pl.col(_counts(kind)) > 0))
    return kept.select(pl.col(name).cast(dtype) for name, dtype in kind.schema.items())


def _signed(kind: Kind, cells: pl.DataFrame, sign: int) -> pl.DataFrame:
    wide = cells.with_columns(pl.col(_counts(kind)).cast(pl.Int64))
    return wide.with_columns(pl.col(kind.sums) * sign) if sign < 0 else wide


def _counts(kind: Kind) -> list[str]:
    return [name for name in kind.sums if kind.schema[name] == pl.UInt32()]
