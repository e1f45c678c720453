"""Calls, their jobs and comments, and refused files."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number, words

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    calls()


def calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", number(), nullable=False),
        sa.Column("key", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=True),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "source",
            words("source", "command", "upload", "watch", "demo"),
            nullable=False,
        ),
        sa.Column(
            "direction",
            words("direction", "inbound", "outbound", "internal"),
            nullable=True,
        ),
        sa.Column("agent_id", number(), nullable=True),
        sa.Column("team_id", number(), nullable=True),
        sa.Column("queue_id", number(), nullable=True),
        sa.Column("customer_hash", sa.String(length=64), nullable=True),
        sa.Column("started_at", moment(), nullable=False),
        sa.Column("local_day", sa.Integer(), nullable=False),
        sa.Column("duration", sa.Float(), nullable=True),
        sa.Column("channels", sa.Integer(), nullable=True),
        sa.Column("sample_rate", sa.Integer(), nullable=True),
        sa.Column("codec", sa.Text(), nullable=True),
        sa.Column("size", number(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column(
            "status",
            words("status", "waiting", "running", "done", "failed"),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("left_out", sa.Text(), nullable=True),
        sa.Column("roles_confidence", sa.Float(), nullable=True),
        sa.Column("flags", json(), nullable=False),
        sa.Column(
            "scoring",
            words("scoring", "scored", "insufficient", "no speech", "language not supported"),
            nullable=True,
        ),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column(
            "band",
            words("band", "pass", "coach", "flag"),
            nullable=True,
        ),
        sa.Column("failed_customer", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("failed_business", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("failed_compliance", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_calls_agent_id_agents"),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name="fk_calls_queue_id_queues"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_calls_team_id_teams"),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.UniqueConstraint("key", name="uq_calls_key"),
        sa.UniqueConstraint("sha256", name="uq_calls_sha256"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_calls_agent_id_started_at", "calls", ["agent_id", "started_at"], unique=False)
    op.create_index("ix_calls_customer_hash", "calls", ["customer_hash"], unique=False)
    op.create_index(
        "ix_calls_list",
        "calls",
        [
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
        ],
        unique=False,
    )
    op.create_table(
        "jobs",
        sa.Column("call_id", number(), autoincrement=False, nullable=False),
        sa.Column(
            "state",
            words("state", "queued", "running", "done", "failed", "dead"),
            nullable=False,
        ),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("share", sa.Float(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("executor", sa.Text(), nullable=True),
        sa.Column("heartbeat", moment(), nullable=True),
        sa.Column("queued_at", moment(), nullable=False),
        sa.Column("started_at", moment(), nullable=True),
        sa.Column("finished_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_jobs_call_id_calls", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", name="pk_jobs"),
    )
    op.create_index("ix_jobs_state", "jobs", ["state"], unique=False)
    op.create_table(
        "call_notes",
        sa.Column("id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("parent_id", number(), nullable=True),
        sa.Column("user_id", number(), nullable=False),
        sa.Column("at", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("removed_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_call_notes_call_id_calls", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["call_notes.id"], name="fk_call_notes_parent_id_call_notes", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_call_notes_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_call_notes"),
    )
    op.create_index("ix_call_notes_call_id", "call_notes", ["call_id"], unique=False)
    op.create_table(
        "rejections",
        sa.Column("id", number(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rejections"),
    )
    op.create_index("ix_rejections_sha256", "rejections", ["sha256"], unique=False)
