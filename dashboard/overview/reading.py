"""Everything the overview shows, read and worked out once."""

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from dashboard.charts.lost import Lost
from dashboard.data import frames
from dashboard.data.frames import CallFilter
from dashboard.data.scorecards import common_titles
from dashboard.data.site import Scope, settings
from qa.analytics import headline, weeks
from qa.analytics.headline import Figure, Heard
from qa.calendar import local_day, week_start

BACK = 26  # weeks


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a viewer's calls. ``left_out`` are reasons and counts; ``lost`` the five largest losses."""

    first: int
    quality: Figure
    no_failure: Figure
    talk: Figure
    dead_air: Figure
    heard: Heard
    left_out: tuple[tuple[str, int], ...]
    lost: tuple[Lost, ...]


def this_week(language: str) -> int:
    """First day of the week that runs now, at the site."""
    return week_start(local_day(datetime.now(UTC), settings().zone), language)


def read_week(scope: Scope, queues: frozenset[int], first: int, language: str) -> Week:
    """The figures of a week, from one reading of the last half year."""
    back = first - BACK * weeks.STEP
    table = frames.calls(scope, CallFilter(first_day=back, last_day=first + 6, queues=queues)).lazy()
    inside = table.filter(pl.col("local_day").is_between(first, first + 6))
    return Week(
        first=first,
        quality=headline.quality(table, first, language),
        no_failure=headline.no_failure(table, first, language),
        talk=headline.measured(table, "talk_share_agent", first, language),
        dead_air=headline.measured(table, "dead_air_seconds", first, language),
        heard=headline.heard(table, first, language),
        left_out=tuple(weeks.left_out_counts(inside).collect().iter_rows()),
        lost=_lost(scope, queues, first, language),
    )


def last_week_with_calls(scope: Scope, language: str) -> int | None:
    """First day of the newest week that holds a call of this viewer; ``None`` without any call."""
    today = local_day(datetime.now(UTC), settings().zone)
    table = frames.calls(scope, CallFilter(first_day=today - BACK * weeks.STEP, last_day=today + 1))
    newest = table["local_day"].max()
    return week_start(int(newest), language) if isinstance(newest, int) else None


def _lost(scope: Scope, queues: frozenset[int], first: int, language: str) -> tuple[Lost, ...]:
    both = CallFilter(first_day=first - weeks.STEP, last_day=first + 6, queues=queues)
    table = frames.criteria(scope, both).lazy()
    now = weeks.points_lost(table.filter(pl.col("local_day") >= first)).head(5).collect()
    before = weeks.points_lost(table.filter(pl.col("local_day") < first)).collect()
    then = dict(before.select("key", "lost").iter_rows())
    names = common_titles(language)
    return tuple(
        Lost(
            row["key"],
            names.get(row["key"], row["key"]),
            row["lost"],
            row["lost"] - then[row["key"]] if row["key"] in then else None,
        )
        for row in now.to_dicts()
        if row["lost"] > 0
    )
