"""How many tasks the job engine remembers that have ended: its own tables, which are only read here."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text

from qa.store.database import Transaction

GOING = ("ENQUEUED", "DELAYED", "PENDING")
_HERE = "SELECT count(*), min(created_at), sum(created_at < {mark}) FROM {table} WHERE status NOT IN {going}"


@dataclass(frozen=True, slots=True)
class EndedTasks:
    """Tasks that ended: how many, the oldest's queueing, and how many were queued before a moment."""

    count: int = 0
    oldest: datetime | None = None
    before: int = 0


def ended_tasks(tx: Transaction, file: Path, before: datetime | None) -> EndedTasks:
    """Those of the engine beside the database: in the same PostgreSQL, or in ``file``.

    An engine that never ran has none.
    """
    mark = 0 if before is None else int(before.timestamp() * 1000)
    row = _of_file(file, mark) if tx.dialect.name == "sqlite" else _of_server(tx, mark)
    if row is None or not row[0]:
        return EndedTasks()
    return EndedTasks(int(row[0]), datetime.fromtimestamp(int(row[1]) / 1000, UTC), int(row[2]))


def _of_file(file: Path, mark: int) -> Any:
    if not file.exists():
        return None
    query = _HERE.format(mark=mark, table="workflow_status", going=GOING)
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as raw:
        known = raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'workflow_status'").fetchone()
        return None if known is None else raw.execute(query).fetchone()


def _of_server(tx: Transaction, mark: int) -> Any:
    if tx.scalar(text("SELECT to_regclass('dbos.workflow_status')")) is None:
        return None
    query = _HERE.replace("sum(created_at < {mark})", "count(*) FILTER (WHERE created_at < {mark})")
    return tx.execute(text(query.format(mark=mark, table="dbos.workflow_status", going=GOING))).one()
