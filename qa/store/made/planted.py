"""The past of what the demo centre's people did: when it was, for everything is written in one moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from qa.store.database import Transaction
from qa.store.kinds import DisputeState
from qa.store.tables import (
    calibration_rounds,
    dispute_events,
    disputes,
    exemplary_moments,
    reference_verdicts,
    reviews,
    sampling_plans,
)


@dataclass(frozen=True, slots=True)
class ReviewTimes:
    """When a review was given out, was due, begun and finished (``None``: not)."""

    review_id: int
    assigned: datetime
    due: datetime
    started: datetime | None
    finished: datetime | None


@dataclass(frozen=True, slots=True)
class DisputeTimes:
    """When a dispute was opened and is due; each later step came ``step`` after the one before."""

    dispute_id: int
    opened: datetime
    due: datetime
    step: timedelta


@dataclass(frozen=True, slots=True)
class MomentTimes:
    """When an agent was asked about an exemplary moment, and answered if there is an answer."""

    moment_id: int
    asked: datetime
    answered: datetime


def date_moments(tx: Transaction, found: Iterable[MomentTimes]) -> None:
    """Move exemplary moments and their answers into the past."""
    m = exemplary_moments.c
    for one in found:
        here = m.id == one.moment_id
        tx.execute(update(exemplary_moments).where(here).values(created_at=one.asked))
        answered = here & m.answered_at.is_not(None)
        tx.execute(update(exemplary_moments).where(answered).values(answered_at=one.answered))


def date_reviews(tx: Transaction, found: Iterable[ReviewTimes]) -> None:
    """Move reviews into the past."""
    for one in found:
        values = {
            "assigned_at": one.assigned,
            "due": one.due,
            "started_at": one.started,
            "finished_at": one.finished,
        }
        tx.execute(update(reviews).where(reviews.c.id == one.review_id).values(**values))


def date_plan(tx: Transaction, week: int, made: datetime) -> None:
    """Say when the plan of a week was made."""
    tx.execute(update(sampling_plans).where(sampling_plans.c.week == week).values(made_at=made))


def date_round(tx: Transaction, round_id: int, made: datetime, over: datetime | None) -> None:
    """Say when a calibration was made and, where it is over, when."""
    c = calibration_rounds.c
    values = {"made_at": made} | ({} if over is None else {"debriefed_at": over, "closed_at": over})
    tx.execute(update(calibration_rounds).where(c.id == round_id).values(**values))
    if over is not None:
        r = reference_verdicts.c
        tx.execute(update(reference_verdicts).where(r.round_id == round_id).values(at=over))


def date_disputes(tx: Transaction, found: Iterable[DisputeTimes]) -> None:
    """Move disputes and each of their steps into the past."""
    e, d = dispute_events.c, disputes.c
    for one in found:
        steps = tx.scalars(select(e.id).where(e.dispute_id == one.dispute_id).order_by(e.id)).all()
        for place, number in enumerate(steps):
            at = one.opened + place * one.step
            tx.execute(update(dispute_events).where(e.id == number).values(at=at))
        here = d.id == one.dispute_id
        tx.execute(update(disputes).where(here).values(opened_at=one.opened, due=one.due))
        last = one.opened + (len(steps) - 1) * one.step
        answered = here & d.answered_at.is_not(None)
        tx.execute(update(disputes).where(answered).values(answered_at=one.opened + one.step))
        closed = here & (d.state == DisputeState.CLOSED)
        tx.execute(update(disputes).where(closed).values(closed_at=last))
