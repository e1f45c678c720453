"""Answering a dispute. What it changes is a review of its own, beside the verdicts that it was about."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict
from qa.scorecard import Scorecard
from qa.store.database import Transaction
from qa.store.desk.assigning import NewReview, assign, not_of
from qa.store.desk.disputes import ROUNDS, Step, add_step
from qa.store.desk.marking import human_scoring, scoring_columns
from qa.store.desk.reading import latest_review
from qa.store.kinds import DisputeOutcome, DisputeState, DisputeStep, ReviewKind, ReviewState
from qa.store.scope import Scope
from qa.store.tables import calls, dispute_events, disputes, review_verdicts, reviews
from qa.store.types import utc_now

BETTER = (DisputeOutcome.REJECTED, DisputeOutcome.PARTLY, DisputeOutcome.ACCEPTED)
"""From the least to the most that an agent gets; a later round never takes back what an earlier one gave."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a dispute. ``verdict`` is the one that counts from now on; ``None`` for a rejection."""

    outcome: DisputeOutcome
    text: str
    verdict: Verdict | None = None


def answer(
    tx: Transaction, dispute_id: int, who: tuple[int, Scope], said: Answer, card: Scorecard | None
) -> DisputeState:
    """Answer an open dispute; gives the state it is in then. Accepted in whole, or in the last round, it is
    closed.

    Raises:
        NotFound: the dispute is not open, or its call is none that this user may judge.
        InvalidSetting: there is no reason, no other verdict, or the scorecard is not known here.
    """
    user_id, scope = who
    row = _open(tx, dispute_id, user_id, scope)
    if not said.text.strip():
        raise InvalidSetting("The answer is empty; say why in one sentence.")
    rejected = said.outcome is DisputeOutcome.REJECTED
    before = row.verdict or row.original
    if not rejected:
        if said.verdict is None or said.verdict == before:
            raise InvalidSetting(
                f"The verdict is {before.value!r} already; choose another or reject the dispute."
            )
        _keep(tx, row, (user_id, said), card)
    over = said.outcome is DisputeOutcome.ACCEPTED or row.round >= ROUNDS
    state = DisputeState.CLOSED if over else DisputeState.ANSWERED
    values: dict[str, Any] = {
        "state": state,
        "answered_at": utc_now(),
        "closed_at": utc_now() if over else None,
        "outcome": max(said.outcome, row.outcome or said.outcome, key=BETTER.index),
    }
    if not rejected:
        values["verdict"] = said.verdict
    tx.execute(update(disputes).where(disputes.c.id == dispute_id).values(**values))
    told = None if rejected else said.verdict
    add_step(tx, dispute_id, Step(DisputeStep.ANSWERED, row.round, user_id, said.text, said.outcome, told))
    return state


def answerers(tx: Transaction, dispute_id: int) -> frozenset[int]:
    """Who answered an earlier round."""
    e = dispute_events.c
    query = select(e.user_id).where(e.dispute_id == dispute_id, e.step == DisputeStep.ANSWERED)
    return frozenset(tx.scalars(query))


def _open(tx: Transaction, dispute_id: int, user_id: int, scope: Scope) -> Any:
    query = (
        select(disputes)
        .join_from(disputes, calls)
        .where(
            disputes.c.id == dispute_id,
            disputes.c.state == DisputeState.OPEN,
            disputes.c.opened_by != user_id,
            scope.clause(),
            not_of(user_id),
        )
        .with_for_update(of=disputes)
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotFound(f"Dispute {dispute_id} is not open for you; reload the list.")
    return row


def _keep(tx: Transaction, row: Any, how: tuple[int, Answer], card: Scorecard | None) -> None:
    """A finished review of kind dispute: the verdicts that counted, with this one changed."""
    user_id, said = how
    if card is None or (card.id, card.version) != (row.scorecard, row.version):
        raise InvalidSetting(
            f"Scorecard {row.scorecard} version {row.version} is not published here; publish it."
        )
    before = latest_review(tx, row.call_id, Scope.all())
    made = assign(tx, NewReview(row.call_id, ReviewKind.DISPUTE, reviewer_id=user_id))
    found = tx.execute(select(review_verdicts).where(review_verdicts.c.review_id == made)).all()
    verdicts = {mark.key: Verdict(mark.automatic) for mark in found}
    reasons = dict.fromkeys(verdicts, "")
    if before is not None and before.row.scorecard == row.scorecard and before.row.version == row.version:
        verdicts |= {v.key: v.human for v in before.verdicts if v.human}
        reasons |= {v.key: v.reason for v in before.verdicts}
    if said.verdict is not None:
        verdicts[row.key], reasons[row.key] = said.verdict, said.text.strip()
    for mark in found:
        values = {
            "human": verdicts[mark.key],
            "changed": verdicts[mark.key] is not Verdict(mark.automatic),
            "reason": reasons[mark.key],
        }
        where = (review_verdicts.c.review_id == made) & (review_verdicts.c.key == mark.key)
        tx.execute(update(review_verdicts).where(where).values(**values))
    now = utc_now()
    done = {"state": ReviewState.FINISHED, "started_at": now, "finished_at": now}
    columns = scoring_columns(human_scoring(card, verdicts)) | done
    tx.execute(update(reviews).where(reviews.c.id == made).values(**columns))
