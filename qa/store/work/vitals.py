"""How the site is, in a handful of indexed counts: read often, by monitors."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text

from qa.store.account.sessions import Lifetime, count_live
from qa.store.alert.alert_kinds import MessageState
from qa.store.alert.outbox import count_messages
from qa.store.audit import Act
from qa.store.database import Transaction
from qa.store.kinds import JobState
from qa.store.tables import audit_log, jobs
from qa.store.types import utc_now
from qa.store.work.stages import Stage, list_stages
from qa.store.work.workers import Worker, list_workers

HOUR = timedelta(hours=1)
OPEN = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED, JobState.DEAD)
"""Done jobs are every call that ever was: counting them would read them all."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """``oldest``: since when the job waits that waits longest. ``size``: bytes of the database.
    ``backup_at``: when the last back-up was made by the command of this project.
    """

    jobs: Mapping[JobState, int]
    oldest: datetime | None
    done_last_hour: int
    outbox: Mapping[MessageState, int]
    sessions: int
    size: int
    backup_at: datetime | None
    workers: tuple[Worker, ...]
    stages: tuple[Stage, ...]


def read_vitals(tx: Transaction, lifetime: Lifetime) -> Vitals:
    """Everything at once, of one moment."""
    now = utc_now()
    done = select(func.count()).where(jobs.c.finished_at >= now - HOUR, jobs.c.state == JobState.DONE)
    return Vitals(
        jobs={state: _count(tx, state) for state in OPEN},
        oldest=tx.scalar(select(func.min(jobs.c.queued_at)).where(jobs.c.state == JobState.QUEUED)),
        done_last_hour=int(tx.scalar(done) or 0),
        outbox=count_messages(tx),
        sessions=count_live(tx, now, lifetime),
        size=database_size(tx),
        backup_at=last_backup(tx),
        workers=list_workers(tx),
        stages=list_stages(tx),
    )


def database_size(tx: Transaction) -> int:
    """Bytes, without what is still in SQLite's log."""
    if tx.dialect.name == "sqlite":
        pages = tx.execute(text("PRAGMA page_count")).scalar_one()
        return int(pages) * int(tx.execute(text("PRAGMA page_size")).scalar_one())
    return int(tx.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def last_backup(tx: Transaction) -> datetime | None:
    """When the command ``backup`` last made a back-up; others are not known here."""
    c = audit_log.c
    query = select(c.at).where(c.act == Act.BACKUP_MADE.value).order_by(c.position.desc()).limit(1)
    found: datetime | None = tx.scalar(query)
    return found


def clock_offset(tx: Transaction) -> float:
    """Seconds that the database's clock is ahead of this machine's; 0 for SQLite, which has none."""
    if tx.dialect.name == "sqlite":
        return 0.0
    theirs: datetime = tx.execute(text("SELECT clock_timestamp()")).scalar_one()
    return (theirs - utc_now()).total_seconds()


def connection_is_encrypted(tx: Transaction) -> bool:
    """Whether PostgreSQL is spoken to by TLS."""
    own = text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    return bool(tx.execute(own).scalar_one_or_none())


def _count(tx: Transaction, state: JobState) -> int:
    return int(tx.scalar(select(func.count()).where(jobs.c.state == state)) or 0)


def at_work(tx: Transaction) -> float:
    """Processor seconds of the server's process that answers this transaction, in steps of ten milliseconds;
    0 on SQLite and where the server runs on another machine.
    """
    if tx.dialect.name == "sqlite":
        return 0.0
    known = Path(f"/proc/{tx.scalar(select(func.pg_backend_pid()))}/stat")
    if not known.exists():
        return 0.0
    used = known.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]  # proc(5): utime, stime
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")
