"""Drafts of scorecards: one a scorecard, with who changed it last and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from qa.errors import InvalidScorecard, NotFound
from qa.store.database import Transaction
from qa.store.tables import pick, scorecard_drafts
from qa.store.types import utc_now
from qa.store.upsert import insert_absent

_COLUMNS = ("scorecard", "base_version", "content", "revision", "updated_at", "updated_by")


@dataclass(frozen=True, slots=True)
class Draft:
    """A scorecard that is being changed. ``base_version`` is what it began as, ``None`` for a new one.

    ``revision`` counts the times it was saved, from 1.
    """

    scorecard: str
    base_version: int | None
    content: str
    revision: int
    updated_at: datetime
    updated_by: str


def get_draft(tx: Transaction, scorecard: str) -> Draft | None:
    """The draft of a scorecard, ``None`` when nobody changes it."""
    query = select(*pick(scorecard_drafts, *_COLUMNS)).where(scorecard_drafts.c.scorecard == scorecard)
    row = tx.execute(query).one_or_none()
    return None if row is None else Draft(*row)


def list_drafts(tx: Transaction) -> tuple[Draft, ...]:
    """Every draft, by scorecard."""
    query = select(*pick(scorecard_drafts, *_COLUMNS)).order_by(scorecard_drafts.c.scorecard)
    return tuple(Draft(*row) for row in tx.execute(query))


def begin_draft(tx: Transaction, scorecard: str, base: int | None, content: str, by: str) -> Draft:
    """Begin a draft.

    Raises:
        InvalidScorecard: there is one already.
    """
    values = {
        "scorecard": scorecard,
        "base_version": base,
        "content": content,
        "revision": 1,
        "updated_at": utc_now(),
        "updated_by": by,
    }
    if not insert_absent(tx, scorecard_drafts, values):
        raise InvalidScorecard(f"Scorecard {scorecard} has a draft already; go on with it or discard it.")
    return _there(tx, scorecard)


def save_draft(tx: Transaction, scorecard: str, content: str, revision: int, by: str) -> Draft:
    """Keep a changed text; ``revision`` is the one that was changed.

    Raises:
        NotFound: the draft was discarded or published meanwhile.
        InvalidScorecard: somebody else saved it meanwhile.
    """
    mine = (scorecard_drafts.c.scorecard == scorecard) & (scorecard_drafts.c.revision == revision)
    values = {"content": content, "revision": revision + 1, "updated_at": utc_now(), "updated_by": by}
    if tx.execute(update(scorecard_drafts).where(mine).values(**values)).rowcount == 0:
        found = _there(tx, scorecard)
        raise InvalidScorecard(
            f"The draft of {scorecard} was saved by {found.updated_by} meanwhile;"
            " reload it and change it again."
        )
    return _there(tx, scorecard)


def discard_draft(tx: Transaction, scorecard: str) -> bool:
    """Throw a draft away; False when there was none."""
    gone = delete(scorecard_drafts).where(scorecard_drafts.c.scorecard == scorecard)
    return tx.execute(gone).rowcount > 0


def _there(tx: Transaction, scorecard: str) -> Draft:
    found = get_draft(tx, scorecard)
    if found is None:
        raise NotFound(f"Scorecard {scorecard} has no draft any more; begin a new one.")
    return found
