"""Telephone records by their customer: one who was called is not left alone."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_index("ix_contacts_customer_hash", "contacts", ["customer_hash"])
