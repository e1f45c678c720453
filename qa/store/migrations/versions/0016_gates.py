"""How imports came and what was refused of them; keys of systems that push; surveys found by call."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("imports", sa.Column("via", sa.Text(), nullable=True))
    op.add_column("imports", sa.Column("person", sa.Text(), nullable=True))
    op.add_column("imports", sa.Column("refusal", sa.Text(), nullable=True))
    op.add_column("imports", sa.Column("reasons", json(), nullable=True))
    op.create_index("ix_surveys_call_ref", "surveys", ["call_ref"])
    op.create_table(
        "push_keys",
        sa.Column("id", number(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("last_used", moment(), nullable=True),
        sa.Column("revoked_at", moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_push_keys"),
        sa.UniqueConstraint("key_hash", name="uq_push_keys_key_hash"),
    )
