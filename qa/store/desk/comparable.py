"""Calls that several people can judge blind: scored under one version of a scorecard, not yet reviewed."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, or_, select

from qa.store.database import Transaction
from qa.store.kinds import CallStatus, EvaluationSource, ReviewState
from qa.store.lists.call_days import on_days
from qa.store.tables import calls, evaluations, reviews, transcripts


@dataclass(frozen=True, slots=True)
class Comparable:
    """A call that may be calibrated on."""

    call_id: int
    key: str
    agent_id: int | None
    team_id: int | None
    generated: bool


@dataclass(frozen=True, slots=True)
class Among:
    """Where calls are looked for: days (both included) and a queue, or keys; ``None``: any."""

    first_day: int | None = None
    last_day: int | None = None
    queue_id: int | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardInUse:
    """A version of a scorecard and how many calls were scored with it last."""

    scorecard: str
    version: int
    calls: int


def cards_in_use(tx: Transaction, among: Among) -> tuple[CardInUse, ...]:
    """The versions that calls of these days were scored with, the most used first."""
    e = evaluations.c
    query = _scored(select(e.scorecard, e.version, func.count()), among).group_by(e.scorecard, e.version)
    rows = tx.execute(query.order_by(func.count().desc(), e.scorecard, e.version.desc()))
    return tuple(CardInUse(*row) for row in rows)


def comparable(
    tx: Transaction, card: tuple[str, int], among: Among, without: Collection[int]
) -> tuple[Comparable, ...]:
    """Calls scored under ``card`` (scorecard, version) that can be heard or read and that none of the users
    ``without`` has reviewed.

    Generated calls are among them only where no other call is.
    """
    names = ("id", "key", "agent_id", "team_id", "generated")
    known = select(reviews.c.call_id).where(
        reviews.c.reviewer_id.in_(sorted(without)), reviews.c.state != ReviewState.REPLACED
    )
    query = _scored(select(*(calls.c[name] for name in names)), among).where(
        evaluations.c.scorecard == card[0], evaluations.c.version == card[1], calls.c.id.not_in(known)
    )
    found = [Comparable(*row) for row in tx.execute(query.order_by(calls.c.id))]
    return tuple([call for call in found if not call.generated] or found)


def _scored(query: Select[Any], among: Among) -> Select[Any]:
    query = query.join_from(calls, evaluations, evaluations.c.call_id == calls.c.id).where(
        calls.c.status == CallStatus.DONE,
        calls.c.left_out.is_(None),
        evaluations.c.current,
        evaluations.c.source == EvaluationSource.AUTO,
        # Of history that was only brought in as figures nobody could judge anything.
        or_(calls.c.media.is_not(None), exists().where(transcripts.c.call_id == calls.c.id)),
    )
    query = query.where(*on_days(among.first_day, among.last_day))
    if among.queue_id is not None:
        query = query.where(calls.c.queue_id == among.queue_id)
    if among.keys:
        query = query.where(calls.c.key.in_(among.keys))
    return query
