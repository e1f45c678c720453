"""Imported rows, written in bulk; a row that is here changes nothing but what it waited for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import polars as pl
import polars.selectors as cs
from sqlalchemy import ColumnElement, Table, and_, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from qa.store.database import Database, Transaction
from qa.store.engine.sqlite_file import CACHE_KIBIBYTES
from qa.store.kinds import CommentStep, ImportKind
from qa.store.tables import (
    comment_events,
    comments,
    contacts,
    orders,
    queue_events,
    surveys,
)
from qa.store.types import utc_now

TABLES: dict[ImportKind, Table] = {
    ImportKind.SURVEYS: surveys,
    ImportKind.COMMENTS: comments,
    ImportKind.ORDERS: orders,
    ImportKind.QUEUE_LOG: queue_events,
    ImportKind.CDR: contacts,
}
CHUNK = 50_000
"""Rows of one transaction: about a second, so that a worker never waits long for the lock."""
PAGES = 262_144
"""KiB of memory for pages while rows are written: random keys touch most pages of two indexes."""
ASKED = 10_000
"""Keys of one question; SQLite takes 32 766."""

GAINS = {
    surveys: ("score", "scale", "answered_at", "text", "call_ref", "call_id", "linked_by"),
    queue_events: ("call_id",),
    contacts: ("call_id",),
}
"""What a row that is here can still gain: a survey that was sent its answer, a row its call."""


@dataclass(frozen=True, slots=True)
class Saved:
    """How many rows are new, and how many that were here got their answer or their call."""

    imported: int
    updated: int


def known_rows(database: Database, kind: ImportKind, keys: pl.Series) -> int:
    """How many of these rows are here."""
    table, known = TABLES[kind], 0
    with database.read() as tx:
        for start in range(0, len(keys), ASKED):
            some = keys.slice(start, ASKED).to_list()
            known += tx.scalar(select(func.count()).select_from(table).where(table.c.key.in_(some))) or 0
    return known


def save_rows(
    database: Database, kind: ImportKind, rows: pl.DataFrame, tell: Callable[[int], object] = id
) -> Saved:
    """Insert rows that are new by ``key``; one that is here gets the answer or the call it waited for.

    Columns are those of the table. Written in short transactions: what a killed import left out comes with
    the next one, and nothing comes twice. ``tell`` is told after each how many rows are done.
    """
    table = TABLES[kind]
    if rows.height > CHUNK and table is not queue_events:
        rows = rows.sort("key")  # each chunk writes one stretch of the index of keys, not pages all over it
    imported = updated = 0
    for start in range(0, rows.height, CHUNK):
        chunk = rows.slice(start, CHUNK)
        with database.write() as tx, _roomy(tx):
            last = tx.scalar(select(func.max(table.c.id))) or 0
            written = _write(tx, table, chunk)
            after = select(func.count()).select_from(table).where(table.c.id > last)
            new = int(tx.scalar(after) or 0)
        imported, updated = imported + new, updated + max(0, written - new)
        tell(min(start + CHUNK, rows.height))
    return Saved(imported, updated)


@contextmanager
def _roomy(tx: Transaction) -> Iterator[None]:
    """More memory for the pages of the indexes than a connection has else."""
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql(f"PRAGMA cache_size = -{PAGES}")
    yield
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")


def save_replies(database: Database, replies: pl.DataFrame) -> int:
    """Replies that came with comments (``key, reply, reply_time``) as events, unless the same one is here."""
    with database.write() as tx:
        added = 0
        for key, text, at in replies.select("key", "reply", "reply_time").iter_rows():
            e = comment_events.c
            comment = tx.scalar(select(comments.c.id).where(comments.c.key == key, *_open(comments)))
            same = select(e.id).where(e.comment_id == comment, e.step == CommentStep.REPLIED, e.text == text)
            if comment is not None and tx.scalar(same.limit(1)) is None:
                values = {"comment_id": comment, "step": CommentStep.REPLIED, "text": text, "at": at}
                tx.execute(insert(comment_events).values(values))
                added += 1
    return added


def _write(tx: Transaction, table: Table, rows: pl.DataFrame) -> int:
    """How many rows were inserted or changed."""
    sqlite_file = tx.dialect.name == "sqlite"
    dialect = sqlite if sqlite_file else postgresql
    rows = rows.with_columns(_stamp())
    if sqlite_file:
        rows = rows.with_columns(cs.datetime().dt.timestamp("us"))  # as UTCDateTime keeps moments there
    statement = dialect.insert(table)
    if gains := GAINS.get(table):
        new = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=["key"],
            set_={name: func.coalesce(new[name], table.c[name]) for name in gains},
            where=and_(*_open(table), or_(*(_gained(table, new, name) for name in gains))),
        )
    else:
        statement = statement.on_conflict_do_nothing()
    # The compiled text goes straight to the driver: a million rows pass no layer that looks at each cell.
    compiled = statement.compile(dialect=tx.dialect, column_keys=rows.columns)
    order = compiled.positiontup
    values: Any = rows.select(order).rows() if order else rows.rows(named=True)
    return int(tx.exec_driver_sql(str(compiled), values).rowcount)


def _gained(table: Table, new: Any, name: str) -> ColumnElement[bool]:
    return and_(table.c[name].is_(None), new[name].is_not(None))


def _open(table: Table) -> list[ColumnElement[bool]]:
    """What was erased gains nothing any more: the same file must not bring it back."""
    return [table.c.erased_at.is_(None)] if "erased_at" in table.c else []


def _stamp() -> pl.Expr:
    return pl.lit(utc_now(), pl.Datetime("us", "UTC")).alias("created_at")
