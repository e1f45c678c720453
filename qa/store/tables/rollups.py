"""Sums that pages read: kept cells, and which days of them changed since.

``rollup_marks`` are written by triggers in the transaction that changes a row (``source``: what changed);
``rollup_stale`` says it by kind of cells, once a worker looked. The contents are packed tables.
``rollup_remainders`` is what was removed from rows and still counts (``qa.store.rollups.remainders``): the
one sum that no row can make again.
"""

from sqlalchemy import Column, Integer, LargeBinary, String, Table, UniqueConstraint

from qa.store.tables.base import key, metadata
from qa.store.types import CleanText, UTCDateTime, big_key

rollup_marks = Table(
    "rollup_marks",
    metadata,
    Column("source", String(16), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("tx", big_key(), primary_key=True, autoincrement=False),
    Column("n", big_key(), nullable=False),
    sqlite_with_rowid=False,
)

rollup_stale = Table(
    "rollup_stale",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("stamp", big_key(), nullable=False),
    sqlite_with_rowid=False,
)

rollup_parts = Table(
    "rollup_parts",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("stamp", big_key(), nullable=False),
    Column("layout", CleanText(), nullable=False),
    Column("cells", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", UTCDateTime(), nullable=False),
)

rollup_remainders = Table(
    "rollup_remainders",
    metadata,
    key(),
    Column("kind", String(16), nullable=False),
    Column("day", Integer, nullable=False),
    Column("at", UTCDateTime(), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("kind", "day"),
)

rollup_days = Table(
    "rollup_days",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
