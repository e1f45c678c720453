"""Matters that customers were left alone with, kept; and the triggers that say whose may have changed.

A trigger writes its mark in the transaction of the change: a customer, or, where another transaction may say
meanwhile whose it is, a call, a text, or the comment that others answer. Who reads looks up whose these are.
On PostgreSQL marks of different transactions are different rows, so that writers do not wait for each other.
"""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number, words

revision = "0044"
down_revision = "0043"

REASONS = "complaint", "complaint in a call", "broken promise", "low survey"
CUSTOMER = "'customer', {row}.customer_hash, 0", "{row}.customer_hash IS NOT NULL"
CALL = "'call', '', {row}.call_id", "{row}.call_id IS NOT NULL"
TEXT = "'text', {row}.text_key, 0", "{row}.text_key IS NOT NULL"
THREAD = "'thread', {row}.external_id, {row}.source_id", "{row}.external_id IS NOT NULL"
SPOKEN = "{row}.call_id IS NULL AND {row}.outcome = 'answered'"
ANSWERED = "{row}.answered_at IS NOT NULL AND {row}.score IS NOT NULL"
WRITTEN = "source_id, external_id, reply_to, posted_at, text_key, customer_hash, erased_at"

MARKS = (
    ("calls", "customer_hash, started_at", (CUSTOMER,), ""),
    ("contacts", "customer_hash, started_at, outcome, call_id", (CUSTOMER,), SPOKEN),
    ("surveys", "kind, score, scale, answered_at, customer_hash", (CUSTOMER,), ANSWERED),
    ("comments", WRITTEN, (CUSTOMER, THREAD), ""),
    ("call_complaints", "call_id, utterance", (CALL,), ""),
    ("promises", "call_id, state, due_at", (CALL,), "{row}.state = 'broken'"),
    ("text_sentiments", "label, corrected", (TEXT,), ""),
)
"""Table, the columns whose change is marked, marks, and the condition on the row."""


def upgrade() -> None:
    op.create_table(
        "open_matters",
        sa.Column("reason", words("reason", *REASONS), nullable=False),
        sa.Column("subject", number(), autoincrement=False, nullable=False),
        sa.Column("customer_hash", sa.String(64), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("reason", "subject", name="pk_open_matters"),
        sqlite_with_rowid=False,
    )
    for column in ("customer_hash", "at"):
        op.create_index(f"ix_open_matters_{column}", "open_matters", [column])
    op.create_table(
        "care_marks",
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", number(), autoincrement=False, nullable=False),
        sa.Column("tx", number(), autoincrement=False, nullable=False),
        sa.Column("n", number(), nullable=False),
        sa.PrimaryKeyConstraint("source", "key", "number", "tx", name="pk_care_marks"),
        sqlite_with_rowid=False,
    )
    for table, columns, marks, only in MARKS:
        body = "".join(_mark(what, where, only) for what, where in marks)
        for event in ("INSERT", f"UPDATE OF {columns}", "DELETE"):
            _trigger(table, event, body)
    about = "FROM comments p WHERE p.id = {row}.comment_id AND "
    steps = "".join(_mark(what.replace("{row}", "p"), about + where.replace("{row}", "p"), "")
                    for what, where in (CUSTOMER, THREAD))  # fmt: skip
    for event in ("INSERT", "DELETE"):  # a step never changes
        _trigger("comment_events", event, steps)


def _mark(what: str, where: str, only: str) -> str:
    sqlite = op.get_context().dialect.name == "sqlite"
    tx, more = ("0", "UPDATE SET n = n + 1") if sqlite else ("txid_current()", "NOTHING")
    place = where if where.startswith("FROM") else f"WHERE {where}"
    return (
        f"INSERT INTO care_marks (source, key, number, tx, n) SELECT {what}, {tx}, 1 {place}"
        f"{f' AND {only}' if only else ''} ON CONFLICT (source, key, number, tx) DO {more}; "
    )


def _trigger(table: str, event: str, body: str) -> None:
    kind = event.split()[0]
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[kind]
    name, steps = f"{table}_{kind.lower()}_care", "".join(body.replace("{row}", row) for row in rows)
    if op.get_context().dialect.name == "sqlite":
        op.execute(sa.text(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {steps}END".replace(":", "\\:")))
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {steps}"
        f" RETURN {rows[-1]}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
