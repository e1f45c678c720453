"""Channels and services of comments are looked up in indexes, which the filters of the comments desk list."""

from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    for name in ("channel", "service"):
        op.create_index(f"ix_comments_{name}", "comments", [name])
