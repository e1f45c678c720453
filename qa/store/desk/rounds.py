"""Calibration rounds: making one, how far it is, from blind work to debrief to its end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, distinct, func, insert, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.blind import STILL, still_blind
from qa.store.database import Transaction
from qa.store.kinds import ReviewState, RoundState
from qa.store.tables import calibration_rounds, reviews, users
from qa.store.types import utc_now

ENDED = "calibration ended"
"""Why reviews that were open when a round's blind part was ended stay undone."""


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round to be. Calls drawn by chance have the ``seed`` of the draw and the ``population`` they came
    from; calls named by their keys have neither.
    """

    name: str
    scorecard: str
    version: int
    seed: int | None = None
    population: int | None = None
    generated: bool = False
    made_by: int | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A calibration. ``calls`` were given to each reviewer; ``finished`` of ``assigned`` reviews are done."""

    id: int
    name: str
    scorecard: str
    version: int
    seed: int | None
    population: int | None
    generated: bool
    made_by: int | None
    author: str | None
    made_at: datetime
    due: datetime | None
    state: RoundState
    debriefed_at: datetime | None
    closed_at: datetime | None
    calls: int
    assigned: int
    finished: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one reviewer of a round is; nothing is said of verdicts."""

    reviewer_id: int
    reviewer: str
    assigned: int
    finished: int


def save_round(tx: Transaction, new: NewRound) -> int:
    """Keep an open round; gives its number."""
    values = {name: getattr(new, name) for name in NewRound.__dataclass_fields__}
    query = insert(calibration_rounds).values(**values, state=RoundState.OPEN)
    return int(tx.execute(query.returning(calibration_rounds.c.id)).scalar_one())


def list_rounds(tx: Transaction, reviewer_id: int | None = None) -> tuple[Round, ...]:
    """Every round, or those that one reviewer takes part in, the newest first."""
    query = _query()
    if reviewer_id is not None:
        own = select(reviews.c.round_id).where(reviews.c.reviewer_id == reviewer_id)
        query = query.where(calibration_rounds.c.id.in_(own.where(reviews.c.round_id.is_not(None))))
    newest = query.order_by(calibration_rounds.c.made_at.desc(), calibration_rounds.c.id.desc())
    return tuple(Round(**row) for row in tx.execute(newest).mappings())


def get_round(tx: Transaction, round_id: int) -> Round:
    """One round.

    Raises:
        NotFound: there is none.
    """
    row = tx.execute(_query().where(calibration_rounds.c.id == round_id)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no calibration {round_id}; reload the list.")
    return Round(**row)


def progress(tx: Transaction, round_id: int) -> tuple[Progress, ...]:
    """How far each reviewer is, by name."""
    r = reviews.c
    done = func.count().filter(r.state == ReviewState.FINISHED)
    query = (
        select(r.reviewer_id, users.c.display_name, func.count(), done)
        .select_from(reviews.join(users, users.c.id == r.reviewer_id))
        .where(r.round_id == round_id)
        .group_by(r.reviewer_id, users.c.display_name)
        .order_by(users.c.display_name, r.reviewer_id)
    )
    return tuple(Progress(*row) for row in tx.execute(query))


def settle(tx: Transaction, round_id: int | None) -> None:
    """Open the debrief once nobody has anything left to judge."""
    if round_id is None:
        return
    left = select(reviews.c.id).where(reviews.c.round_id == round_id, reviews.c.state.in_(STILL)).limit(1)
    if tx.scalar(left) is None:
        _move(tx, round_id, RoundState.OPEN, {"state": RoundState.DEBRIEF, "debriefed_at": utc_now()})


def end_blind(tx: Transaction, round_id: int) -> None:
    """Go to the debrief with what is finished; reviews that are still open are set aside.

    Raises:
        InvalidSetting: nobody has finished any, or the blind part is over.
    """
    found = get_round(tx, round_id)
    if found.state is not RoundState.OPEN or not found.finished:
        raise InvalidSetting(f"Calibration {round_id} cannot be debriefed now; finish at least one review.")
    still = (reviews.c.round_id == round_id) & reviews.c.state.in_(STILL)
    aside = {"state": ReviewState.REPLACED, "replaced_reason": ENDED}
    tx.execute(update(reviews).where(still).values(**aside))
    settle(tx, round_id)


def close_round(tx: Transaction, round_id: int) -> None:
    """End a debrief: its references stay as they are.

    Raises:
        InvalidSetting: it is not being debriefed.
    """
    if not _move(tx, round_id, RoundState.DEBRIEF, {"state": RoundState.CLOSED, "closed_at": utc_now()}):
        raise InvalidSetting(f"Calibration {round_id} is not being debriefed; reload the page.")


def blind_reviews(tx: Transaction, user_id: int) -> dict[int, int]:
    """The calls that a user still judges blind: the number of the open review by the number of the call."""
    r = reviews.c
    query = select(r.call_id, r.id).where(r.reviewer_id == user_id, still_blind())
    return dict(tx.execute(query).tuples().all())


def _move(tx: Transaction, round_id: int, before: RoundState, values: dict[str, Any]) -> bool:
    here = (calibration_rounds.c.id == round_id) & (calibration_rounds.c.state == before)
    return bool(tx.execute(update(calibration_rounds).where(here).values(**values)).rowcount)


def _query() -> Select[Any]:
    c, r = calibration_rounds.c, reviews.c
    of_round = select(func.count()).where(r.round_id == c.id)
    counts = {
        "calls": select(func.count(distinct(r.call_id))).where(r.round_id == c.id),
        "assigned": of_round,
        "finished": of_round.where(r.state == ReviewState.FINISHED),
    }
    own = [
        users.c.display_name.label("author")
        if name == "author"
        else counts[name].scalar_subquery().label(name)
        if name in counts
        else c[name]
        for name in Round.__dataclass_fields__
    ]
    return select(*own).select_from(calibration_rounds.outerjoin(users, users.c.id == c.made_by))
