"""Indexes that hold all that figures of customers ask: orders, steps of comments, what an author wrote."""

from alembic import op

revision = "0037"
down_revision = "0036"

INDEXES = (
    ("orders", ("customer_hash",), ("customer_hash", "ordered_at", "service")),
    ("comment_events", ("comment_id",), ("comment_id", "step", "at", "id")),
    ("comments", (), ("author_hash", "posted_at")),
)


def upgrade() -> None:
    for table, before, now in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(now)}", table, list(now))
        if before:
            op.drop_index(f"ix_{table}_{'_'.join(before)}", table)
