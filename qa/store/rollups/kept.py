"""Cells as they are kept in the database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

import polars as pl
from sqlalchemy import delete, select

from qa.store.database import Transaction
from qa.store.rollups.halves import Part
from qa.store.rollups.kinds import Kind
from qa.store.rollups.packing import pack, unpack, unpack_all
from qa.store.tables import rollup_days, rollup_parts, rollup_stale
from qa.store.types import utc_now
from qa.store.upsert import upsert

ADVISORY_LOCK = 7_316_403_512
"""Of those who write cells on PostgreSQL: one after another, each sees what the last one wrote."""


def stamps(tx: Transaction, kind: Kind, zone: tzinfo | None, days: Part) -> dict[int, int]:
    """The parts that are kept, by their first day, with the stamp of their state; of a zone, those of use."""
    p = rollup_parts.c
    here = [p.kind == kind.name, p.first.between(days.first - 6, days.last)]
    if zone is not None:
        here.append(p.layout == kind.layout(zone))
    return dict(tx.execute(select(p.first, p.stamp).where(*here)).all())


def parts_of(tx: Transaction, kind: Kind, firsts: Collection[int]) -> dict[int, pl.DataFrame]:
    """The cells of parts by their first day."""
    p = rollup_parts.c
    query = select(p.first, p.content).where(p.kind == kind.name, p.first.in_(sorted(firsts)))
    return {first: unpack(content) for first, content in tx.execute(query)} if firsts else {}


def some_parts(
    tx: Transaction, kind: Kind, firsts: Collection[int], columns: Sequence[str] = ()
) -> dict[int, pl.DataFrame]:
    """The same of parts that are kept under the layout of now, and of these columns alone (all, if none)."""
    p = rollup_parts.c
    query = select(p.first, p.cells, p.content).where(p.kind == kind.name, p.first.in_(sorted(firsts)))
    rows = tx.execute(query).all() if firsts else []
    cells = unpack_all([(row.cells, row.content) for row in rows], columns) if rows else []
    return dict(zip((row.first for row in rows), cells, strict=True))


def days_of(tx: Transaction, kind: Kind, days: Collection[int]) -> dict[int, pl.DataFrame]:
    """The cells of single days; a day that is kept without any cell is in no row."""
    d = rollup_days.c
    query = select(d.day, d.content).where(d.kind == kind.name, d.day.in_(sorted(days)))
    return {day: unpack(content) for day, content in tx.execute(query)} if days else {}


@dataclass(frozen=True, slots=True)
class Folded:
    """Cells to keep: those of a part, and of its days that were summed anew; ``was`` is the stamp before."""

    kind: Kind
    part: Part
    layout: str
    cells: pl.DataFrame
    days: Mapping[int, pl.DataFrame]
    was: int | None


def write(tx: Transaction, folded: Folded, number: int) -> bool:
    """Keep cells under a stamp; False, and nothing is written, where another was quicker."""
    if tx.dialect.name != "sqlite":
        tx.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
    kind, p = folded.kind, rollup_parts.c
    key = {"kind": kind.name, "first": folded.part.first}
    here = select(p.stamp).where(p.kind == kind.name, p.first == folded.part.first)
    if tx.scalar(here) != folded.was:
        return False
    values = {
        "stamp": number, "layout": folded.layout, "cells": folded.cells.height,
        "content": pack(folded.cells), "made_at": utc_now(),
    }  # fmt: skip
    upsert(tx, rollup_parts, key, values)
    for day, cells in folded.days.items():
        d = rollup_days.c
        if cells.is_empty():
            tx.execute(delete(rollup_days).where(d.kind == kind.name, d.day == day))
        else:
            upsert(tx, rollup_days, {"kind": kind.name, "day": day}, {"content": pack(cells)})
    return True


def stale_of(tx: Transaction, kind: Kind, parts: Iterable[Part]) -> list[tuple[int, int]]:
    """The stale days of parts, with what says so."""
    s, days = rollup_stale.c, [day for part in parts for day in part.days]
    query = select(s.day, s.stamp).where(s.kind == kind.marked, s.day.in_(days))
    return [(day, number) for day, number in tx.execute(query)]


def settle(tx: Transaction, kind: Kind, told: Iterable[tuple[int, int]]) -> None:
    """Days are no longer stale, unless they changed again; ``told`` are days and what said that they were."""
    s = rollup_stale.c
    for day, number in told:
        tx.execute(delete(rollup_stale).where(s.kind == kind.marked, s.day == day, s.stamp == number))
