"""Everything the overview shows, read and worked out once."""

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl
import streamlit as st

from dashboard.charts.lost import Lost
from dashboard.data import frames, listing
from dashboard.data.frames import CallFilter
from dashboard.data.listing import PageOf
from dashboard.data.scorecards import common_titles
from dashboard.data.site import Scope, settings
from qa.analytics import headline, weeks
from qa.analytics.headline import Figure, Heard
from qa.calendar import local_day, week_start

BACK = 26  # weeks
SHOWN = 5  # largest losses
SETTLED = 3  # full days after which a running week says something


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a viewer's calls. ``silent`` is dead air over the calls that had any; ``lost`` the five
    largest losses.
    """

    first: int
    running: bool
    quality: Figure
    no_failure: Figure
    talk: Figure
    dead_air: Figure
    silent: Figure
    heard: Heard
    lost: tuple[Lost, ...]


def this_week(language: str) -> int:
    """First day of the week that runs now, at the site."""
    return week_start(local_day(datetime.now(UTC), settings().zone), language)


@st.cache_resource(ttl=frames.KEPT, max_entries=64, show_spinner=False, hash_funcs=frames.HASHES)
def read_week(scope: Scope, queues: frozenset[int], first: int, language: str) -> Week:
    """The figures of a week, from one reading of the last half year, kept as long as the tables are."""
    back = first - BACK * weeks.STEP
    table = frames.figures(scope, CallFilter(first_day=back, last_day=first + 6, queues=queues)).lazy()
    heard = headline.heard(table, first, language)
    return Week(
        first=first,
        running=first == this_week(language),
        quality=headline.quality(table, first, language),
        no_failure=headline.no_failure(table, first, language),
        talk=headline.measured(table, "talk_share_agent", first, language),
        dead_air=headline.measured(table, "dead_air_seconds", first, language),
        silent=headline.where_any(table, "dead_air_seconds", first, language),
        heard=heard,
        lost=_lost(scope, queues, heard, language),
    )


def usual_week(scope: Scope, language: str) -> int | None:
    """First day of the week to show unasked; ``None`` without any call of this viewer."""
    today = local_day(datetime.now(UTC), settings().zone)
    days = frames.days(scope, CallFilter(first_day=today - BACK * weeks.STEP, last_day=today + 1))
    if not days:
        newest = listing.page(scope, CallFilter(), PageOf(limit=1, count=False)).rows
        return week_start(newest[0].local_day, language) if newest else None
    running = week_start(today, language)
    before = [day for day in days if day < running]
    if today - running < SETTLED and before:
        return week_start(max(before), language)
    return week_start(max(days), language)


def _lost(scope: Scope, queues: frozenset[int], heard: Heard, language: str) -> tuple[Lost, ...]:
    first = int(heard.weeks[-1])
    both = CallFilter(first_day=first - weeks.STEP, last_day=first + 6, queues=queues)
    table = frames.verdicts(scope, both).lazy()
    counted = {first: heard.counted, first - weeks.STEP: heard.counted_before}
    costly = weeks.points_lost_change(table, counted, first, language).filter(pl.col("lost") > 0)
    rows = costly.head(SHOWN).collect().to_dicts()
    names = common_titles(language)
    return tuple(
        Lost(row["key"], names.get(row["key"], row["key"]), row["lost"], row["change"]) for row in rows
    )
