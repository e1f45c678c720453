"""Files that were refused and lie in quarantine with their reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from qa.store.database import Transaction
from qa.store.tables import pick, rejections


@dataclass(frozen=True, slots=True)
class Rejection:
    """One refused file; ``path`` is its place in quarantine, relative to that folder."""

    id: int
    file_name: str
    sha256: str | None
    reason: str
    path: str | None
    created_at: datetime


def reject(tx: Transaction, file_name: str, reason: str, *, sha256: str | None, path: str | None) -> None:
    """Remember a refused file; the same file refused again for the same reason is one row."""
    same = (rejections.c.sha256 == sha256) & (rejections.c.reason == reason)
    if sha256 is not None and tx.scalar(select(rejections.c.id).where(same).limit(1)) is not None:
        return
    tx.execute(insert(rejections).values(file_name=file_name, sha256=sha256, reason=reason, path=path))


def list_rejections(tx: Transaction, limit: int = 200) -> tuple[Rejection, ...]:
    """The newest refused files first."""
    columns = pick(rejections, "id", "file_name", "sha256", "reason", "path", "created_at")
    query = select(*columns).order_by(rejections.c.id.desc()).limit(limit)
    return tuple(Rejection(*row) for row in tx.execute(query))


def count_rejections(tx: Transaction) -> int:
    """How many files were refused."""
    return int(tx.scalar(select(func.count()).select_from(rejections)) or 0)


def is_refused(tx: Transaction, sha256: str) -> bool:
    """True when a file of this content was refused."""
    return tx.scalar(select(rejections.c.id).where(rejections.c.sha256 == sha256).limit(1)) is not None
