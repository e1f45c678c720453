"""Calls with a recording, and those without, in the order of the list."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    for name, which in (("ix_calls_heard", "media IS NOT NULL"), ("ix_calls_unheard", "media IS NULL")):
        where = sa.text(which)
        op.create_index(name, "calls", ["started_at", "id"], sqlite_where=where, postgresql_where=where)
