"""Imports: surveys, comments with their ledger, orders, telephone records."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number, words

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "import_sources",
        sa.Column("id", number(), nullable=False),
        sa.Column("kind", words("kind", "surveys", "comments", "orders", "queue-log", "cdr"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mapping", json(), nullable=False),
        sa.Column("dates", sa.String(length=8), nullable=True),
        sa.Column("scale", sa.Integer(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_sources"),
        sa.UniqueConstraint("kind", "name", name="uq_import_sources_kind_name"),
    )
    op.create_table(
        "comments",
        sa.Column("id", number(), nullable=False),
        sa.Column("source_id", number(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("posted_at", moment(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stars", sa.Float(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("author_hash", sa.String(length=64), nullable=True),
        sa.Column("customer_hash", sa.String(length=64), nullable=True),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("reply_to", sa.Text(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name="fk_comments_source_id_import_sources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sa.UniqueConstraint("key", name="uq_comments_key"),
    )
    op.create_index("ix_comments_customer_hash", "comments", ["customer_hash"])
    op.create_index("ix_comments_posted_at", "comments", ["posted_at"])
    op.create_table(
        "imports",
        sa.Column("id", number(), nullable=False),
        sa.Column("source_id", number(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("already", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name="fk_imports_source_id_import_sources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_table(
        "orders",
        sa.Column("id", number(), nullable=False),
        sa.Column("source_id", number(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("customer_hash", sa.String(length=64), nullable=True),
        sa.Column("ordered_at", moment(), nullable=False),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("amount", sa.Float(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name="fk_orders_source_id_import_sources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sa.UniqueConstraint("key", name="uq_orders_key"),
    )
    op.create_index("ix_orders_customer_hash", "orders", ["customer_hash"])
    op.create_index("ix_orders_ordered_at", "orders", ["ordered_at"])
    op.create_table(
        "comment_events",
        sa.Column("id", number(), nullable=False),
        sa.Column("comment_id", number(), nullable=False),
        sa.Column(
            "step",
            words("step", "replied", "offered remedy", "resolved", "thanked", "unresolved", "hidden"),
            nullable=False,
        ),
        sa.Column("at", moment(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name="fk_comment_events_comment_id_comments", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_comment_events_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_comment_events"),
    )
    op.create_index("ix_comment_events_comment_id", "comment_events", ["comment_id"])
    op.create_table(
        "contacts",
        sa.Column("id", number(), nullable=False),
        sa.Column("source_id", number(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("unique_id", sa.Text(), nullable=False),
        sa.Column("started_at", moment(), nullable=False),
        sa.Column("outcome", words("outcome", "answered", "abandoned", "busy", "failed"), nullable=False),
        sa.Column("waited", sa.Float(), nullable=True),
        sa.Column("talked", sa.Float(), nullable=True),
        sa.Column("queue", sa.Text(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("customer_hash", sa.String(length=64), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("call_id", number(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_contacts_call_id_calls", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name="fk_contacts_source_id_import_sources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        sa.UniqueConstraint("key", name="uq_contacts_key"),
    )
    op.create_index("ix_contacts_call_id", "contacts", ["call_id"])
    op.create_index("ix_contacts_started_at", "contacts", ["started_at"])
    op.create_index("ix_contacts_unique_id", "contacts", ["unique_id"])
    op.create_table(
        "queue_events",
        sa.Column("id", number(), nullable=False),
        sa.Column("source_id", number(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("unique_id", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("second", sa.Integer(), nullable=True),
        sa.Column("third", sa.Integer(), nullable=True),
        sa.Column("fourth", sa.Integer(), nullable=True),
        sa.Column("customer_hash", sa.String(length=64), nullable=True),
        sa.Column("call_id", number(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_queue_events_call_id_calls", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name="fk_queue_events_source_id_import_sources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_queue_events"),
        sa.UniqueConstraint("key", name="uq_queue_events_key"),
    )
    op.create_index("ix_queue_events_at", "queue_events", ["at"])
    op.create_index("ix_queue_events_call_id", "queue_events", ["call_id"])
    op.create_index("ix_queue_events_unique_id", "queue_events", ["unique_id"])
    op.create_table(
        "surveys",
        sa.Column("id", number(), nullable=False),
        sa.Column("source_id", number(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("kind", words("kind", "csat", "nps", "ces"), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.Column("sent_at", moment(), nullable=True),
        sa.Column("answered_at", moment(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("customer_hash", sa.String(length=64), nullable=True),
        sa.Column("call_ref", sa.Text(), nullable=True),
        sa.Column("call_id", number(), nullable=True),
        sa.Column("linked_by", words("linked_by", "call id", "customer"), nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("queue", sa.Text(), nullable=True),
        sa.Column("service", sa.Text(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_surveys_call_id_calls", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["import_sources.id"], name="fk_surveys_source_id_import_sources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
        sa.UniqueConstraint("key", name="uq_surveys_key"),
    )
    op.create_index("ix_surveys_answered_at", "surveys", ["answered_at"])
    op.create_index("ix_surveys_call_id", "surveys", ["call_id"])
    op.create_index("ix_surveys_customer_hash", "surveys", ["customer_hash"])
