"""The sentiment of imported texts, people's corrections of it, and sources that are generated."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number, words

revision = "0015"
down_revision = "0014"
LABELS = ("negative", "neutral", "positive")


def upgrade() -> None:
    op.add_column(
        "import_sources", sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    for table in ("comments", "surveys"):
        op.add_column(table, sa.Column("text_key", sa.String(length=32), nullable=True))
        op.create_index(f"ix_{table}_text_key", table, ["text_key"])
    op.create_table(
        "text_sentiments",
        sa.Column("text_key", sa.String(length=32), nullable=False),
        sa.Column("model", sa.String(length=24), nullable=False),
        sa.Column("label", words("label", *LABELS), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("corrected", words("corrected", *LABELS), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("text_key", name="pk_text_sentiments"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sentiment_corrections",
        sa.Column("id", number(), nullable=False),
        sa.Column("text_key", sa.String(length=32), nullable=False),
        sa.Column("label", words("label", *LABELS), nullable=False),
        sa.Column("was", words("was", *LABELS), nullable=True),
        sa.Column("model", sa.String(length=24), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sentiment_corrections_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_sentiment_corrections"),
    )
    op.create_index("ix_sentiment_corrections_text_key", "sentiment_corrections", ["text_key"])
