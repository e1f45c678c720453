"""Answered calls in the telephone records that have no recording, by customer: one index of those alone."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

ANSWERED = sa.text("call_id IS NULL AND outcome = 'answered'")


def upgrade() -> None:
    op.create_index(
        "ix_contacts_answered",
        "contacts",
        ["customer_hash", "started_at"],
        sqlite_where=ANSWERED,
        postgresql_where=ANSWERED,
    )
