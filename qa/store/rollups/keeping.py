"""How much is kept, and summing all of it anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

from sqlalchemy import func, select

from qa.store.database import Database
from qa.store.rollups.fold import fold_all, missing
from qa.store.rollups.halves import Part, part_of
from qa.store.rollups.kinds import DAYS, KINDS
from qa.store.rollups.marks import spoil, stale
from qa.store.site import get_setting, set_setting
from qa.store.tables import rollup_days, rollup_parts

REBUILDING = "rollups_rebuilding"
_EVER = Part(-(2**30), 2**30)


@dataclass(frozen=True, slots=True)
class KindStatus:
    """A kind of cells: parts, cells and bytes that are kept, days that changed since, parts not kept."""

    kind: str
    parts: int
    cells: int
    bytes: int
    stale: int
    missing: int


def status(database: Database, zone: tzinfo) -> tuple[KindStatus, ...]:
    """Every kind of cells."""
    p, d = rollup_parts.c, rollup_days.c
    with database.read() as tx:
        sizes = func.count(), func.sum(p.cells), func.sum(func.length(p.content))
        kept = {row[0]: row[1:] for row in tx.execute(select(p.kind, *sizes).group_by(p.kind))}
        days = dict(tx.execute(select(d.kind, func.sum(func.length(d.content))).group_by(d.kind)).all())
        absent = missing(tx, zone)
        found = []
        for kind in (*KINDS, DAYS):
            parts, cells, size = kept.get(kind.name, (0, 0, 0))
            old = len(stale(tx, kind.marked, _EVER))
            found.append(
                KindStatus(
                    kind.name, int(parts), int(cells), int(size) + int(days.get(kind.name, 0)), old,
                    absent.get(kind.name, 0),
                )
            )  # fmt: skip
    return tuple(found)


def rebuild(database: Database, zone: tzinfo) -> Iterator[tuple[int, int]]:
    """Sum everything anew; yields how many parts are done, and of how many. One that was cut off goes on
    where it was; meanwhile readers sum the rows.
    """
    with database.write() as tx:
        if not get_setting(tx, REBUILDING):
            rows = tx.execute(
                select(rollup_parts.c.kind, rollup_parts.c.first).order_by(rollup_parts.c.first)
            )
            spoil(
                tx, [(kind, day) for kind, first in rows if kind != DAYS.name for day in part_of(first).days]
            )
            set_setting(tx, REBUILDING, True)
    yield from fold_all(database, zone)
    with database.write() as tx:
        set_setting(tx, REBUILDING, None)
