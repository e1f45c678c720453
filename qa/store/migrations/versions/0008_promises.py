"""The promise ledger."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number, words

revision = "0008"
down_revision = "0007"
STATES = ("open", "kept", "broken", "void")


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("utterance", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=True),
        sa.Column("when", sa.Text(), nullable=False),
        sa.Column("due_at", moment(), nullable=True),
        sa.Column("forbidden", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("state", words("state", *STATES), nullable=False),
        sa.Column("changed_at", moment(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_promises_call_id_calls", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
    )
    op.create_index("ix_promises_call_id", "promises", ["call_id"])
    op.create_index("ix_promises_state_due_at", "promises", ["state", "due_at"])
    op.create_table(
        "promise_events",
        sa.Column("id", number(), nullable=False),
        sa.Column("promise_id", number(), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("state", words("state", *STATES), nullable=True),
        sa.Column("due_at", moment(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promises.id"], name="fk_promise_events_promise_id_promises", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_promise_events_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_promise_events"),
    )
    op.create_index("ix_promise_events_promise_id", "promise_events", ["promise_id"])
