"""Drafts of scorecards, which calls they judge, tries on past calls, scoring again."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number, words

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("scorecard_versions", sa.Column("note", sa.Text(), nullable=True))
    op.add_column("scorecard_versions", sa.Column("published_by", sa.Text(), nullable=True))
    drafts()
    assignments()
    backtests()
    runs()


def drafts() -> None:
    op.create_table(
        "scorecard_drafts",
        sa.Column("scorecard", sa.Text(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", moment(), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scorecard", name="pk_scorecard_drafts"),
    )


def assignments() -> None:
    op.create_table(
        "scorecard_assignments",
        sa.Column("id", number(), nullable=False),
        sa.Column("place", sa.String(length=96), nullable=False),
        sa.Column("queue_id", number(), nullable=True),
        sa.Column("direction", words("direction", "inbound", "outbound", "internal"), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("scorecard", sa.Text(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["queue_id"], ["queues.id"], name="fk_scorecard_assignments_queue_id_queues", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_scorecard_assignments"),
        sa.UniqueConstraint("place", name="uq_scorecard_assignments_place"),
    )


def backtests() -> None:
    op.create_table(
        "backtests",
        sa.Column("id", number(), nullable=False),
        sa.Column("scorecard", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("result", json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_backtests"),
    )
    op.create_index("ix_backtests_scorecard", "backtests", ["scorecard"])


def runs() -> None:
    op.create_table(
        "rescoring_runs",
        sa.Column("id", number(), nullable=False),
        sa.Column("scorecard", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("since_day", sa.Integer(), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("state", words("state", "queued", "running", "done", "stopped", "failed"), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("scored", sa.Integer(), nullable=False),
        sa.Column("last_call_id", number(), nullable=False),
        sa.Column("executor", sa.Text(), nullable=True),
        sa.Column("heartbeat", moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("finished_at", moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rescoring_runs"),
    )
