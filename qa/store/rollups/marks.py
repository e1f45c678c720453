"""Which days changed since their cells were kept.

Triggers mark what changed (``rollup_marks``); a worker tells it by kind of cells (``rollup_stale``). A reader
looks at both, so that a change counts in the moment of its commit.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, exists, select

from qa.store.database import Transaction
from qa.store.rollups.halves import Part
from qa.store.tables import rollup_marks, rollup_stale
from qa.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Reach:
    """A mark of a source makes the cells of a kind stale from so many days before to so many after it."""

    kind: str
    before: int = 0
    after: int = 0


REACHES: dict[str, tuple[Reach, ...]] = {
    # Seven days of hours may touch nine days of a calendar with summer time.
    "calls": (Reach("calls"), Reach("criteria"), Reach("promises"), Reach("returns", before=8)),
    "first": (Reach("returns"),),
    "findings": (Reach("calls"), Reach("criteria")),
    "measures": (Reach("calls"),),
    "reviews": (Reach("calls"),),
    "promises": (Reach("promises"),),
    # These are marked by the day in UTC.
    "surveys": (Reach("surveys", 1, 1),),
    "comments": (Reach("comments", 1, 1),),
    "contacts": (Reach("contacts", 1, 1),),
}

Tokens = dict[int, tuple[tuple[object, ...], ...]]
"""Stale days, each with what says so: another token is another state of the rows."""


def stale(tx: Transaction, kind: str, days: Part) -> Tokens:
    """The days of these that are not as they were when their cells were kept."""
    m, found = rollup_marks.c, dict[int, list[tuple[object, ...]]]()
    for source, reach in _of(kind):
        near = m.day.between(days.first - reach.after, days.last + reach.before)
        for day, number, n in tx.execute(select(m.day, m.tx, m.n).where(m.source == source, near)):
            for each in range(max(days.first, day - reach.before), min(days.last, day + reach.after) + 1):
                found.setdefault(each, []).append((source, day, number, n))
    s = rollup_stale.c
    told = select(s.day, s.stamp).where(s.kind == kind, s.day.between(days.first, days.last))
    for day, stamp in tx.execute(told):
        found.setdefault(day, []).append(("stale", stamp))
    return {day: tuple(sorted(tokens, key=repr)) for day, tokens in found.items()}


def claim(tx: Transaction) -> int:
    """Tell every mark by kind and take it away; gives how many there were."""
    m = rollup_marks.c
    marks = tx.execute(delete(rollup_marks).returning(m.source, m.day)).all()
    days = {
        (reach.kind, each)
        for source, day in set(marks)
        for reach in REACHES.get(source, ())
        for each in range(day - reach.before, day + reach.after + 1)
    }
    spoil(tx, sorted(days))
    return len(marks)


def spoil(tx: Transaction, days: Iterable[tuple[str, int]]) -> None:
    """Say that the cells of these kinds and days are to be summed anew."""
    for kind, day in days:
        upsert(tx, rollup_stale, {"kind": kind, "day": day}, {"stamp": stamp()})


def stale_days(tx: Transaction) -> list[tuple[str, int]]:
    """Kinds and days that wait to be folded, the newest first."""
    s = rollup_stale.c
    return [(kind, day) for kind, day in tx.execute(select(s.kind, s.day).order_by(s.day.desc(), s.kind))]


def waits(tx: Transaction) -> bool:
    """True when anything changed since the last fold."""
    some = (select(exists(select(table.c.day))) for table in (rollup_marks, rollup_stale))
    return any(tx.scalar(query) for query in some)


def stamp() -> int:
    """A number that nothing had before."""
    return secrets.randbits(62)


def _of(kind: str) -> list[tuple[str, Reach]]:
    return [(source, reach) for source, all_ in REACHES.items() for reach in all_ if reach.kind == kind]
