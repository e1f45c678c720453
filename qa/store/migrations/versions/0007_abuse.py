"""Calls with an abusive customer, and the sentiment of utterances."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("calls", sa.Column("abusive", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_calls_abusive", "calls", ["abusive", "started_at"])
    op.add_column("transcripts", sa.Column("sentiment", json(), nullable=True))
