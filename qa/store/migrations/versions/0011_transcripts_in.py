"""Calls whose words came with them: where the imported transcript lies."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("calls", sa.Column("transcript_file", sa.Text(), nullable=True))
