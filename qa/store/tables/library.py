"""The library of exemplary moments, stretches of calls that show how a criterion is met; and which verdicts
of their calls agents have acknowledged.

Both are part of their call and go with it. ``lines`` holds redacted words alone, as
``[utterance, speaker, start, text]``.
"""

from sqlalchemy import Column, Float, Index, Table, text

from qa.store.kinds import MomentState
from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, json_type, words

LIVE = "state IN ('proposed', 'consented', 'declined')"
"""Of a moment that is asked about or answered, as the partial index says it."""

exemplary_moments = Table(
    "exemplary_moments",
    metadata,
    key(),
    part_of("call_id", "calls.id", index=True),
    Column("key", CleanText(), nullable=False),
    Column("start", Float, nullable=False),
    Column("end", Float, nullable=False),
    Column("utterances", json_type(), nullable=False),
    Column("lines", json_type(), nullable=False),
    Column("title", CleanText(), nullable=False),
    Column("why", CleanText(), nullable=False),
    link("added_by", "users.id", nullable=False),
    Column("state", words(MomentState, "state"), nullable=False),
    flag("named"),
    created(),
    Column("answered_at", UTCDateTime()),
    Column("withdrawn_at", UTCDateTime()),
    link("withdrawn_by", "users.id"),
    Index("ix_exemplary_moments_state_key", "state", "key"),
    # Nobody is asked twice about the same second; what a lead withdrew may be proposed again.
    Index(
        "uq_exemplary_moments_live",
        "call_id",
        "key",
        "start",
        unique=True,
        sqlite_where=text(LIVE),
        postgresql_where=text(LIVE),
    ),
)

seen_verdicts = Table(
    "seen_verdicts",
    metadata,
    part_of("call_id", "calls.id", primary_key=True),
    Column("key", CleanText(), primary_key=True),
    link("user_id", "users.id", nullable=False),
    created("at"),
    sqlite_with_rowid=False,
)
