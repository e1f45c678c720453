"""The calls that lost points at a criterion are found in an index."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    lost = sa.text("verdict IN ('partly', 'not met')")
    op.create_index(
        "ix_criterion_results_lost",
        "criterion_results",
        ["key", "verdict", "evaluation_id"],
        sqlite_where=lost,
        postgresql_where=lost,
    )
