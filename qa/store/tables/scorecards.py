"""Scorecards: published versions, drafts, which calls they judge, tries on past calls, scoring again."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from qa.store.kinds import Direction, RunState
from qa.store.tables.base import created, key, metadata
from qa.store.types import CleanText, UTCDateTime, big_key, json_type, words

scorecard_versions = Table(
    "scorecard_versions",
    metadata,
    Column("scorecard", CleanText(), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("language", CleanText()),
    Column("content", CleanText(), nullable=False),
    Column("sha256", String(64), nullable=False),
    created("published_at"),
    Column("note", CleanText()),
    Column("published_by", CleanText()),
)

scorecard_drafts = Table(
    "scorecard_drafts",
    metadata,
    Column("scorecard", CleanText(), primary_key=True),
    Column("base_version", Integer),
    Column("content", CleanText(), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("updated_at", UTCDateTime(), nullable=False),
    Column("updated_by", CleanText(), nullable=False),
)

scorecard_assignments = Table(
    "scorecard_assignments",
    metadata,
    key(),
    # Queue, direction and language as one text: two rules never speak of the same calls.
    Column("place", String(96), nullable=False),
    Column("queue_id", big_key(), ForeignKey("queues.id", ondelete="CASCADE")),
    Column("direction", words(Direction, "direction")),
    Column("language", CleanText()),
    Column("scorecard", CleanText(), nullable=False),
    created(),
    Column("created_by", CleanText(), nullable=False),
    UniqueConstraint("place"),
)

backtests = Table(
    "backtests",
    metadata,
    key(),
    Column("scorecard", CleanText(), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("calls", Integer, nullable=False),
    created("made_at"),
    Column("made_by", CleanText(), nullable=False),
    Column("result", json_type(), nullable=False),
)

rescoring_runs = Table(
    "rescoring_runs",
    metadata,
    key(),
    Column("scorecard", CleanText()),
    Column("version", Integer),
    Column("since_day", Integer),
    Column("own", Boolean, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("state", words(RunState, "state"), nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("scored", Integer, nullable=False),
    Column("last_call_id", big_key(), nullable=False),
    Column("executor", CleanText()),
    Column("heartbeat", UTCDateTime()),
    Column("reason", CleanText()),
    created(),
    Column("created_by", CleanText(), nullable=False),
    Column("finished_at", UTCDateTime()),
)
