"""What people do about comments and customers: reply templates, corrections, aspects read, follow-ups.

Templates and corrections are only ever added: the newest row of a key counts. ``erasure_permits`` holds rows
only inside the transaction that takes comments out; the triggers of the ledger look there. ``open_matters``
repeats what other tables say of customers who were left alone (``qa.store.care.keeping``); ``care_marks`` are
written by triggers in the transaction that may change it. ``past_contacts`` is what is left of contacts that
were removed (``qa.store.care.past_contacts``).
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from qa.store.kinds import FollowUpReason, ReplyKind
from qa.store.tables.base import created, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, big_key, words

reply_templates = Table(
    "reply_templates",
    metadata,
    key(),
    Column("key", String(40), nullable=False),
    Column("language", String(2), nullable=False),
    Column("kind", words(ReplyKind, "kind"), nullable=False),
    Column("name", CleanText(), nullable=False),
    Column("text", CleanText(), nullable=False),
    link("user_id", "users.id"),
    created(),
    Index("ix_reply_templates_key_language", "key", "language"),
)

erasure_permits = Table(
    "erasure_permits",
    metadata,
    Column("comment_id", big_key(), primary_key=True, autoincrement=False),
)

comment_readings = Table(
    "comment_readings",
    metadata,
    Column(
        "comment_id",
        big_key(),
        ForeignKey("comments.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("suggestion", Boolean, nullable=False),
    Column("version", String(24), nullable=False),
    created(),
)

comment_aspects = Table(
    "comment_aspects",
    metadata,
    Column(
        "comment_id",
        big_key(),
        ForeignKey("comments.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("aspect", String(40), primary_key=True),
    Index("ix_comment_aspects_aspect", "aspect"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    key(),
    Column("customer_hash", String(64), nullable=False, index=True),
    Column("reason", words(FollowUpReason, "reason"), nullable=False),
    Column("comment_id", big_key(), ForeignKey("comments.id", ondelete="CASCADE"), unique=True),
    Column("call_id", big_key(), ForeignKey("calls.id", ondelete="CASCADE"), unique=True),
    Column("promise_id", big_key(), ForeignKey("promises.id", ondelete="CASCADE"), unique=True),
    Column("survey_id", big_key(), ForeignKey("surveys.id", ondelete="CASCADE"), unique=True),
    link("owner_id", "users.id"),
    Column("due_day", Integer),
    Column("closed_at", UTCDateTime()),
    created(),
)

follow_up_events = Table(
    "follow_up_events",
    metadata,
    key(),
    part_of("follow_up_id", "follow_ups.id", index=True),
    link("user_id", "users.id"),
    link("owner_id", "users.id"),
    Column("due_day", Integer),
    Column("closed", Boolean),
    Column("note", CleanText(), nullable=False, default=""),
    created(),
)

open_matters = Table(
    "open_matters",
    metadata,
    Column("reason", words(FollowUpReason, "reason"), primary_key=True),
    Column("subject", big_key(), primary_key=True, autoincrement=False),
    Column("customer_hash", String(64), nullable=False, index=True),
    Column("at", UTCDateTime(), nullable=False, index=True),
    sqlite_with_rowid=False,
)

past_contacts = Table(
    "past_contacts",
    metadata,
    Column("customer_hash", String(64), primary_key=True),
    Column("covers", UTCDateTime(), nullable=False),
    sqlite_with_rowid=False,
)

care_marks = Table(
    "care_marks",
    metadata,
    Column("source", String(16), primary_key=True),
    Column("key", CleanText(), primary_key=True),
    Column("number", big_key(), primary_key=True, autoincrement=False),
    Column("tx", big_key(), primary_key=True, autoincrement=False),
    Column("n", big_key(), nullable=False),
    sqlite_with_rowid=False,
)
