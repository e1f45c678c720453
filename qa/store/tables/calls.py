"""A call, its job, its comments, and the files that never became one.

``score``, ``band`` and ``failed_*`` repeat the current automatic evaluation so that the list filters and
sorts inside one index; ``qa.store.call.reviews`` writes both in one transaction.
"""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, text

from qa.records import ScoringStatus
from qa.store.kinds import Band, CallSource, CallStatus, Direction, JobState
from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, big_key, json_type, words

calls = Table(
    "calls",
    metadata,
    key(),
    Column("key", String(12), nullable=False, unique=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("file_name", CleanText(), nullable=False),
    Column("media", CleanText()),
    Column("transcript_file", CleanText()),
    flag("generated"),
    Column("source", words(CallSource, "source"), nullable=False),
    Column("direction", words(Direction, "direction")),
    link("agent_id", "agents.id"),
    link("team_id", "teams.id"),
    link("queue_id", "queues.id"),
    Column("customer_hash", String(64)),
    Column("started_at", UTCDateTime(), nullable=False),
    Column("local_day", Integer, nullable=False),
    Column("duration", Float),
    Column("channels", Integer),
    Column("sample_rate", Integer),
    Column("codec", CleanText()),
    Column("size", big_key()),
    Column("language", CleanText()),
    Column("status", words(CallStatus, "status"), nullable=False),
    Column("reason", CleanText()),
    Column("left_out", CleanText()),
    Column("roles_confidence", Float),
    Column("flags", json_type(), nullable=False),
    Column("scoring", words(ScoringStatus, "scoring")),
    Column("score", Float),
    Column("band", words(Band, "band")),
    flag("failed_customer"),
    flag("failed_business"),
    flag("failed_compliance"),
    flag("abusive"),
    created(),
    # The list page reads filters and order from this one index and touches the table for one page only.
    Index(
        "ix_calls_list",
        "started_at",
        "id",
        "local_day",
        "team_id",
        "agent_id",
        "queue_id",
        "status",
        "band",
        "score",
        "duration",
        "language",
        "direction",
        "generated",
        "failed_customer",
        "failed_business",
        "failed_compliance",
    ),
    Index("ix_calls_abusive", "abusive", "started_at"),
    # Each call stands in one of the two: few with or without a recording are found at once among many.
    *(
        Index(name, "started_at", "id", sqlite_where=text(which), postgresql_where=text(which))
        for name, which in (("ix_calls_heard", "media IS NOT NULL"), ("ix_calls_unheard", "media IS NULL"))
    ),
    Index("ix_calls_agent_id_started_at", "agent_id", "started_at"),
    Index("ix_calls_customer_hash_started_at_team_id", "customer_hash", "started_at", "team_id"),
    # A deleted call's number is never given again: a worker may still be busy with it.
    sqlite_autoincrement=True,
)

jobs = Table(
    "jobs",
    metadata,
    part_of("call_id", "calls.id", primary_key=True, autoincrement=False),
    Column("state", words(JobState, "state"), nullable=False, index=True),
    Column("stage", CleanText()),
    Column("share", Float, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("reason", CleanText()),
    Column("executor", CleanText()),
    Column("heartbeat", UTCDateTime()),
    created("queued_at"),
    Column("started_at", UTCDateTime()),
    Column("finished_at", UTCDateTime(), index=True),
)

call_notes = Table(
    "call_notes",
    metadata,
    key(),
    part_of("call_id", "calls.id", index=True),
    Column("parent_id", big_key(), ForeignKey("call_notes.id", ondelete="CASCADE")),
    link("user_id", "users.id", nullable=False),
    Column("at", Float),
    Column("text", CleanText(), nullable=False),
    created(),
    Column("removed_at", UTCDateTime()),
)

role_changes = Table(
    "role_changes",
    metadata,
    key(),
    part_of("call_id", "calls.id", index=True),
    link("user_id", "users.id"),
    Column("change", CleanText(), nullable=False),
    created(),
)

rejections = Table(
    "rejections",
    metadata,
    key(),
    Column("file_name", CleanText(), nullable=False),
    Column("sha256", String(64), index=True),
    Column("reason", CleanText(), nullable=False),
    Column("path", CleanText()),
    created(),
)
