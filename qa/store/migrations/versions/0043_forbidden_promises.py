"""Forbidden promises are few among many: an index of their own counts them without a look at the others."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0037"


def upgrade() -> None:
    op.create_index(
        "ix_promises_forbidden",
        "promises",
        ["state", "due_at"],
        sqlite_where=sa.text("forbidden = 1"),  # as it is asked
        postgresql_where=sa.text("forbidden"),
    )
