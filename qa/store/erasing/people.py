"""What customers left outside their calls: surveys, comments, orders, telephone records, follow-ups.

Their words and every trace of who they are go; the row stays and counts, and keeps its key, so that the same
file does not bring it back.
"""

from collections.abc import Sequence

from sqlalchemy import Table, delete, insert, select, update

from qa.store.database import Transaction
from qa.store.tables import (
    comment_aspects,
    comment_events,
    comment_readings,
    comments,
    contacts,
    follow_ups,
    orders,
    queue_events,
    surveys,
)
from qa.store.types import utc_now
from qa.store.voice.comment_ledger import erase_comments
from qa.store.voice.sentiments import forget_keys, without_text

ABOUT_COMMENTS = (comment_readings, comment_aspects, comment_events)
COMMENT_KEEPS = (
    "id", "source_id", "key", "posted_at", "stars", "channel", "product", "service", "created_at",
)  # fmt: skip


def take_surveys(tx: Transaction, ids: Sequence[int]) -> int:
    """Words and senders of answers; the answer stays, and the feeling that its words were read as."""
    c = surveys.c
    rows = tx.execute(select(c.id, c.text_key).where(c.id.in_(ids), c.erased_at.is_(None))).all()
    bare = {
        "text": None,
        "customer_hash": None,
        "external_id": None,
        "call_ref": None,
        "erased_at": utc_now(),
    }
    for row in rows:
        values = {**bare, "text_key": without_text(tx, row.text_key)}
        tx.execute(update(surveys).where(c.id == row.id).values(values))
    forget_keys(tx, [row.text_key for row in rows])
    return len(rows)


def take_comments(tx: Transaction, ids: Sequence[int]) -> int:
    """Words and authors of comments, and words of what was done about them.

    The ledger lets nobody change a comment, so it is erased and written again without them, under its number.
    """
    c = comments.c
    rows = tx.execute(select(comments).where(c.id.in_(ids), c.erased_at.is_(None))).mappings().all()
    numbers = [row["id"] for row in rows]
    kept = {table: _about(tx, table, numbers) for table in ABOUT_COMMENTS}
    erase_comments(tx, c.id.in_(numbers))
    for row in rows:
        bare = {name: row[name] for name in COMMENT_KEEPS} | {"text": "", "erased_at": utc_now()}
        tx.execute(insert(comments).values({**bare, "text_key": without_text(tx, row["text_key"])}))
    for table, old in kept.items():
        worded = {"text": ""} if "text" in table.c else {}
        if old:
            tx.execute(insert(table), [{**row, **worded} for row in old])
    forget_keys(tx, [row["text_key"] for row in rows])
    return len(rows)


def take_orders(tx: Transaction, customer: str) -> int:
    """Whose the orders are, and their numbers."""
    return _unlinked(tx, orders, customer, {"external_id": None})


def take_telephone(tx: Transaction, customer: str) -> int:
    """Whose the telephone records are."""
    return _unlinked(tx, contacts, customer, {}) + _unlinked(tx, queue_events, customer, {})


def take_follow_ups(tx: Transaction, customer: str) -> int:
    """What was to be done about the customer, with what was noted of it."""
    return int(tx.execute(delete(follow_ups).where(follow_ups.c.customer_hash == customer)).rowcount)


def _unlinked(tx: Transaction, table: Table, customer: str, more: dict[str, None]) -> int:
    here = table.c.customer_hash == customer
    return int(tx.execute(update(table).where(here).values({"customer_hash": None, **more})).rowcount)


def _about(tx: Transaction, table: Table, ids: Sequence[int]) -> list[dict[str, object]]:
    rows = tx.execute(select(table).where(table.c.comment_id.in_(ids))).mappings()
    return [dict(row) for row in rows]
