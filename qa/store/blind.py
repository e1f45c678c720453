"""Which calls a user has still to judge blind: nothing that was found in them may reach that user before."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, select

from qa.store.database import Transaction
from qa.store.kinds import ReviewKind, ReviewState
from qa.store.tables import reviews

STILL = (ReviewState.ASSIGNED, ReviewState.STARTED)


def blind_calls(tx: Transaction, user_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The numbers of such calls for each of these users."""
    r = reviews.c
    query = select(r.reviewer_id, r.call_id).where(r.reviewer_id.in_(sorted(user_ids)), still_blind())
    found: dict[int, set[int]] = {user_id: set() for user_id in user_ids}
    for user_id, call_id in tx.execute(query):
        found[user_id].add(call_id)
    return {user_id: frozenset(ids) for user_id, ids in found.items()}


def still_blind() -> ColumnElement[bool]:
    """The condition on ``reviews``: a blind one that is not done."""
    return and_(reviews.c.kind == ReviewKind.CALIBRATION, reviews.c.state.in_(STILL))
