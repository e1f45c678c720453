"""People of the demo centre: users who cannot sign in and judge generated calls alone."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("users", sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False))
