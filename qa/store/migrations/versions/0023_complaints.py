"""Complaints that customers spoke in calls, and following them up."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number

revision = "0023"
down_revision = "0022"

REASONS = ("complaint", "complaint in a call", "broken promise", "low survey")


def upgrade() -> None:
    op.create_table(
        "call_complaints",
        sa.Column("id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("utterance", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_call_complaints_call_id_calls", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_call_complaints"),
        sa.UniqueConstraint("call_id", "utterance", name="uq_call_complaints_call_id_utterance"),
    )
    with op.batch_alter_table("follow_ups") as batch:
        if op.get_context().dialect.name == "postgresql":
            batch.drop_constraint("reason", type_="check")
        batch.create_check_constraint("reason", sa.column("reason").in_(REASONS))
        batch.add_column(sa.Column("call_id", number(), nullable=True))
        batch.create_foreign_key(
            "fk_follow_ups_call_id_calls", "calls", ["call_id"], ["id"], ondelete="CASCADE"
        )
        batch.create_unique_constraint("uq_follow_ups_call_id", ["call_id"])
