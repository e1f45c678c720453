"""The week of a viewer, from the store. Page, report and alerts all call ``read_week``.

A supervisor's scope narrows the calls, and with them surveys, promises and reviews; whether a customer called
again is judged by everybody's calls, of which nothing but that is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import polars as pl

from qa.analytics.answered import with_verdicts
from qa.analytics.headline import WEEKS
from qa.analytics.weeks import STEP
from qa.calendar import day_bounds, local_day
from qa.gather import coaching, sums
from qa.gather.house import House
from qa.gather.marks import marks
from qa.gather.sources import Days, comments, contacts, surveys
from qa.store.lists.filters import CallFilter
from qa.store.lists.weeks import reviewed_frame
from qa.store.people import list_agents
from qa.store.rollups import kinds
from qa.store.rollups.read import taken, with_overdue
from qa.store.rollups.taking import Wanted, added_up
from qa.store.scope import Scope
from qa.store.site import targets_at
from qa.store.voice.answered import answered
from qa.store.voice.feedback_frames import Span
from qa.weekly.kpis import SETTABLE
from qa.weekly.records import Ask, Inputs, Week
from qa.weekly.working import week_of

__all__ = ["House", "goals", "read_inputs", "read_week"]

DRIVEN = 13 * STEP
"""Days of answers that the drivers of satisfaction are found in."""
PROMISES = added_up(
    "promises of weeks", ("local_day", "state", "forbidden", "due_day", "changed_day"), ("n",)
)
RETURNS = added_up("returns of weeks", ("local_day",), ("calls", "again"))


def read_week(house: House, ask: Ask, now: datetime) -> Week:
    """The figures of a week for this viewer at this moment."""
    return week_of(read_inputs(house, ask, now))


def read_inputs(house: House, ask: Ask, now: datetime) -> Inputs:
    """The tables behind a week: the half year up to its end."""
    days = Days(ask.week - (WEEKS - 1) * STEP, ask.last, house.settings.zone)
    filters, place = _filters(ask, days.first, ask.last), (house.database, house.scope)
    summed = sums.summed(*place, filters)
    targets = goals(house, ask, now)
    sessions = coaching.held(house, ask)
    asked = surveys(house.database, (house.scope, ask), days)
    return Inputs(
        ask=ask,
        now=now,
        today=local_day(now, house.settings.zone),
        midnights=_midnights(days),
        calls=sums.few(summed, *place, filters),
        again=taken(house.database, Wanted(kinds.RETURNS, UTC, house.scope, filters, fewer=RETURNS)),
        marked=summed.group_by("local_day").agg(pl.col("abusive", "reviewed").sum()),
        criteria=sums.verdicts(*place, _filters(ask, ask.week - STEP, ask.last)),
        surveys=asked,
        answers=_answers(house, ask),
        contacts=contacts(house.database, house.scope, ask, days),
        comments=comments(house.database, house.scope, ask, days),
        promises=_promises(house, replace(filters, first_day=None), now),
        reviews=reviewed_frame(*place, _filters(ask, ask.week, ask.last)),
        reply_within=timedelta(minutes=targets["first_reply"] or 0),
        targets=targets,
        marks=marks(house, days.first, ask.last, (ask.team, ask.queue)),
        held=sessions,
        coached=coaching.verdicts(house, ask, sessions),
    )


def goals(house: House, ask: Ask, now: datetime) -> dict[str, float | None]:
    """Targets by KPI as they were in force at the end of the week (now, while it runs): the team's, else the
    site's, else the default.

    Weeks before a target was set for the first time are measured against the first one.
    """
    end = min(now, day_bounds(ask.last, house.settings.zone)[1])
    with house.database.read() as tx:
        found = targets_at(tx, end)
        team = ask.team
        if team is None and not house.scope.everything:
            team = _only(house.scope, {a.id: a.team_id for a in list_agents(tx)})
    return {kpi.key: _counts(found, kpi.key, team, kpi.default) for kpi in SETTABLE}


def _counts(
    found: Mapping[tuple[str, int | None], float], key: str, team: int | None, default: float | None
) -> float | None:
    return found.get((key, team), found.get((key, None), default))


def _only(scope: Scope, teams: Mapping[int, int | None]) -> int | None:
    """The one team of a viewer, if it is one."""
    own: Iterable[int | None] = scope.teams if scope.agent is None else {teams.get(scope.agent)}
    found = {team for team in own if team is not None}
    return found.pop() if len(found) == 1 else None


def _filters(ask: Ask, first: int, last: int) -> CallFilter:
    return CallFilter(
        first_day=first,
        last_day=last,
        teams=frozenset() if ask.team is None else frozenset({ask.team}),
        queues=frozenset() if ask.queue is None else frozenset({ask.queue}),
        languages=frozenset({ask.language}) if ask.language else frozenset(),
    )


def _midnights(days: Days) -> dict[int, datetime]:
    return {first: day_bounds(first + STEP - 1, days.zone)[1] for first in range(days.first, days.last, STEP)}


def _promises(house: House, filters: CallFilter, now: datetime) -> pl.DataFrame:
    wanted = Wanted(kinds.PROMISES, house.settings.zone, house.scope, filters, fewer=PROMISES)
    found = with_overdue(house.database, wanted, now)
    return found.with_columns(pl.col("state").cast(pl.String), pl.col("n", "overdue").cast(pl.Int64))


def _answers(house: House, ask: Ask) -> tuple[pl.DataFrame, tuple[str, ...], int]:
    """Answers of the last 13 weeks about calls of the half year; a sample of them where they are many."""
    first = ask.last - DRIVEN + 1
    span = Span(*Days(first, ask.last, house.settings.zone).bounds)
    filters = _filters(ask, ask.week - (WEEKS - 1) * STEP, ask.last)
    found = answered(house.database, house.scope, filters, span)
    return (*with_verdicts(found.answers, found.verdicts), found.given)
