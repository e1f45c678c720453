"""What was found in a call: transcript, redactions, measures, evaluations."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from qa.records import CriticalKind, ScoringStatus, Verdict
from qa.store.kinds import Band, EvaluationSource
from qa.store.tables.base import created, key, metadata, part_of
from qa.store.types import CleanText, json_type, words

LOST = "verdict IN ('partly', 'not met')"
"""Of a criterion that cost points, as the partial index says it."""

transcripts = Table(
    "transcripts",
    metadata,
    part_of("call_id", "calls.id", primary_key=True, autoincrement=False),
    Column("language", CleanText(), nullable=False),
    Column("engine", CleanText(), nullable=False),
    Column("model", CleanText(), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sentiment", json_type()),
    Column("peaks", LargeBinary),
    created(),
)

redactions = Table(
    "redactions",
    metadata,
    part_of("call_id", "calls.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("utterance", Integer, nullable=False),
    Column("placeholder_start", Integer, nullable=False),
    Column("placeholder_end", Integer, nullable=False),
    Column("start", Float),
    Column("end", Float),
    sqlite_with_rowid=False,
)

measurements = Table(
    "measurements",
    metadata,
    part_of("call_id", "calls.id", primary_key=True),
    Column("name", String(48), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("value", Float),
    Column("unit", String(16), nullable=False),
    Column("reason", CleanText()),
    Column("evidence", json_type(), nullable=False),
    CheckConstraint("(value IS NULL) <> (reason IS NULL)", name="value_or_reason"),
    sqlite_with_rowid=False,
)

evaluations = Table(
    "evaluations",
    metadata,
    key(),
    part_of("call_id", "calls.id"),
    Column("scorecard", CleanText(), nullable=False),
    Column("version", Integer, nullable=False),
    Column("source", words(EvaluationSource, "source"), nullable=False),
    Column("status", words(ScoringStatus, "status"), nullable=False),
    Column("score", Float),
    Column("score_before_critical", Float),
    Column("failed_by", json_type(), nullable=False),
    Column("band", words(Band, "band")),
    Column("current", Boolean, nullable=False),
    created(),
    UniqueConstraint("call_id", "scorecard", "version", "source"),
    Index(
        "uq_evaluations_current",
        "call_id",
        "source",
        unique=True,
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
)

criterion_results = Table(
    "criterion_results",
    metadata,
    part_of("evaluation_id", "evaluations.id", primary_key=True),
    Column("key", CleanText(), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("section", CleanText(), nullable=False),
    Column("verdict", words(Verdict, "verdict"), nullable=False),
    Column("weight", Float, nullable=False),
    Column("applied_weight", Float, nullable=False),
    Column("critical", words(CriticalKind, "critical")),
    Column("confidence", Float, nullable=False),
    Column("rule", CleanText(), nullable=False),
    Column("looked_for", CleanText(), nullable=False),
    Column("evidence", json_type(), nullable=False),
    # The calls that lost points at a criterion, of all days, without reading the results themselves.
    Index(
        "ix_criterion_results_lost",
        "key",
        "verdict",
        "evaluation_id",
        sqlite_where=text(LOST),
        postgresql_where=text(LOST),
    ),
    sqlite_with_rowid=False,
)

section_results = Table(
    "section_results",
    metadata,
    part_of("evaluation_id", "evaluations.id", primary_key=True),
    Column("key", CleanText(), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("weight", Float, nullable=False),
    Column("applied_weight", Float, nullable=False),
    Column("score", Float),
    sqlite_with_rowid=False,
)
