"""What customers say and do outside the recordings: surveys, comments, orders, telephone records.

Rows are told apart by ``key``, which is made of their content, so that the same file changes nothing when it
comes again. Links to calls are empty until the call is here, and when it is deleted. Comment events are only
ever added. A survey or comment with ``erased_at`` has lost its words and its person and counts all the same.
"""

from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from qa.store.kinds import CommentStep, ContactOutcome, ImportKind, LinkedBy, SurveyKind
from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, big_key, json_type, words


def _row_key() -> Column[Any]:
    return Column("key", String(32), nullable=False, unique=True)


def _call() -> Column[Any]:
    return Column("call_id", big_key(), ForeignKey("calls.id", ondelete="SET NULL"), index=True)


def _text_key() -> Column[Any]:
    """The hash of the text, by which its sentiment is found; empty until it is read."""
    return Column("text_key", String(32), index=True)


def _hash(name: str = "customer_hash", *, index: bool = False) -> Column[Any]:
    return Column(name, String(64), index=index)


import_sources = Table(
    "import_sources",
    metadata,
    key(),
    Column("kind", words(ImportKind, "kind"), nullable=False),
    Column("name", CleanText(), nullable=False),
    Column("mapping", json_type(), nullable=False),
    Column("dates", String(8)),
    Column("scale", Integer),
    flag("generated"),
    created(),
    UniqueConstraint("kind", "name"),
)

imports = Table(
    "imports",
    metadata,
    key(),
    link("source_id", "import_sources.id", nullable=False),
    Column("file_name", CleanText(), nullable=False),
    Column("read", Integer, nullable=False),
    Column("imported", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("already", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    created(),
    Column("via", CleanText()),
    Column("person", CleanText()),
    Column("refusal", CleanText()),
    Column("reasons", json_type()),
)

push_keys = Table(
    "push_keys",
    metadata,
    key(),
    Column("source", CleanText(), nullable=False),
    Column("key_hash", String(64), nullable=False, unique=True),
    Column("person", CleanText()),
    created(),
    Column("last_used", UTCDateTime()),
    Column("revoked_at", UTCDateTime()),
)

surveys = Table(
    "surveys",
    metadata,
    key(),
    link("source_id", "import_sources.id", nullable=False),
    _row_key(),
    Column("external_id", CleanText()),
    Column("kind", words(SurveyKind, "kind"), nullable=False),
    Column("score", Integer),
    Column("scale", Integer, nullable=False),
    Column("sent_at", UTCDateTime(), index=True),
    Column("answered_at", UTCDateTime(), index=True),
    Column("text", CleanText()),
    _text_key(),
    _hash(index=True),
    Column("call_ref", CleanText(), index=True),
    _call(),
    Column("linked_by", words(LinkedBy, "linked_by")),
    Column("agent", CleanText()),
    Column("queue", CleanText()),
    Column("service", CleanText()),
    created(),
    Column("erased_at", UTCDateTime()),
)

comments = Table(
    "comments",
    metadata,
    key(),
    link("source_id", "import_sources.id", nullable=False),
    _row_key(),
    Column("external_id", CleanText()),
    Column("posted_at", UTCDateTime(), index=True),
    Column("text", CleanText(), nullable=False),
    _text_key(),
    Column("stars", Float),
    Column("channel", CleanText(), index=True),
    _hash("author_hash"),
    _hash(index=True),
    Column("product", CleanText()),
    Column("service", CleanText(), index=True),
    Column("reply_to", CleanText()),
    created(),
    Column("erased_at", UTCDateTime()),
    Index("ix_comments_author_hash_posted_at", "author_hash", "posted_at"),
    Index("ix_comments_source_id_reply_to", "source_id", "reply_to"),
    Index("ix_comments_source_id_external_id", "source_id", "external_id"),
)

comment_events = Table(
    "comment_events",
    metadata,
    key(),
    part_of("comment_id", "comments.id"),
    Column("step", words(CommentStep, "step"), nullable=False),
    Column("at", UTCDateTime()),
    Column("text", CleanText(), nullable=False, default=""),
    link("user_id", "users.id"),
    link("to_user_id", "users.id"),
    Column("template", String(40)),
    created(),
    Index("ix_comment_events_comment_id_step_at_id", "comment_id", "step", "at", "id"),
)

orders = Table(
    "orders",
    metadata,
    key(),
    link("source_id", "import_sources.id", nullable=False),
    _row_key(),
    Column("external_id", CleanText()),
    _hash(),
    Column("ordered_at", UTCDateTime(), nullable=False, index=True),
    Column("service", CleanText()),
    Column("amount", Float),
    created(),
    Index("ix_orders_customer_hash_ordered_at_service", "customer_hash", "ordered_at", "service"),
)

queue_events = Table(
    "queue_events",
    metadata,
    key(),
    link("source_id", "import_sources.id", nullable=False),
    _row_key(),
    Column("at", UTCDateTime(), nullable=False, index=True),
    Column("unique_id", CleanText(), nullable=False, index=True),
    Column("queue", CleanText(), nullable=False),
    Column("member", CleanText()),
    Column("event", CleanText(), nullable=False),
    Column("first", Integer),
    Column("second", Integer),
    Column("third", Integer),
    Column("fourth", Integer),
    _hash(),
    _call(),
    created(),
)

ANSWERED = "call_id IS NULL AND outcome = 'answered'"
"""Telephone records of answered calls without a recording, in the words of their index."""

contacts = Table(
    "contacts",
    metadata,
    key(),
    link("source_id", "import_sources.id", nullable=False),
    _row_key(),
    Column("unique_id", CleanText(), nullable=False, index=True),
    Column("started_at", UTCDateTime(), nullable=False, index=True),
    Column("outcome", words(ContactOutcome, "outcome"), nullable=False),
    Column("waited", Float),
    Column("talked", Float),
    Column("queue", CleanText()),
    Column("agent", CleanText()),
    _hash(index=True),
    Column("service", CleanText()),
    _call(),
    created(),
    Index(
        "ix_contacts_answered",
        "customer_hash",
        "started_at",
        sqlite_where=text(ANSWERED),
        postgresql_where=text(ANSWERED),
    ),
)
