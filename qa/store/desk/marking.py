"""Doing a review: drafts are kept at once, finishing computes the human score from the human verdicts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from qa.errors import InvalidSetting
from qa.records import Judgement, Scoring, Seconds, Verdict
from qa.score import score
from qa.scorecard import Scorecard
from qa.store.database import Transaction
from qa.store.desk.assigning import hold_own
from qa.store.desk.rounds import settle
from qa.store.kinds import Band, ReviewKind, ReviewState
from qa.store.scope import Scope
from qa.store.tables import review_verdicts, reviews
from qa.store.types import utc_now

PERSON = "person/1"
"""The rule that gave a human verdict."""
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reviewer says of one criterion. ``at`` is the second of the call that the note is about."""

    key: str
    human: Verdict | None
    reason: str = ""
    note: str = ""
    at: Seconds | None = None


def human_scoring(card: Scorecard, verdicts: Mapping[str, Verdict]) -> Scoring:
    """The score that these verdicts give under the card, by the same arithmetic as the automatic one.

    Raises:
        ValueError: a criterion has no verdict.
    """
    given = {key: Judgement(verdict, 1.0, (), PERSON, "") for key, verdict in verdicts.items()}
    return score(card, given, None)


def save_draft(
    tx: Transaction, review_id: int, reviewer: tuple[int, Scope], marks: Iterable[Mark], seconds: Seconds
) -> None:
    """Keep what a reviewer has said so far; ``seconds`` spent in all never go back.

    An open review that nobody has is taken by whoever starts it.

    Raises:
        NotFound: the review is not this user's, or it is finished.
        InvalidSetting: a criterion is not in the scorecard.
    """
    user_id, scope = reviewer
    row = hold_own(tx, review_id, user_id, scope)
    automatic = _automatic(tx, review_id)
    for mark in marks:
        if mark.key not in automatic:
            raise InvalidSetting(f"Criterion {mark.key!r} is not in this review; reload the page.")
        values = {
            "human": mark.human,
            "changed": mark.human is not None and mark.human is not automatic[mark.key],
            "reason": mark.reason.strip()[:LONGEST],
            "note": mark.note.strip()[:LONGEST],
            "at": mark.at,
        }
        where = (review_verdicts.c.review_id == review_id) & (review_verdicts.c.key == mark.key)
        tx.execute(update(review_verdicts).where(where).values(**values))
    changes: dict[str, Any] = {
        "seconds": max(row.seconds, seconds),
        "state": ReviewState.STARTED,
        "reviewer_id": user_id,
        "started_at": row.started_at or utc_now(),
    }
    tx.execute(update(reviews).where(reviews.c.id == review_id).values(**changes))


def finish(tx: Transaction, review_id: int, user_id: int, scope: Scope, card: Scorecard) -> Scoring:
    """End a review: the human score is computed and kept beside the automatic one.

    A blind one needs no reasons, for its reviewer saw no verdict; the last one opens the debrief.

    Raises:
        NotFound: the review is not this user's, or it is finished.
        InvalidSetting: a criterion has no verdict, a change has no reason, or the card is another one.
    """
    row = hold_own(tx, review_id, user_id, scope)
    if (card.id, card.version) != (row.scorecard, row.version):
        raise InvalidSetting(
            f"Scorecard {row.scorecard} version {row.version} is needed to finish; publish it."
        )
    said = tx.execute(select(review_verdicts).where(review_verdicts.c.review_id == review_id)).all()
    open_ones = [mark.key for mark in said if mark.human is None]
    blind = row.kind is ReviewKind.CALIBRATION
    bare = [mark.key for mark in said if mark.changed and not mark.reason and not blind]
    if open_ones:
        raise InvalidSetting(f"{len(open_ones)} criteria have no verdict yet; the first is {open_ones[0]!r}.")
    if bare:
        raise InvalidSetting(f"The change of {bare[0]!r} has no reason; say why in one sentence.")
    found = human_scoring(card, {mark.key: Verdict(mark.human) for mark in said})
    values = scoring_columns(found) | {
        "state": ReviewState.FINISHED,
        "reviewer_id": user_id,
        "started_at": row.started_at or utc_now(),
        "finished_at": utc_now(),
    }
    tx.execute(update(reviews).where(reviews.c.id == review_id).values(**values))
    settle(tx, row.round_id)
    return found


def scoring_columns(scoring: Scoring) -> dict[str, Any]:
    """The human score as the row of a review keeps it."""
    return {
        "human_status": scoring.status,
        "human_score": scoring.score,
        "human_before_critical": scoring.score_before_critical,
        "human_failed_by": list(scoring.failed_by),
        "human_band": None if scoring.band is None else Band(scoring.band),
    }


def _automatic(tx: Transaction, review_id: int) -> dict[str, Verdict]:
    query = select(review_verdicts.c.key, review_verdicts.c.automatic)
    return {
        key: Verdict(verdict)
        for key, verdict in tx.execute(query.where(review_verdicts.c.review_id == review_id))
    }
