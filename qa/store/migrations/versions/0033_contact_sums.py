"""Triggers that say on which days telephone contacts changed: their sums are kept as those of calls are.

A contact is a record, or what the events of its unique id make of it; a record counts only where its unique
id has no such events. So an event marks its day, those of the others of its unique id, and their records'.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

RECORD = "unique_id, queue, started_at, outcome, waited, talked"
EVENT = 'at, unique_id, queue, event, "first", "second", third, fourth'
SAME = "o WHERE o.unique_id = {row}.unique_id"


def upgrade() -> None:
    own = _mark("{row}.started_at", "")
    event = _mark("{row}.at", "") + _mark("o.at", f"queue_events {SAME}") + _mark("o.started_at", f"contacts {SAME}")
    for table, columns, body in (("contacts", RECORD, own), ("queue_events", EVENT, event)):
        for when in ("INSERT", f"UPDATE OF {columns}", "DELETE"):
            _trigger(table, when, body)


def _mark(moment: str, rows: str) -> str:
    """A statement that marks the day, in UTC, of a moment; ``rows`` are those of other tables."""
    sqlite = op.get_context().dialect.name == "sqlite"
    tx, more = ("0", "UPDATE SET n = n + 1") if sqlite else ("txid_current()", "NOTHING")
    day = f"{moment} / 86400000000" if sqlite else f"floor(extract(epoch FROM {moment}) / 86400)::integer"
    return (
        f"INSERT INTO rollup_marks (source, day, tx, n) SELECT DISTINCT 'contacts', {day}, {tx}, 1"
        f" {f'FROM {rows}' if rows else 'WHERE 1 = 1'} ON CONFLICT (source, day, tx) DO {more}; "
    )


def _trigger(table: str, event: str, body: str) -> None:
    kind = event.split()[0]
    rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[kind]
    name, steps = f"{table}_{kind.lower()}_marks", "".join(body.replace("{row}", row) for row in rows)
    if op.get_context().dialect.name == "sqlite":
        op.execute(sa.text(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {steps}END".replace(":", "\\:")))
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {steps}"
        f" RETURN {rows[-1]}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
