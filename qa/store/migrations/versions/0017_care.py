"""The comments desk and the care of customers. The ledger of comments refuses change and deletion.

Rebuilding ``comments`` or ``comment_events`` in batch mode drops these triggers on SQLite: such a migration
must make them again (``guard``).
"""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number, words

revision = "0017"
down_revision = "0016"

STEPS = (
    "replied",
    "offered remedy",
    "resolved",
    "thanked",
    "unresolved",
    "hidden",
    "shown again",
    "handed over",
    "noted",
    "sentiment corrected",
)
STAYS = "the ledger of comments is only ever added to"
PERMITTED = "EXISTS (SELECT 1 FROM erasure_permits WHERE comment_id = OLD.{id})"


def upgrade() -> None:
    _more_steps()
    op.create_table(
        "erasure_permits",
        sa.Column("comment_id", number(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("comment_id", name="pk_erasure_permits"),
    )
    op.create_table(
        "reply_templates",
        sa.Column("id", number(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("kind", words("kind", "apology", "remedy", "contact", "thanks"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_reply_templates_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_reply_templates"),
    )
    op.create_index("ix_reply_templates_key_language", "reply_templates", ["key", "language"])
    _readings()
    _follow_ups()
    guard()


def _more_steps() -> None:
    with op.batch_alter_table("comment_events") as batch:
        if op.get_context().dialect.name == "postgresql":
            batch.drop_constraint("step", type_="check")
        batch.create_check_constraint("step", sa.column("step").in_(STEPS))
        batch.add_column(sa.Column("to_user_id", number(), nullable=True))
        batch.add_column(sa.Column("template", sa.String(length=40), nullable=True))
        batch.create_foreign_key("fk_comment_events_to_user_id_users", "users", ["to_user_id"], ["id"])


def _readings() -> None:
    op.create_table(
        "comment_readings",
        sa.Column("comment_id", number(), autoincrement=False, nullable=False),
        sa.Column("suggestion", sa.Boolean(), nullable=False),
        sa.Column("version", sa.String(length=24), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comments.id"],
            name="fk_comment_readings_comment_id_comments",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comment_id", name="pk_comment_readings"),
    )
    op.create_table(
        "comment_aspects",
        sa.Column("comment_id", number(), autoincrement=False, nullable=False),
        sa.Column("aspect", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comments.id"],
            name="fk_comment_aspects_comment_id_comments",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comment_id", "aspect", name="pk_comment_aspects"),
    )
    op.create_index("ix_comment_aspects_aspect", "comment_aspects", ["aspect"])


def _follow_ups() -> None:
    subjects = (("comment_id", "comments"), ("promise_id", "promises"), ("survey_id", "surveys"))
    op.create_table(
        "follow_ups",
        sa.Column("id", number(), nullable=False),
        sa.Column("customer_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", words("reason", "complaint", "broken promise", "low survey"), nullable=False),
        *(sa.Column(column, number(), nullable=True) for column, _ in subjects),
        sa.Column("owner_id", number(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("closed_at", moment(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=f"fk_follow_ups_{column}_{table}", ondelete="CASCADE"
            )
            for column, table in subjects
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_follow_ups_owner_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_ups"),
        *(sa.UniqueConstraint(column, name=f"uq_follow_ups_{column}") for column, _ in subjects),
    )
    op.create_index("ix_follow_ups_customer_hash", "follow_ups", ["customer_hash"])
    op.create_table(
        "follow_up_events",
        sa.Column("id", number(), nullable=False),
        sa.Column("follow_up_id", number(), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("owner_id", number(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["follow_ups.id"],
            name="fk_follow_up_events_follow_up_id_follow_ups",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_follow_up_events_user_id_users"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_follow_up_events_owner_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up_events"),
    )
    op.create_index("ix_follow_up_events_follow_up_id", "follow_up_events", ["follow_up_id"])


def guard() -> None:
    if op.get_context().dialect.name == "postgresql":
        _guard_postgresql()
        return
    rules = (
        ("comment_events", "UPDATE", "1"),
        ("comment_events", "DELETE", f"NOT {PERMITTED.format(id='comment_id')}"),
        ("comments", "UPDATE OF text, posted_at, stars, channel", "1"),
        ("comments", "DELETE", f"NOT {PERMITTED.format(id='id')}"),
    )
    for table, what, when in rules:
        name = f"{table}_{what.split()[0].lower()}"
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {what} ON {table} WHEN {when}"
            f" BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
        )


def _guard_postgresql() -> None:
    refuse = f"RAISE EXCEPTION '{STAYS}';"
    bodies = {
        "ledger_unchanged": refuse,
        "event_stays": f"IF NOT {PERMITTED.format(id='comment_id')} THEN {refuse} END IF; RETURN OLD;",
        "comment_stays": f"IF NOT {PERMITTED.format(id='id')} THEN {refuse} END IF; RETURN OLD;",
    }
    for name, body in bodies.items():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        )
    for table, what, name in (
        ("comment_events", "UPDATE", "ledger_unchanged"),
        ("comment_events", "DELETE", "event_stays"),
        ("comments", "UPDATE OF text, posted_at, stars, channel", "ledger_unchanged"),
        ("comments", "DELETE", "comment_stays"),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_{what.split()[0].lower()} BEFORE {what} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
