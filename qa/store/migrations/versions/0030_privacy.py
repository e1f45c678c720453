"""What was removed and why, legal holds, requests of customers; surveys and comments without their person."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number, words

revision = "0030"
down_revision = "0029"
PARTS = ("audio", "words", "notes", "evaluation", "customer")


def upgrade() -> None:
    op.create_table(
        "removals",
        sa.Column("call_id", number(), nullable=False),
        sa.Column("part", words("part", *PARTS), nullable=False),
        sa.Column("cause", words("cause", "retention", "erasure"), nullable=False),
        sa.Column("at", moment(), nullable=False),
        _link("removals", "call_id", "calls", "CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "part", name="pk_removals"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "file_removals",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("place", name="pk_file_removals"),
        sqlite_with_rowid=False,
    )
    holds()
    op.create_table(
        "erasures",
        sa.Column("id", number(), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("facts", json(), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("at", moment(), nullable=False),
        sa.Column("finished_at", moment(), nullable=True),
        _link("erasures", "user_id", "users", None),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )
    op.create_index("ix_erasures_request", "erasures", ["request"])
    for table in ("surveys", "comments"):  # not in batch mode, which would drop the triggers of the ledger
        op.add_column(table, sa.Column("erased_at", moment(), nullable=True))


def holds() -> None:
    table = "legal_holds"
    op.create_table(
        table,
        sa.Column("id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=True),
        sa.Column("customer_hash", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until_day", sa.Integer(), nullable=True),
        sa.Column("set_by", number(), nullable=True),
        sa.Column("since", moment(), nullable=False),
        sa.Column("lifted_at", moment(), nullable=True),
        sa.Column("lifted_by", number(), nullable=True),
        _link(table, "call_id", "calls", "CASCADE"),
        _link(table, "set_by", "users", None),
        _link(table, "lifted_by", "users", None),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    for column in ("call_id", "customer_hash"):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _link(table: str, column: str, target: str, ondelete: str | None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete=ondelete
    )
