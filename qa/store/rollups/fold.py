"""Keeping the cells of days that changed: summed in a reading transaction, written in a short one.

A part is written only over the state that it was made from, and its days stop being stale only if nothing
marked them since. A process that dies in between leaves everything as it was.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

from qa.store.database import Database, Transaction
from qa.store.rollups import kept
from qa.store.rollups.extent import extent
from qa.store.rollups.halves import Part, part_of, parts
from qa.store.rollups.kinds import CALLS, KINDS, Kind
from qa.store.rollups.marks import claim, stale_days, stamp, waits
from qa.store.rollups.pacing import paced
from qa.store.rollups.summing import derived, summed

Work = list[tuple[Kind, Part]]
"""Parts to fold, those of one kind in a row."""

BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Step:
    """Parts of one kind that are folded together, the newest first."""

    kind: Kind
    parts: tuple[Part, ...]


def pending(database: Database, zone: tzinfo, *, every: bool = True) -> Work:
    """What is to be folded, the newest first: parts with stale days, and (``every``) all not kept."""
    with database.read() as tx:
        changed = waits(tx)
    if changed:
        with database.write() as tx:
            claim(tx)
    with database.read() as tx:
        found = {(kind, part_of(day)) for kind, day in stale_days(tx) if kind in BY_NAME}
        if every:
            found |= set(_missing(tx, zone))
    order = {kind.name: place for place, kind in enumerate(KINDS)}
    return [
        (BY_NAME[kind], part) for kind, part in sorted(found, key=lambda one: (order[one[0]], -one[1].first))
    ]


def fold(database: Database, zone: tzinfo, step: Step) -> int:
    """Sum parts anew where they are stale, and keep them; gives how many, the others were done by another."""
    kind = step.kind
    with database.read() as tx:
        told = kept.stale_of(tx, kind, step.parts)
        folded = summed(tx, zone, (kind, step.parts), {day for day, _stamp in told})
        more = derived(tx, folded, zone) if kind is CALLS else []
    number, done = stamp(), 0
    with database.write() as tx:
        for one in folded:
            if kept.write(tx, one, number):
                done += 1
                kept.settle(tx, kind, [(day, said) for day, said in told if day in one.part.days])
        for one in more:
            kept.write(tx, one, number)
    return done


def fold_all(database: Database, zone: tzinfo, *, every: bool = True) -> Iterator[tuple[int, int]]:
    """Fold until nothing waits; yields how many parts are done, and of how many."""
    work = pending(database, zone, every=every)
    total, size = len(work), 1
    while work:
        yield total - len(work), total
        step = first_step(work, size)
        began = time.monotonic()
        fold(database, zone, step)
        size = paced(size, time.monotonic() - began)
        del work[: len(step.parts)]
    yield total, total


def first_step(work: Work, most: int) -> Step:
    """The first parts of the work that are of one kind."""
    kind = work[0][0]
    same = [part for other, part in work[:most] if other is kind]
    return Step(kind, tuple(same))


def missing(tx: Transaction, zone: tzinfo) -> dict[str, int]:
    """How many parts of each kind are not kept."""
    found = [kind for kind, _part in _missing(tx, zone)]
    return {kind.name: found.count(kind.name) for kind in KINDS}


def _missing(tx: Transaction, zone: tzinfo) -> Iterator[tuple[str, Part]]:
    for kind in KINDS:
        days = extent(tx, kind.name, zone)
        if days is not None:
            here = kept.stamps(tx, kind, zone, days)
            yield from ((kind.name, part) for part in parts(days.first, days.last) if part.first not in here)
