"""Who opened a call and heard it: for the agent whose call it is, and for those who lead.

Whoever is to judge a call blind is left out as long as the calibration is open, also from the counts: that
somebody listens to it now would tell that it is in one.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Join, and_, case, distinct, exists, func, literal, or_, select

from qa.store.audit.acts import Act
from qa.store.database import Transaction
from qa.store.kinds import ReviewKind, RoundState
from qa.store.scope import Scope
from qa.store.tables import audit_log, calibration_rounds, calls, reviews, users

SEEING = (str(Act.CALL_VIEWED), str(Act.AUDIO_PLAYED))


@dataclass(frozen=True, slots=True)
class Opening:
    """One person and a call: when last, how often, and whether the recording was played. ``user_id`` and
    ``role`` are ``None`` for a command.
    """

    user_id: int | None
    name: str | None
    role: str | None
    last: datetime
    times: int
    heard: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """How many calls of an agent others opened, how many people, and how many of the calls they heard."""

    calls: int
    people: int
    heard: int


def openings(tx: Transaction, scope: Scope, call_id: int, viewer: int) -> tuple[Opening, ...]:
    """Who else than the viewer opened a call, the last one first; nobody for who judges the call blind."""
    c = audit_log.c
    played = case((c.act == str(Act.AUDIO_PLAYED), 1), else_=0)
    times = func.sum(1 - played)
    query = (
        select(
            c.user_id,
            func.max(func.coalesce(users.c.display_name, c.user_name)),
            func.max(c.user_role),
            func.max(c.at),
            times,
            func.max(played),
        )
        .select_from(_joined())
        .where(calls.c.id == call_id, scope.clause(), *_by_others(viewer))
        .group_by(c.user_id, c.user_name)
        .order_by(func.max(c.at).desc())
    )
    return tuple(Opening(*row[:4], max(1, int(row[4])), bool(row[5])) for row in tx.execute(query))


def opened(tx: Transaction, scope: Scope, agent_id: int, viewer: int, since: datetime) -> Opened:
    """What others opened of an agent's calls since a moment."""
    c = audit_log.c
    heard = case((c.act == str(Act.AUDIO_PLAYED), calls.c.id))
    query = (
        select(func.count(distinct(calls.c.id)), func.count(distinct(c.user_id)), func.count(distinct(heard)))
        .select_from(_joined())
        .where(calls.c.agent_id == agent_id, scope.clause(), c.at >= since, *_by_others(viewer))
    )
    return Opened(*tx.execute(query).one())


def _joined() -> Join:
    c = audit_log.c
    told = calls.join(audit_log, and_(c.subject == literal("call:") + calls.c.key, c.act.in_(SEEING)))
    return told.outerjoin(users, and_(users.c.id == c.user_id, users.c.name == c.user_name))


def _by_others(viewer: int) -> tuple[ColumnElement[bool], ...]:
    c = audit_log.c
    blind = exists().where(
        reviews.c.call_id == calls.c.id,
        reviews.c.reviewer_id == c.user_id,
        reviews.c.kind == ReviewKind.CALIBRATION,
        reviews.c.round_id == calibration_rounds.c.id,
        calibration_rounds.c.state == RoundState.OPEN,
    )
    return or_(c.user_id.is_(None), c.user_id != viewer), ~blind
