"""Sums that pages read, and the triggers that say which days changed.

A trigger writes its mark in the transaction of the change. On PostgreSQL marks of different transactions are
different rows, so that writers do not wait for each other.
"""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number

revision = "0031"
down_revision = "0030"

FACTS = "local_day, started_at, team_id, agent_id, queue_id, direction, language, generated, customer_hash"
FOUND = (
    "status, score, band, failed_customer, failed_business, failed_compliance, abusive, left_out, duration"
)
INCOMING = "(c.direction IS NULL OR c.direction = 'inbound') AND c.queue_id IS NOT NULL"
"""Calls of which the analytics ask whether the customer called again."""


def upgrade() -> None:
    _tables()
    op.drop_index("ix_calls_customer_hash", "calls")
    op.create_index("ix_calls_customer_hash_started_at", "calls", ["customer_hash", "started_at"])
    op.create_index("ix_surveys_sent_at", "surveys", ["sent_at"])
    op.create_index("ix_comments_source_id_reply_to", "comments", ["source_id", "reply_to"])
    op.create_index("ix_comments_source_id_external_id", "comments", ["source_id", "external_id"])
    for table, when, body in _rules():
        _trigger(table, when, body)


def _tables() -> None:
    keyed = {"rollup_marks": "source", "rollup_stale": "kind"}
    more = {"rollup_marks": (sa.Column("tx", number(), nullable=False), sa.Column("n", number(), nullable=False)),
            "rollup_stale": (sa.Column("stamp", number(), nullable=False),)}  # fmt: skip
    for name, first in keyed.items():
        keys = (first, "day", "tx") if name == "rollup_marks" else (first, "day")
        op.create_table(
            name,
            sa.Column(first, sa.String(16), nullable=False),
            sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
            *more[name],
            sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "rollup_parts",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stamp", number(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("cells", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "first", name="pk_rollup_parts"),
    )
    op.create_table(
        "rollup_days",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "day", name="pk_rollup_days"),
    )


def _rules() -> list[tuple[str, str, str]]:
    """Table, event, and the marks it makes; ``ROW`` stands for the row as it was, as it is, or both."""
    found = [
        ("calls", "INSERT", _mark("calls", "{row}.local_day") + _next()),
        ("calls", f"UPDATE OF {FACTS}", _mark("calls", "{row}.local_day") + _next() + _asked()),
        ("calls", f"UPDATE OF {FOUND}", _mark("findings", "{row}.local_day") + _asked()),
        ("calls", "DELETE", _mark("calls", "{row}.local_day") + _next() + _asked()),
    ]
    for table, source, only in (
        ("evaluations", "findings", "{row}.current AND {row}.source = 'auto'"),
        ("reviews", "reviews", "{row}.state = 'finished'"),
        ("promises", "promises", ""),
    ):
        where = "c.id = {row}.call_id" + (f" AND {only}" if only else "")
        body = _mark(source, "c.local_day", f"calls c WHERE {where}")
        found += [(table, event, body) for event in ("INSERT", "UPDATE", "DELETE")]
    # Results and measures come and go with their evaluation or their call; what changes alone is marked.
    made = "evaluations e JOIN calls c ON c.id = e.call_id WHERE e.id = {row}.evaluation_id"
    measured = "calls c WHERE c.id = {row}.call_id"
    for event in ("UPDATE", "DELETE"):
        found.append(("criterion_results", event, _mark("findings", "c.local_day", made)))
        found.append(("measurements", event, _mark("measures", "c.local_day", measured)))
    return found + _feedback()


def _feedback() -> list[tuple[str, str, str]]:
    events = ("INSERT", "UPDATE", "DELETE")
    own = _mark("surveys", _utc("coalesce({row}.answered_at, {row}.sent_at)"))
    answers = "comments o WHERE o.source_id = {row}.source_id AND o.reply_to = {row}.external_id"
    posted = _mark("comments", _utc("{row}.posted_at")) + _mark("comments", _utc("o.posted_at"), answers)
    about = "comments o WHERE o.id = {row}.comment_id"
    thread = (
        "comments p JOIN comments o ON o.source_id = p.source_id AND o.reply_to = p.external_id"
        " WHERE p.id = {row}.comment_id"
    )
    of_comment = _mark("comments", _utc("o.posted_at"), about)
    read = _mark("comments", _utc("o.posted_at"), "comments o WHERE o.text_key = {row}.text_key")
    read += _mark("surveys", _utc("coalesce(s.answered_at, s.sent_at)"), "surveys s WHERE s.text_key = {row}.text_key")
    found = [("surveys", event, own) for event in events] + [("comments", event, posted) for event in events]
    found += [("text_sentiments", event, read) for event in events]
    for table in ("comment_readings", "comment_aspects"):
        found += [(table, event, of_comment) for event in events]
    ledger = of_comment + _mark("comments", _utc("o.posted_at"), thread)
    return found + [("comment_events", event, ledger) for event in ("INSERT", "DELETE")]


def _mark(source: str, day: str, rows: str = "") -> str:
    """A statement that marks days; ``rows`` are those of other tables that say which."""
    dialect = op.get_context().dialect.name
    tx, more = ("0", "UPDATE SET n = n + 1") if dialect == "sqlite" else ("txid_current()", "NOTHING")
    place = f"FROM {rows} AND" if rows else "WHERE"
    return (
        f"INSERT INTO rollup_marks (source, day, tx, n) SELECT DISTINCT '{source}', {day}, {tx}, 1 {place}"
        f" {day} IS NOT NULL ON CONFLICT (source, day, tx) DO {more}; "
    )


def _next() -> str:
    """The customer's next call may have become the first one, or ceased to be."""
    after = (
        "(SELECT c.local_day FROM calls c WHERE c.customer_hash = {row}.customer_hash"
        f" AND c.started_at > {{row}}.started_at AND {INCOMING} ORDER BY c.started_at LIMIT 1)"
    )
    return _mark("first", "f.local_day", f"{after} f WHERE 1 = 1")


def _asked() -> str:
    """Surveys of the call tell its agent and its score."""
    return _mark("surveys", _utc("coalesce(s.answered_at, s.sent_at)"), "surveys s WHERE s.call_id = {row}.id")


def _utc(when: str) -> str:
    """The day in UTC of a moment."""
    if op.get_context().dialect.name == "sqlite":
        return f"{when} / 86400000000"
    return f"floor(extract(epoch FROM {when}) / 86400)::integer"


def _trigger(table: str, event: str, body: str) -> None:
    kind = event.split()[0]
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[kind]
    name = f"{table}_{kind.lower()}_marks" if FOUND not in event else f"{table}_found_marks"
    steps = "".join(body.replace("{row}", row) for row in rows)
    # Before a call goes its surveys still name it; all else is marked once the row is as it will be.
    when = "BEFORE" if (table, kind) == ("calls", "DELETE") else "AFTER"
    if op.get_context().dialect.name == "sqlite":
        op.execute(sa.text(f"CREATE TRIGGER {name} {when} {event} ON {table} BEGIN {steps}END".replace(":", "\\:")))
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {steps}"
        f" RETURN {rows[-1]}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} {when} {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
