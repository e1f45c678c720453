"""The course of the figure that an action item is meant to move."""

import polars as pl

from dashboard.coaching.reading import last_week
from dashboard.data import clips, weekly
from dashboard.data.actions import ActionItem
from dashboard.data.frames import CallFilter
from dashboard.data.site import Scope
from qa.analytics.headline import WEEKS, Figure
from qa.analytics.verdicts import criterion_course
from qa.analytics.weeks import STEP
from qa.weekly.records import Ask


def figure_of(scope: Scope, item: ActionItem, language: str) -> Figure | None:
    """The weekly figure of the item's team or agent; ``None`` when none was named or there is none."""
    week = last_week(language)
    if item.kpi:
        every = weekly.week(scope, Ask(week, language, item.team_id)).readings
        found = [one.figure for one in every if one.kpi.key == item.kpi and one.why is None]
        return found[0] if found else None
    if not item.criterion:
        return None
    teams = frozenset() if item.team_id is None or item.agent_id is not None else frozenset({item.team_id})
    agents = frozenset() if item.agent_id is None else frozenset({item.agent_id})
    first = week - (WEEKS - 1) * STEP
    filters = CallFilter(first_day=first, last_day=week + STEP - 1, teams=teams, agents=agents)
    days = clips.days(scope, filters, item.criterion)
    return criterion_course(days.filter(pl.col("n") > 0), week, language) if days.height else None
