"""The audit log. The database itself refuses to change or delete an entry, or to add one out of order."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number

revision = "0026"
down_revision = "0025"

STAYS = "the audit log is only ever added to"


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("position", number(), autoincrement=False, nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("user_name", sa.Text(), nullable=True),
        sa.Column("user_role", sa.String(length=32), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_audit_log"),
    )
    for columns in (["at"], ["subject", "act"], ["act", "position"], ["user_id", "position"]):
        op.create_index(f"ix_audit_log_{'_'.join(columns)}", "audit_log", columns)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", number(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.create_table(
        "audit_anchors",
        sa.Column("number", number(), autoincrement=False, nullable=False),
        sa.Column("position", number(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_anchors"),
    )
    if op.get_context().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _guard_sqlite() -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
    for table, order in (("audit_log", "position"), ("audit_anchors", "number")):
        for what in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} {refuse}")
        # INSERT OR REPLACE deletes without asking the trigger for deletion.
        op.execute(
            f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table}"
            f" WHEN NEW.{order} <= (SELECT coalesce(max({order}), 0) FROM {table}) {refuse}"
        )


def _guard_postgresql() -> None:
    refuse = f"RAISE EXCEPTION '{STAYS}';"
    op.execute(
        f"CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse} END $$"
    )
    for table in ("audit_log", "audit_anchors"):
        op.execute(
            f"CREATE TRIGGER {table}_changed BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION audit_stays()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()"
        )
