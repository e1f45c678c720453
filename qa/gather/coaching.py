"""Coaching sessions that were held, and the verdicts that say what came of them."""

import polars as pl

from qa.analytics.effect import WEEKS
from qa.analytics.weeks import STEP
from qa.gather import sums
from qa.gather.house import House
from qa.store.coaching.kinds import CoachingState
from qa.store.coaching.reading import Session, SessionFilter, list_sessions
from qa.store.lists.filters import CallFilter
from qa.store.scope import Scope
from qa.weekly.inputs import Ask, Held

SINCE, MOST, READ = 12 * STEP, 12, 500
"""Days back from the end of the week; sessions shown; sessions looked through."""


def held(house: House, ask: Ask) -> tuple[Held, ...]:
    """Sessions held in the twelve weeks up to the end of the week, the newest first."""
    wanted = SessionFilter(states=frozenset({CoachingState.HELD, CoachingState.ACKNOWLEDGED}))
    with house.database.read() as tx:
        found = list_sessions(tx, house.scope, wanted, READ)
    kept = [_held(one) for one in found if _within(one, ask)]
    return tuple(sorted(kept, key=lambda one: (-one.day, one.id))[:MOST])


def verdicts(house: House, ask: Ask, sessions: tuple[Held, ...]) -> pl.DataFrame:
    """Verdicts of everybody on the criteria of the sessions by day, from eight weeks before the first."""
    first = min((one.day for one in sessions), default=ask.last + 1) - WEEKS * STEP
    days = CallFilter(first_day=first, last_day=ask.last if sessions else first - 1)
    return sums.verdicts(house.database, Scope.all(), days, {one.criterion for one in sessions}, daily=True)


def _within(one: Session, ask: Ask) -> bool:
    if one.held_day is None or not ask.last - SINCE < one.held_day <= ask.last or not one.members:
        return False
    return ask.team is None or ask.team in {member.team_id for member in one.members}


def _held(one: Session) -> Held:
    agents = tuple((member.agent_id, member.agent) for member in one.members)
    return Held(one.id, one.criterion, agents, one.held_day or 0)
