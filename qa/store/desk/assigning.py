"""Reviews to do: with the automatic verdicts of that moment, for a reviewer, replaced for a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, insert, or_, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.blind import still_blind
from qa.store.call.findings import StoredEvaluation, load_evaluations
from qa.store.database import Transaction
from qa.store.desk.rounds import settle
from qa.store.kinds import Band, EvaluationSource, Layer, ReviewKind, ReviewState
from qa.store.scope import Scope
from qa.store.tables import calls, review_verdicts, reviews, users
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review to be. ``reviewer_id`` ``None``: whoever takes it. ``reasons`` say why it was chosen."""

    call_id: int
    kind: ReviewKind = ReviewKind.REVIEW
    layer: Layer | None = None
    week: int | None = None
    plan_id: int | None = None
    round_id: int | None = None
    reviewer_id: int | None = None
    due: datetime | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
    """Why a review cannot be done, by the reviewer it was given to; ``instead`` is the next call, if any."""

    reason: str
    instead: NewReview | None = None


def assign(tx: Transaction, new: NewReview) -> int:
    """Make a review with the automatic verdicts as they are now; gives its number.

    Raises:
        NotFound: the call has no automatic verdicts to review.
    """
    automatic = automatic_of(tx, new.call_id)
    if automatic is None or not automatic.scoring.criteria:
        raise NotFound(f"Call number {new.call_id} has no verdicts yet; review it when it is scored.")
    scoring = automatic.scoring
    values: dict[str, Any] = {name: getattr(new, name) for name in NewReview.__dataclass_fields__}
    values |= {
        "reasons": list(new.reasons),
        "scorecard": scoring.scorecard,
        "version": scoring.version,
        "assigned_at": utc_now(),
        "state": ReviewState.ASSIGNED,
        "auto_status": scoring.status,
        "auto_score": scoring.score,
        "auto_band": None if scoring.band is None else Band(scoring.band),
    }
    made = int(tx.execute(insert(reviews).values(**values).returning(reviews.c.id)).scalar_one())
    rows = [
        {
            "review_id": made,
            "key": result.key,
            "position": position,
            "automatic": result.judgement.verdict,
            "confidence": result.judgement.confidence,
            "changed": False,
            "reason": "",
            "note": "",
        }
        for position, result in enumerate(scoring.criteria)
    ]
    tx.execute(insert(review_verdicts), rows)
    return made


def assign_all(tx: Transaction, every: Iterable[NewReview]) -> int:
    """Make many reviews; gives how many."""
    return len([assign(tx, new) for new in every])


def automatic_of(tx: Transaction, call_id: int) -> StoredEvaluation | None:
    """The automatic evaluation that counts now."""
    found = load_evaluations(tx, call_id)
    return next((e for e in found if e.current and e.source is EvaluationSource.AUTO), None)


def replace_review(
    tx: Transaction, review_id: int, user_id: int, scope: Scope, how: Replacement
) -> int | None:
    """Set a review aside for a reason and give its reviewer the next call; gives the new review's number.

    Raises:
        InvalidSetting: there is no reason.
        NotFound: the review is not this user's, or it is finished.
    """
    if not how.reason.strip():
        raise InvalidSetting("The reason is empty; say why this call cannot be reviewed.")
    row = hold_own(tx, review_id, user_id, scope)
    new = None if how.instead is None else assign(tx, how.instead)
    values = {"state": ReviewState.REPLACED, "replaced_by": new, "replaced_reason": how.reason.strip()}
    tx.execute(update(reviews).where(reviews.c.id == review_id).values(**values))
    settle(tx, row.round_id)
    return new


def hold_own(tx: Transaction, review_id: int, user_id: int, scope: Scope) -> Any:
    """The row of a review that this user may work on now; nobody changes it before the transaction ends.

    Raises:
        NotFound: it is another's, of a call outside the scope, or done (the sentence is the same).
    """
    query = (
        select(reviews)
        .join_from(reviews, calls)
        .where(
            reviews.c.id == review_id,
            or_(scope.clause(), scope.reach() & still_blind()),
            not_of(user_id),
            (reviews.c.reviewer_id == user_id) | reviews.c.reviewer_id.is_(None),
            reviews.c.state.in_((ReviewState.ASSIGNED, ReviewState.STARTED)),
        )
        .with_for_update(of=reviews)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotFound(f"Review {review_id} is not yours to do now; reload your queue.")
    return row


def not_of(user_id: int) -> ColumnElement[bool]:
    """The condition on ``calls`` that the user is not the agent of the call: nobody judges an own call."""
    return ~exists().where(users.c.id == user_id, users.c.agent_id == calls.c.agent_id)
