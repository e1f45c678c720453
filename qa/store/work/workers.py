"""Workers and their signs of life, for people: who may take whose job is decided by leases alone."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from qa.store.database import Transaction
from qa.store.tables import pick, workers
from qa.store.types import utc_now
from qa.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker as it was last heard of. ``stopped_at``: when it ended by itself, ``None`` when it did not."""

    executor: str
    host: str
    version: str
    started_at: datetime
    last_sign: datetime
    stopped_at: datetime | None


def arrive(tx: Transaction, executor: str, host: str, version: str) -> None:
    """A worker has started."""
    now = utc_now()
    values = {"host": host, "version": version, "started_at": now, "last_sign": now, "stopped_at": None}
    upsert(tx, workers, {"executor": executor}, values)


def sign(tx: Transaction, executor: str) -> None:
    """A sign of life."""
    tx.execute(update(workers).where(workers.c.executor == executor).values(last_sign=utc_now()))


def leave(tx: Transaction, executor: str) -> None:
    """A worker has ended by itself."""
    now = utc_now()
    tx.execute(update(workers).where(workers.c.executor == executor).values(last_sign=now, stopped_at=now))


def list_workers(tx: Transaction) -> tuple[Worker, ...]:
    """Every worker that was ever heard of, by its executor id."""
    query = select(*pick(workers, *Worker.__dataclass_fields__)).order_by(workers.c.executor)
    return tuple(Worker(*row) for row in tx.execute(query))


def forget_workers(tx: Transaction, before: datetime) -> int:
    """Leave out workers that were last heard of before a moment; gives how many."""
    return tx.execute(delete(workers).where(workers.c.last_sign < before)).rowcount
