"""From what is kept, and from rows for the days that changed since, to the cells that a viewer asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import polars as pl
from sqlalchemy import func, select

from qa.calendar import local_day
from qa.store.database import Database, Transaction
from qa.store.filters import CallFilter
from qa.store.rollups.asked import Asked
from qa.store.rollups.halves import Part
from qa.store.rollups.kinds import COMMENTS, SURVEYS, Kind
from qa.store.rollups.narrow import of_filter, of_viewer
from qa.store.scope import Scope
from qa.store.tables import calls, comments, surveys


@dataclass(frozen=True, slots=True)
class Wanted:
    """Cells of a kind, for a viewer. ``daily``: by single days; ``keys``: of these criteria alone."""

    kind: Kind
    zone: tzinfo
    scope: Scope
    filters: CallFilter
    daily: bool = False
    keys: frozenset[str] = frozenset()


def take(database: Database, wanted: Wanted) -> pl.DataFrame:
    """The cells, from one picture of the database."""
    with database.read() as tx:
        days = _days(tx, wanted)
        if days is None:
            return wanted.kind.schema.to_frame()
        cells = wanted.kind.rows(tx, Asked(days, wanted.zone))
        hidden = _blind(tx, wanted, days)
    found = cells if hidden is None else _without(wanted.kind, cells, hidden)
    return found.filter(*_conditions(wanted))


def extent(tx: Transaction, kind: Kind, zone: tzinfo) -> Part | None:
    """The days from the first row to the last, and a day more on both sides; ``None`` without any."""
    moments = {
        SURVEYS.name: (surveys.c.answered_at, surveys.c.sent_at),
        COMMENTS.name: (comments.c.posted_at,),
    }.get(kind.name, (calls.c.started_at,))
    ends: list[datetime] = []
    for moment in moments:
        for end in (func.min, func.max):
            found = tx.scalar(select(end(moment, type_=moment.type)))
            ends += [] if found is None else [found]
    if not ends:
        return None
    more = timedelta(days=1)
    return Part(local_day(min(ends) - more, zone), local_day(max(ends) + more, zone))


def _days(tx: Transaction, wanted: Wanted) -> Part | None:
    filters = wanted.filters
    if filters.first_day is not None and filters.last_day is not None:
        days = Part(filters.first_day, filters.last_day)
    else:
        every = extent(tx, wanted.kind, wanted.zone)
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
    """Cells of the calls that this viewer has still to judge blind; comments belong to no call."""
    if not wanted.scope.blind or wanted.kind is COMMENTS:
        return None
    return wanted.kind.rows(tx, Asked(days, wanted.zone, wanted.scope.blind))


def _without(kind: Kind, cells: pl.DataFrame, hidden: pl.DataFrame) -> pl.DataFrame:
    """Cells less those of calls that nothing may be told of; of their surveys the score of the call alone."""
    taken = _signed(kind, hidden, -1)
    pieces = [_signed(kind, cells, 1), taken]
    if kind is SURVEYS:
        blank = pl.lit(None, pl.Categorical()).alias("band"), pl.col("^quality_.*$") * 0
        pieces.append(_signed(kind, hidden, 1).with_columns(*blank))
    rest = pl.concat(pieces).group_by(kind.groups).agg(pl.col(kind.sums).sum())
    kept = rest.filter(pl.any_horizontal(pl.col(_counts(kind)) > 0))
    return kept.select(pl.col(name).cast(dtype) for name, dtype in kind.schema.items())


def _signed(kind: Kind, cells: pl.DataFrame, sign: int) -> pl.DataFrame:
    wide = cells.with_columns(pl.col(_counts(kind)).cast(pl.Int64))
    return wide.with_columns(pl.col(kind.sums) * sign) if sign < 0 else wide


def _counts(kind: Kind) -> list[str]:
    return [name for name in kind.sums if kind.schema[name] == pl.UInt32()]
