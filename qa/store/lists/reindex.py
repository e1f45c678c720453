"""Indexing the words of stored calls again, after a change of how they are indexed."""

from sqlalchemy import select

from qa.store.call.content import unpack
from qa.store.database import Transaction
from qa.store.lists.search import index_text, spoken
from qa.store.site import get_setting, set_setting
from qa.store.tables import transcripts

STATE = "search_indexed"
FORM = 2
"""Changes with what ``spoken`` makes of a transcript; then every call is indexed again."""
CHUNK = 50
"""Calls a look: the writer's lock is held for about a quarter of a second."""


def is_pending(tx: Transaction) -> bool:
    """True while calls may wait to be indexed in this form."""
    return _reached(tx) is not None


def index_next(tx: Transaction) -> bool:
    """Index some more calls; False when there was none left."""
    after = _reached(tx)
    if after is None:
        return False
    c = transcripts.c
    query = select(c.call_id, c.content).where(c.call_id > after).order_by(c.call_id).limit(CHUNK)
    rows = tx.execute(query).all()
    for call_id, content in rows:
        index_text(tx, call_id, spoken(unpack(content, lazy=True)[0]))
    set_setting(tx, STATE, {"form": FORM, "call": rows[-1].call_id if rows else None})
    return bool(rows)


def _reached(tx: Transaction) -> int | None:
    """The last call that is done; ``None`` when all are. Later calls are indexed as they are heard."""
    state = get_setting(tx, STATE) or {}
    if state.get("form") != FORM:
        return 0
    call: int | None = state["call"]
    return call
