"""The library of exemplary moments."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number, words

revision = "0019"
down_revision = "0018"

LIVE = sa.text("state IN ('proposed', 'consented', 'declined')")


def upgrade() -> None:
    op.create_table(
        "exemplary_moments",
        sa.Column("id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=False),
        sa.Column("utterances", json(), nullable=False),
        sa.Column("lines", json(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("added_by", number(), nullable=False),
        sa.Column(
            "state", words("state", "proposed", "consented", "declined", "withdrawn"), nullable=False
        ),
        sa.Column("named", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("answered_at", moment(), nullable=True),
        sa.Column("withdrawn_at", moment(), nullable=True),
        sa.Column("withdrawn_by", number(), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_exemplary_moments_call_id_calls", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["added_by"], ["users.id"], name="fk_exemplary_moments_added_by_users"),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["users.id"], name="fk_exemplary_moments_withdrawn_by_users"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_exemplary_moments"),
    )
    op.create_index("ix_exemplary_moments_call_id", "exemplary_moments", ["call_id"])
    op.create_index("ix_exemplary_moments_state_key", "exemplary_moments", ["state", "key"])
    op.create_index(
        "uq_exemplary_moments_live",
        "exemplary_moments",
        ["call_id", "key", "start"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
