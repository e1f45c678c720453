"""Removing words and people without changing a figure of the past."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo

import polars as pl
from sqlalchemy import select

from qa.store.database import Transaction
from qa.store.rollups.asked import Asked
from qa.store.rollups.halves import Part
from qa.store.rollups.kinds import CALLS, COMMENTS, CRITERIA, RETURNS, Kind
from qa.store.rollups.remainders import keep_difference
from qa.store.tables import calls, comments

CHUNK = 500
EVER = Part(-(2**30), 2**30)
ADVISORY_LOCK = 7_316_403_513
"""Of those who keep remainders on PostgreSQL: one after another, each sees what the last one kept."""


@dataclass(frozen=True, slots=True)
class Touched:
    """The rows whose part in the cells of a kind a removal changes: calls, or comments, by number."""

    kind: Kind
    ids: tuple[int, ...]


def by_evaluations(_tx: Transaction, ids: Sequence[int]) -> tuple[Touched, ...]:
    """What taking evaluations and reviews off calls changes."""
    return Touched(CALLS, tuple(ids)), Touched(CRITERIA, tuple(ids))


def by_customers(tx: Transaction, ids: Sequence[int]) -> tuple[Touched, ...]:
    """What taking their customers off calls changes: whether another call of theirs was the first, too."""
    c, related = calls.c, set(ids)
    for some in _chunks(ids):
        whose = select(c.customer_hash).where(c.id.in_(some), c.customer_hash.is_not(None))
        related.update(tx.scalars(select(c.id).where(c.customer_hash.in_(whose))))
    return Touched(CALLS, tuple(ids)), Touched(RETURNS, tuple(sorted(related)))


def by_comments(tx: Transaction, ids: Sequence[int]) -> tuple[Touched, ...]:
    """What taking words and numbers off comments changes: of those that answer them, too."""
    c, answered, related = comments.c, comments.alias("answered"), set(ids)
    for some in _chunks(ids):
        same = (answered.c.source_id == c.source_id) & (answered.c.external_id == c.reply_to)
        query = select(c.id).join_from(comments, answered, same).where(answered.c.id.in_(some))
        related.update(tx.scalars(query))
    return (Touched(COMMENTS, tuple(sorted(related))),)


@contextmanager
def figures_kept(tx: Transaction, zone: tzinfo, touched: Collection[Touched]) -> Iterator[None]:
    """What happens within takes words and people out of rows and leaves the sums of their days as they are:
    what the rows no longer say is kept as a remainder, in the same transaction.
    """
    some = [one for one in touched if one.ids]
    if some and tx.dialect.name != "sqlite":
        _alone(tx, some)
    before = [_cells(tx, zone, one) for one in some]
    yield
    for one, cells in zip(some, before, strict=True):
        keep_difference(tx, one.kind, cells, _cells(tx, zone, one))


def stay_on_their_days(tx: Transaction, zones: tuple[tzinfo, tzinfo], ids: Sequence[int]) -> None:
    """Comments without words count on the days of the first zone, though their rows are summed by the second:
    what else was removed from those days was counted with them.
    """
    touched = Touched(COMMENTS, tuple(ids))
    if ids and tx.dialect.name != "sqlite":
        _alone(tx, [touched])
    if ids:
        keep_difference(tx, COMMENTS, *(_cells(tx, zone, touched) for zone in zones))


def _alone(tx: Transaction, touched: Collection[Touched]) -> None:
    """Nobody else keeps a remainder, or changes these calls, until this transaction ends."""
    tx.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
    ids = sorted({number for one in touched if one.kind is not COMMENTS for number in one.ids})
    for some in _chunks(ids):
        tx.execute(select(calls.c.id).where(calls.c.id.in_(some)).order_by(calls.c.id).with_for_update())


def _cells(tx: Transaction, zone: tzinfo, one: Touched) -> pl.DataFrame:
    of_calls = one.kind is not COMMENTS
    found = [one.kind.schema.to_frame()]
    for some in _chunks(one.ids):
        chosen = frozenset(some)
        asked = Asked(EVER, zone, calls=chosen) if of_calls else Asked(EVER, zone, comments=chosen)
        found.append(one.kind.of_rows(tx, asked))
    return pl.concat(found)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
