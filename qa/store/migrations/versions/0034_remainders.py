"""What was removed from rows and still counts in the sums of its day; the mark of retention's rules.

The mark named every kind, so that a version with more kinds would have switched removal off.
"""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json as json_type
from qa.store.migrations.columns import moment, number

revision = "0034"
down_revision = "0033"

KINDS = (
    "audio", "words", "notes", "evaluations", "customers", "moments", "surveys", "comments", "orders", "contacts",
    "queue log", "messages", "sessions", "sign-ins", "playable", "quarantine", "reports", "copies",
)  # fmt: skip
SETTINGS = sa.table("site_settings", sa.column("key", sa.Text()), sa.column("value", json_type()))


def upgrade() -> None:
    op.create_table(
        "rollup_remainders",
        sa.Column("id", number(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rollup_remainders"),
        sa.UniqueConstraint("kind", "day", name="uq_rollup_remainders_kind_day"),
    )
    op.create_index("ix_rollup_remainders_at", "rollup_remainders", ["at"])
    _marked_anew()


def _marked_anew() -> None:
    bind, c = op.get_bind(), SETTINGS.c
    keys = "retention_rules", "retention_on"
    found: dict[str, Any] = dict(bind.execute(sa.select(c.key, c.value).where(c.key.in_(keys))).all())
    rules = found.get("retention_rules") or {}
    if found.get("retention_on") == _mark({name: rules.get(name) for name in KINDS}):
        given = {name: days for name, days in rules.items() if days is not None}
        bind.execute(sa.update(SETTINGS).where(c.key == "retention_on").values(value=_mark(given)))


def _mark(rules: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()[:16]
