"""Calibration rounds, the reviews that belong to them, and reference verdicts."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number, words

revision = "0012"
down_revision = "0011"
VERDICTS = ("met", "partly", "not met", "not applicable", "cannot tell")


def upgrade() -> None:
    op.create_table(
        "calibration_rounds",
        sa.Column("id", number(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scorecard", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seed", number(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_by", number(), nullable=True),
        sa.Column("made_at", moment(), nullable=False),
        sa.Column("due", moment(), nullable=True),
        sa.Column("state", words("state", "open", "debrief", "closed"), nullable=False),
        sa.Column("debriefed_at", moment(), nullable=True),
        sa.Column("closed_at", moment(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name="fk_calibration_rounds_made_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_calibration_rounds"),
    )
    # Alembic cannot add a column with a reference on SQLite; both databases read these words.
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE reviews ADD COLUMN round_id {kind}"
        " CONSTRAINT fk_reviews_round_id_calibration_rounds REFERENCES calibration_rounds (id)"
    )
    once = ["round_id", "call_id", "reviewer_id"]
    op.create_index("ix_reviews_round_id_call_id_reviewer_id", "reviews", once, unique=True)
    reference_verdicts()


def reference_verdicts() -> None:
    op.create_table(
        "reference_verdicts",
        sa.Column("round_id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("verdict", words("verdict", *VERDICTS), nullable=False),
        sa.Column("user_id", number(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["calibration_rounds.id"],
            name="fk_reference_verdicts_round_id_calibration_rounds",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_reference_verdicts_call_id_calls", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_reference_verdicts_user_id_users"),
        sa.PrimaryKeyConstraint("round_id", "call_id", "key", name="pk_reference_verdicts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reference_verdicts_call_id", "reference_verdicts", ["call_id"])
