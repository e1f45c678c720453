"""Views that could not be written into the log at once: kept in a file beside the database, then taken in."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from qa.errors import WriteFailed
from qa.store.audit.acts import Act, Entry
from qa.store.audit.writing import note
from qa.store.database import BUSY_MILLISECONDS, Database, Transaction
from qa.store.locks import shared_lock, sole_lock
from qa.store.tables import audit_log

FILE, LOCK = "audit-aside.jsonl", "audit-aside.lock"


def set_aside(folder: Path, entry: Entry, at: datetime) -> None:
    """Keep an entry in the data folder, on the disk when this returns.

    Raises:
        WriteFailed: it cannot be written there.
    """
    kept = [at.isoformat(), str(entry.act), entry.user_id, entry.subject, dict(entry.detail)]
    try:
        with shared_lock(folder / LOCK), (folder / FILE).open("ab") as file:
            file.write(json.dumps(kept).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise WriteFailed(
            f"{folder / FILE} cannot be written ({error.strerror}); what is seen must be written down first."
        ) from error


def waiting(folder: Path) -> int:
    """How many entries wait there."""
    try:
        return len((folder / FILE).read_bytes().splitlines())
    except OSError:
        return 0


def take_up(database: Database, folder: Path, patience: int = BUSY_MILLISECONDS) -> int:
    """Write what waits into the log, each with its own moment; gives how many were written. An entry that a
    process had written when it was killed is not written again.

    Raises:
        StoreUnavailable: the database does not take them; they wait on.
    """
    path = folder / FILE
    if not path.exists():
        return 0
    with sole_lock(folder / LOCK) as mine:
        if not mine or not path.exists():
            return 0
        kept = [json.loads(line) for line in path.read_bytes().splitlines() if _whole(line)]
        with database.write(patience) as tx:
            written = sum(_take(tx, one) for one in kept)
        path.unlink()
    return written


def _take(tx: Transaction, kept: list[Any]) -> bool:
    at, act, user_id, subject, detail = kept
    moment, c = datetime.fromisoformat(at), audit_log.c
    same = (c.subject == subject) & (c.act == act) & (c.user_id == user_id) & (c.at == moment)
    if tx.scalar(select(c.position).where(same).limit(1)) is not None:
        return False
    note(tx, Entry(Act(act), user_id, subject, {**detail, "late": "written late"}), at=moment)
    return True


def _whole(line: bytes) -> bool:
    """False for the last line of a process that died while it wrote: it showed nothing either."""
    return line.endswith(b"]")
