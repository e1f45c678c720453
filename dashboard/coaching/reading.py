"""What the coaching pages work out of the calls: suggestions, the course of a criterion, an effect."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard.data import agents, clips, coaching
from dashboard.data.coaching import CoachingState, Session, SessionFilter
from dashboard.data.frames import HASHES, KEPT, CallFilter
from dashboard.data.site import Scope
from qa.analytics.coached_calls import Session as Held
from qa.analytics.effect import WEEKS, Effect, coaching_effect
from qa.analytics.gain import Suggestion, suggestions
from qa.analytics.headline import WEEKS as BACK
from qa.analytics.headline import Figure
from qa.analytics.intervals import Estimate
from qa.analytics.verdicts import criterion_course, mean_verdict
from qa.analytics.weeks import STEP
from qa.calendar import week_start

LOOKED = 13
"""Weeks that a suggestion looks at: a quarter of a year, so that a steady distance is told from chance."""
MANY = 500
"""Sessions that an effect looks at; those before them are older than the calls."""


@dataclass(frozen=True, slots=True)
class Course:
    """A criterion of the coached agents, by week; ``before`` and ``now`` are means of 0-1.

    Before a session is held there is only ``now``, the mean of the last eight weeks.
    """

    figure: Figure
    before: Estimate | None
    now: Estimate
    effect: Effect | None


def last_week(language: str) -> int:
    """First day of the last week that is over."""
    return week_start(coaching.today(), language) - STEP


@st.cache_resource(ttl=KEPT, max_entries=32, show_spinner=False, hash_funcs=HASHES)
def suggested(scope: Scope, language: str) -> tuple[Suggestion, ...]:
    """Whom to coach on what, from the last whole weeks; the largest expected gain first."""
    last = last_week(language)
    days = CallFilter(first_day=last - (LOOKED - 1) * STEP, last_day=last + STEP - 1)
    return suggestions(agents.criteria(scope, days))


def course(scope: Scope, session: Session, language: str) -> Course:
    """The course of a session's criterion for its agents."""
    days = _days(scope, session.criterion, language)
    return _course(days, session, effect(scope, session), language)


def effect(scope: Scope, session: Session) -> Effect | None:
    """What came of a session; ``None`` until it is held."""
    if session.held_day is None or session.state is CoachingState.PREPARED:
        return None
    return _effect(scope, session.criterion, _held(session))


@st.cache_resource(ttl=KEPT, max_entries=256, show_spinner=False, hash_funcs=HASHES | {Held: repr})
def _effect(scope: Scope, criterion: str, held: Held) -> Effect:
    first = held.day - WEEKS * STEP
    filters = CallFilter(first_day=first, last_day=held.day + WEEKS * STEP)
    days = clips.days(scope, filters, criterion)
    return coaching_effect(days.lazy(), held, _others(scope, criterion))


def _others(scope: Scope, criterion: str) -> tuple[Held, ...]:
    found = coaching.listed(scope, SessionFilter(criterion=criterion), MANY)
    return tuple(_held(one) for one in found if one.held_day is not None)


def _held(session: Session) -> Held:
    return Held(tuple(member.agent_id for member in session.members), session.held_day or 0)


def _days(scope: Scope, criterion: str, language: str) -> pl.DataFrame:
    running = last_week(language) + STEP
    return clips.days(scope, CallFilter(first_day=running - BACK * STEP, last_day=running + 6), criterion)


def _course(days: pl.DataFrame, session: Session, found: Effect | None, language: str) -> Course:
    own = days.filter(pl.col("agent_id").is_in([member.agent_id for member in session.members]))
    figure = criterion_course(own, last_week(language), language)
    today, held = coaching.today(), session.held_day
    if held is None:
        return Course(figure, None, mean_verdict(own, today - WEEKS * STEP, today), None)
    before = mean_verdict(own, held - WEEKS * STEP, held - 1)
    return Course(figure, before, mean_verdict(own, held + 1, held + WEEKS * STEP), found)
