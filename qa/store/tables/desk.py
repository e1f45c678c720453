"""The review desk: what is sampled each week, what people say of a call, what agents contest.

A human verdict never overwrites an automatic one: ``review_verdicts`` keeps both side by side, as they were
when the reviewer saw the call.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
)

from qa.records import ScoringStatus, Verdict
from qa.store.kinds import (
    Band,
    DisputeOutcome,
    DisputeState,
    DisputeStep,
    EvaluationSource,
    Layer,
    ReviewKind,
    ReviewState,
)
from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, big_key, json_type, words

sampling_plans = Table(
    "sampling_plans",
    metadata,
    key(),
    Column("week", Integer, nullable=False, unique=True),
    Column("settings", json_type(), nullable=False),
    Column("seed", big_key(), nullable=False),
    Column("population", Integer, nullable=False),
    flag("generated"),
    link("made_by", "users.id"),
    created("made_at"),
)

reviews = Table(
    "reviews",
    metadata,
    key(),
    part_of("call_id", "calls.id"),
    link("plan_id", "sampling_plans.id"),
    link("round_id", "calibration_rounds.id"),
    Column("kind", words(ReviewKind, "kind"), nullable=False),
    Column("layer", words(Layer, "layer")),
    Column("week", Integer),
    Column("reasons", json_type(), nullable=False),
    Column("scorecard", CleanText(), nullable=False),
    Column("version", Integer, nullable=False),
    link("reviewer_id", "users.id"),
    Column("assigned_at", UTCDateTime(), nullable=False),
    Column("due", UTCDateTime()),
    Column("started_at", UTCDateTime()),
    Column("finished_at", UTCDateTime()),
    Column("seconds", Float, nullable=False, server_default="0"),
    Column("state", words(ReviewState, "state"), nullable=False),
    Column("auto_status", words(ScoringStatus, "auto_status"), nullable=False),
    Column("auto_score", Float),
    Column("auto_band", words(Band, "auto_band")),
    Column("human_status", words(ScoringStatus, "human_status")),
    Column("human_score", Float),
    Column("human_before_critical", Float),
    Column("human_failed_by", json_type()),
    Column("human_band", words(Band, "human_band")),
    Column("replaced_by", big_key(), ForeignKey("reviews.id", ondelete="SET NULL")),
    Column("replaced_reason", CleanText()),
    UniqueConstraint("plan_id", "call_id"),
    Index("ix_reviews_call_id", "call_id"),
    Index("ix_reviews_reviewer_id_state", "reviewer_id", "state"),
    Index("ix_reviews_week", "week"),
    Index("ix_reviews_round_id_call_id_reviewer_id", "round_id", "call_id", "reviewer_id", unique=True),
)

review_verdicts = Table(
    "review_verdicts",
    metadata,
    part_of("review_id", "reviews.id", primary_key=True),
    Column("key", CleanText(), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("automatic", words(Verdict, "automatic"), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("human", words(Verdict, "human")),
    Column("changed", Boolean, nullable=False),
    Column("reason", CleanText(), nullable=False),
    Column("note", CleanText(), nullable=False),
    Column("at", Float),
    sqlite_with_rowid=False,
)

disputes = Table(
    "disputes",
    metadata,
    key(),
    part_of("call_id", "calls.id"),
    Column("key", CleanText(), nullable=False),
    Column("scorecard", CleanText(), nullable=False),
    Column("version", Integer, nullable=False),
    link("agent_id", "agents.id", nullable=False),
    link("opened_by", "users.id", nullable=False),
    Column("original", words(Verdict, "original"), nullable=False),
    Column("source", words(EvaluationSource, "source"), nullable=False),
    link("review_id", "reviews.id"),
    link("reviewer_id", "users.id"),
    Column("round", Integer, nullable=False),
    Column("state", words(DisputeState, "state"), nullable=False),
    Column("opened_at", UTCDateTime(), nullable=False),
    Column("due", UTCDateTime(), nullable=False),
    Column("answered_at", UTCDateTime()),
    Column("closed_at", UTCDateTime()),
    Column("outcome", words(DisputeOutcome, "outcome")),
    Column("verdict", words(Verdict, "verdict")),
    UniqueConstraint("call_id", "key"),
    CheckConstraint("round BETWEEN 1 AND 3", name="rounds"),
    Index("ix_disputes_state_due", "state", "due"),
    Index("ix_disputes_agent_id", "agent_id"),
)

dispute_events = Table(
    "dispute_events",
    metadata,
    key(),
    part_of("dispute_id", "disputes.id", index=True),
    Column("round", Integer, nullable=False),
    Column("step", words(DisputeStep, "step"), nullable=False),
    link("user_id", "users.id", nullable=False),
    Column("text", CleanText(), nullable=False),
    Column("outcome", words(DisputeOutcome, "outcome")),
    Column("verdict", words(Verdict, "verdict")),
    created("at"),
)
