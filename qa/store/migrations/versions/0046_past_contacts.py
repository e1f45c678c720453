"""What was answered by contacts that were removed since.

No trigger marks it: the removal that writes it takes customers off calls or telephone records, and is marked.
"""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    op.create_table(
        "past_contacts",
        sa.Column("customer_hash", sa.String(64), nullable=False),
        sa.Column("covers", moment(), nullable=False),
        sa.PrimaryKeyConstraint("customer_hash", name="pk_past_contacts"),
        sqlite_with_rowid=False,
    )
