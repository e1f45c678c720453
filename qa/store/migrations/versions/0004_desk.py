"""The review desk: plans of samples, reviews with both verdicts, disputes with their steps."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number, words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    sampling_plans()
    reviews()
    review_verdicts()
    disputes()
    dispute_events()


def sampling_plans() -> None:
    op.create_table(
        "sampling_plans",
        sa.Column("id", number(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("settings", json(), nullable=False),
        sa.Column("seed", number(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_by", number(), nullable=True),
        sa.Column("made_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(['made_by'], ["users.id"], name="fk_sampling_plans_made_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_sampling_plans"),
        sa.UniqueConstraint("week", name="uq_sampling_plans_week"),
    )


def reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("plan_id", number(), nullable=True),
        sa.Column("kind", words("kind", "review", "calibration", "dispute"), nullable=False),
        sa.Column("layer", words("layer", "random", "risk", "targeted"), nullable=True),
        sa.Column("week", sa.Integer(), nullable=True),
        sa.Column("reasons", json(), nullable=False),
        sa.Column("scorecard", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", number(), nullable=True),
        sa.Column("assigned_at", moment(), nullable=False),
        sa.Column("due", moment(), nullable=True),
        sa.Column("started_at", moment(), nullable=True),
        sa.Column("finished_at", moment(), nullable=True),
        sa.Column("seconds", sa.Float(), server_default="0", nullable=False),
        sa.Column("state", words("state", "assigned", "started", "finished", "replaced"), nullable=False),
        sa.Column("auto_status", words("auto_status", "scored", "insufficient", "no speech", "language not supported"), nullable=False),
        sa.Column("auto_score", sa.Float(), nullable=True),
        sa.Column("auto_band", words("auto_band", "pass", "coach", "flag"), nullable=True),
        sa.Column("human_status", words("human_status", "scored", "insufficient", "no speech", "language not supported"), nullable=True),
        sa.Column("human_score", sa.Float(), nullable=True),
        sa.Column("human_before_critical", sa.Float(), nullable=True),
        sa.Column("human_failed_by", json(), nullable=True),
        sa.Column("human_band", words("human_band", "pass", "coach", "flag"), nullable=True),
        sa.Column("replaced_by", number(), nullable=True),
        sa.Column("replaced_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(['replaced_by'], ["reviews.id"], name="fk_reviews_replaced_by_reviews", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(['reviewer_id'], ["users.id"], name="fk_reviews_reviewer_id_users"),
        sa.ForeignKeyConstraint(['call_id'], ["calls.id"], name="fk_reviews_call_id_calls", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(['plan_id'], ["sampling_plans.id"], name="fk_reviews_plan_id_sampling_plans"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.UniqueConstraint("plan_id", "call_id", name="uq_reviews_plan_id_call_id"),
    )
    op.create_index("ix_reviews_call_id", "reviews", ['call_id'])
    op.create_index("ix_reviews_reviewer_id_state", "reviews", ['reviewer_id', 'state'])
    op.create_index("ix_reviews_week", "reviews", ['week'])


def review_verdicts() -> None:
    op.create_table(
        "review_verdicts",
        sa.Column("review_id", number(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("automatic", words("automatic", "met", "partly", "not met", "not applicable", "cannot tell"), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("human", words("human", "met", "partly", "not met", "not applicable", "cannot tell"), nullable=True),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(['review_id'], ["reviews.id"], name="fk_review_verdicts_review_id_reviews", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("review_id", "key", name="pk_review_verdicts"),
        sqlite_with_rowid=False,
    )


def disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("scorecard", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agent_id", number(), nullable=False),
        sa.Column("opened_by", number(), nullable=False),
        sa.Column("original", words("original", "met", "partly", "not met", "not applicable", "cannot tell"), nullable=False),
        sa.Column("source", words("source", "auto", "human"), nullable=False),
        sa.Column("review_id", number(), nullable=True),
        sa.Column("reviewer_id", number(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", words("state", "open", "answered", "closed"), nullable=False),
        sa.Column("opened_at", moment(), nullable=False),
        sa.Column("due", moment(), nullable=False),
        sa.Column("answered_at", moment(), nullable=True),
        sa.Column("closed_at", moment(), nullable=True),
        sa.Column("outcome", words("outcome", "accepted", "partly", "rejected"), nullable=True),
        sa.Column("verdict", words("verdict", "met", "partly", "not met", "not applicable", "cannot tell"), nullable=True),
        sa.ForeignKeyConstraint(['agent_id'], ["agents.id"], name="fk_disputes_agent_id_agents"),
        sa.ForeignKeyConstraint(['call_id'], ["calls.id"], name="fk_disputes_call_id_calls", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(['opened_by'], ["users.id"], name="fk_disputes_opened_by_users"),
        sa.ForeignKeyConstraint(['reviewer_id'], ["users.id"], name="fk_disputes_reviewer_id_users"),
        sa.ForeignKeyConstraint(['review_id'], ["reviews.id"], name="fk_disputes_review_id_reviews"),
        sa.PrimaryKeyConstraint("id", name="pk_disputes"),
        sa.CheckConstraint("round BETWEEN 1 AND 3", name="rounds"),
        sa.UniqueConstraint("call_id", "key", name="uq_disputes_call_id_key"),
    )
    op.create_index("ix_disputes_agent_id", "disputes", ['agent_id'])
    op.create_index("ix_disputes_state_due", "disputes", ['state', 'due'])


def dispute_events() -> None:
    op.create_table(
        "dispute_events",
        sa.Column("id", number(), nullable=False),
        sa.Column("dispute_id", number(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", words("step", "opened", "answered", "reopened", "closed"), nullable=False),
        sa.Column("user_id", number(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("outcome", words("outcome", "accepted", "partly", "rejected"), nullable=True),
        sa.Column("verdict", words("verdict", "met", "partly", "not met", "not applicable", "cannot tell"), nullable=True),
        sa.Column("at", moment(), nullable=False),
        sa.ForeignKeyConstraint(['dispute_id'], ["disputes.id"], name="fk_dispute_events_dispute_id_disputes", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(['user_id'], ["users.id"], name="fk_dispute_events_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_events"),
    )
    op.create_index("ix_dispute_events_dispute_id", "dispute_events", ['dispute_id'])
