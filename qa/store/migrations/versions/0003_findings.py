"""What is found in a call, and the search index over its words."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number, words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    findings()
    evaluations()
    search()


def findings() -> None:
    op.create_table(
        "transcripts",
        sa.Column("call_id", number(), autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_transcripts_call_id_calls", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", name="pk_transcripts"),
    )
    op.create_table(
        "redactions",
        sa.Column("call_id", number(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("utterance", sa.Integer(), nullable=False),
        sa.Column("placeholder_start", sa.Integer(), nullable=False),
        sa.Column("placeholder_end", sa.Integer(), nullable=False),
        sa.Column("start", sa.Float(), nullable=True),
        sa.Column("end", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_redactions_call_id_calls", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "position", name="pk_redactions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "measurements",
        sa.Column("call_id", number(), nullable=False),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("evidence", json(), nullable=False),
        sa.CheckConstraint("(value IS NULL) <> (reason IS NULL)", name="value_or_reason"),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_measurements_call_id_calls", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("call_id", "name", name="pk_measurements"),
        sqlite_with_rowid=False,
    )


def evaluations() -> None:
    op.create_table(
        "evaluations",
        sa.Column("id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("scorecard", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            words("source", "auto", "human"),
            nullable=False,
        ),
        sa.Column(
            "status",
            words("status", "scored", "insufficient", "no speech", "language not supported"),
            nullable=False,
        ),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("score_before_critical", sa.Float(), nullable=True),
        sa.Column("failed_by", json(), nullable=False),
        sa.Column(
            "band",
            words("band", "pass", "coach", "flag"),
            nullable=True,
        ),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_evaluations_call_id_calls", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evaluations"),
        sa.UniqueConstraint(
            "call_id",
            "scorecard",
            "version",
            "source",
            name="uq_evaluations_call_id_scorecard_version_source",
        ),
    )
    op.create_index(
        "uq_evaluations_current",
        "evaluations",
        ["call_id", "source"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "criterion_results",
        sa.Column("evaluation_id", number(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column(
            "verdict",
            words("verdict", "met", "partly", "not met", "not applicable", "cannot tell"),
            nullable=False,
        ),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("applied_weight", sa.Float(), nullable=False),
        sa.Column(
            "critical",
            words("critical", "customer", "business", "compliance"),
            nullable=True,
        ),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("looked_for", sa.Text(), nullable=False),
        sa.Column("evidence", json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluation_id"],
            ["evaluations.id"],
            name="fk_criterion_results_evaluation_id_evaluations",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("evaluation_id", "key", name="pk_criterion_results"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "section_results",
        sa.Column("evaluation_id", number(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("applied_weight", sa.Float(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["evaluation_id"],
            ["evaluations.id"],
            name="fk_section_results_evaluation_id_evaluations",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("evaluation_id", "key", name="pk_section_results"),
        sqlite_with_rowid=False,
    )


def search() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE call_fts USING fts5(document, tokenize='unicode61', prefix='2 3')")
        return
    op.execute(
        "CREATE TABLE call_search ("
        "call_id BIGINT NOT NULL CONSTRAINT pk_call_search PRIMARY KEY"
        " CONSTRAINT fk_call_search_call_id_calls REFERENCES calls (id) ON DELETE CASCADE,"
        " document TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_call_search_document ON call_search USING GIN (document)")
