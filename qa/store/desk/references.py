"""The verdicts that a calibration agrees on: one for each criterion of a call, with who set it and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict
from qa.store.database import Transaction
from qa.store.desk.reading import ReviewVerdict
from qa.store.desk.rounds import get_round
from qa.store.kinds import ReviewState, RoundState
from qa.store.tables import reference_verdicts, review_verdicts, reviews, users
from qa.store.types import utc_now
from qa.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Reference:
    """What a criterion of a call should have been judged."""

    call_id: int
    key: str
    verdict: Verdict
    user_id: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A criterion of a call in a round."""

    round_id: int
    call_id: int
    key: str


def set_reference(tx: Transaction, place: Place, verdict: Verdict | None, user_id: int) -> None:
    """Set, change or (``None``) take back the reference of a criterion.

    Raises:
        InvalidSetting: the round is not being debriefed.
        NotFound: nobody judged this criterion of this call in the round.
    """
    if get_round(tx, place.round_id).state is not RoundState.DEBRIEF:
        raise InvalidSetting(f"Calibration {place.round_id} is not being debriefed; reload the page.")
    judged = (
        select(review_verdicts.c.key)
        .join_from(review_verdicts, reviews)
        .where(
            reviews.c.round_id == place.round_id,
            reviews.c.call_id == place.call_id,
            review_verdicts.c.key == place.key,
        )
    )
    if tx.scalar(judged.limit(1)) is None:
        raise NotFound(f"Criterion {place.key!r} was not judged in this calibration; reload the page.")
    key = {"round_id": place.round_id, "call_id": place.call_id, "key": place.key}
    if verdict is None:
        where = [reference_verdicts.c[name] == value for name, value in key.items()]
        tx.execute(delete(reference_verdicts).where(*where))
    else:
        upsert(tx, reference_verdicts, key, {"verdict": verdict, "user_id": user_id, "at": utc_now()})


def list_references(tx: Transaction, round_id: int) -> tuple[Reference, ...]:
    """Every reference of a round."""
    r = reference_verdicts.c
    query = (
        select(r.call_id, r.key, r.verdict, r.user_id, users.c.display_name, r.at)
        .join_from(reference_verdicts, users, users.c.id == r.user_id)
        .where(r.round_id == round_id)
        .order_by(r.call_id, r.key)
    )
    return tuple(Reference(*row) for row in tx.execute(query))


def finished_verdicts(tx: Transaction, round_id: int) -> dict[int, tuple[ReviewVerdict, ...]]:
    """The verdicts of a round's finished reviews by the number of the review, in the scorecard's order."""
    v = review_verdicts.c
    columns = [v[name] for name in ReviewVerdict.__dataclass_fields__]
    query = (
        select(v.review_id, *columns)
        .join_from(review_verdicts, reviews)
        .where(reviews.c.round_id == round_id, reviews.c.state == ReviewState.FINISHED)
        .order_by(v.review_id, v.position)
    )
    found: dict[int, list[ReviewVerdict]] = {}
    for review_id, *values in tx.execute(query):
        found.setdefault(review_id, []).append(ReviewVerdict(*values))
    return {review_id: tuple(said) for review_id, said in found.items()}
