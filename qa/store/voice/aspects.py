"""What comments were read as being about: the site's dictionary, comments that wait to be read, readings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, or_, select

from qa.store.database import Transaction
from qa.store.site import get_setting, set_setting
from qa.store.tables import comment_aspects, comment_readings, comments
from qa.store.types import utc_now

OWN = "aspects"
WAITING = "aspects_waiting"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Unread:
    """A comment to read."""

    id: int
    text: str
    service: str | None


@dataclass(frozen=True, slots=True)
class AspectReading:
    """What one comment is about, and whether it asks for something."""

    comment_id: int
    aspects: tuple[str, ...]
    suggestion: bool


def own_dictionary(tx: Transaction) -> list[dict[str, Any]] | None:
    """The site's own dictionary as plain values, ``None`` while the shipped one counts."""
    kept = get_setting(tx, OWN)
    return None if kept is None else list(kept["aspects"])


def keep_dictionary(tx: Transaction, rows: Sequence[dict[str, Any]] | None, user_id: int | None) -> None:
    """Keep the site's dictionary with who changed it; ``None`` goes back to the shipped one."""
    value = (
        {"aspects": list(rows), "user": user_id, "at": utc_now().isoformat()} if rows is not None else None
    )
    set_setting(tx, OWN, value)
    set_waiting(tx, waiting=True)


def set_waiting(tx: Transaction, *, waiting: bool) -> None:
    """Remember that comments may wait, so that a worker asks one small question while none do."""
    set_setting(tx, WAITING, True if waiting else None)


def is_waiting(tx: Transaction) -> bool:
    """True when comments may wait to be read."""
    return bool(get_setting(tx, WAITING))


def unread(tx: Transaction, version: str, limit: int) -> tuple[Unread, ...]:
    """Comments that were not read with this version of dictionary and rules, the first first."""
    r = comment_readings.c
    query = (
        select(comments.c.id, comments.c.text, comments.c.service)
        .select_from(comments.outerjoin(comment_readings, r.comment_id == comments.c.id))
        .where(or_(r.comment_id.is_(None), r.version != version))
        .order_by(comments.c.id)
        .limit(limit)
    )
    return tuple(Unread(*row) for row in tx.execute(query))


def save_aspects(tx: Transaction, version: str, readings: Sequence[AspectReading]) -> None:
    """Keep readings in place of earlier ones."""
    for start in range(0, len(readings), CHUNK):
        some = readings[start : start + CHUNK]
        ids = [one.comment_id for one in some]
        for table in (comment_aspects, comment_readings):
            tx.execute(delete(table).where(table.c.comment_id.in_(ids)))
        now = utc_now()
        tx.execute(
            insert(comment_readings),
            [
                {
                    "comment_id": one.comment_id,
                    "suggestion": one.suggestion,
                    "version": version,
                    "created_at": now,
                }
                for one in some
            ],
        )
        rows = [{"comment_id": one.comment_id, "aspect": aspect} for one in some for aspect in one.aspects]
        if rows:
            tx.execute(insert(comment_aspects), rows)
