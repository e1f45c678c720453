"""Promises found in calls, and what people made of them. Events are only ever added."""

from sqlalchemy import Column, Float, Index, Integer, Table, text

from qa.store.kinds import PromiseState
from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, words

promises = Table(
    "promises",
    metadata,
    key(),
    part_of("call_id", "calls.id", index=True),
    Column("utterance", Integer, nullable=False),
    Column("quote", CleanText(), nullable=False),
    Column("at", Float),
    Column("when", CleanText(), nullable=False),
    Column("due_at", UTCDateTime()),
    flag("forbidden"),
    Column("confidence", Float, nullable=False),
    Column("state", words(PromiseState, "state"), nullable=False, default=PromiseState.OPEN),
    Column("changed_at", UTCDateTime()),
    created(),
    Index("ix_promises_state_due_at", "state", "due_at"),
    Index(
        "ix_promises_forbidden",
        "state",
        "due_at",
        sqlite_where=text("forbidden = 1"),
        postgresql_where=text("forbidden"),
    ),
)

promise_events = Table(
    "promise_events",
    metadata,
    key(),
    part_of("promise_id", "promises.id", index=True),
    link("user_id", "users.id"),
    Column("state", words(PromiseState, "state")),
    Column("due_at", UTCDateTime()),
    Column("note", CleanText(), nullable=False, default=""),
    created(),
)
