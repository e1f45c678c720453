"""What the demo centre brings in outside its calls: marked by its source, and taken out by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from qa.store.database import Transaction
from qa.store.kinds import CommentStep, ImportKind
from qa.store.tables import (
    comment_events,
    comments,
    contacts,
    import_sources,
    imports,
    orders,
    queue_events,
    surveys,
)
from qa.store.types import utc_now
from qa.store.upsert import insert_absent
from qa.store.voice.comment_ledger import erase_comments
from qa.store.voice.sentiments import forget_readings


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a comment's ledger that nobody of the site made."""

    comment: int
    step: CommentStep
    at: datetime
    text: str


def generated_source(tx: Transaction, kind: ImportKind, name: str) -> None:
    """A source of this name whose rows are all generated, made if it is new."""
    values = {"kind": kind, "name": name, "mapping": {}, "generated": True, "created_at": utc_now()}
    insert_absent(tx, import_sources, values)


def remark_numbers(tx: Transaction, source: str) -> dict[str, int]:
    """The comments of a source by the number that their file gave them."""
    query = select(comments.c.external_id, comments.c.id).join_from(
        comments, import_sources, import_sources.c.id == comments.c.source_id
    )
    return dict(tx.execute(query.where(import_sources.c.name == source)).tuples().all())


def add_steps(tx: Transaction, steps: Sequence[Step]) -> None:
    """Add steps to ledgers of generated comments."""
    rows = [
        {"comment_id": one.comment, "step": one.step, "at": one.at, "text": one.text, "user_id": None}
        for one in steps
    ]
    if rows:
        tx.execute(insert(comment_events), rows)


def delete_generated_feedback(tx: Transaction) -> None:
    """Take out every row that came from a generated source, the source, and readings that nothing needs."""
    sources = select(import_sources.c.id).where(import_sources.c.generated)
    if not tx.scalars(sources).all():
        return
    erase_comments(tx, comments.c.source_id.in_(sources))
    for table in (surveys, orders, queue_events, contacts, imports):
        tx.execute(delete(table).where(table.c.source_id.in_(sources)))
    tx.execute(delete(import_sources).where(import_sources.c.generated))
    forget_readings(tx)
