"""Surveys, telephone contacts and comments of a stretch of days, narrowed to what was asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import polars as pl

from qa.analytics.contacts import from_queue_log, together
from qa.calendar import day_bounds
from qa.store.database import Database
from qa.store.feedback_frames import Span, contacts_frame, queue_events_frame
from qa.store.filters import CallFilter
from qa.store.people import list_queues
from qa.store.rollups.read import comment_cells, survey_cells
from qa.store.scope import Scope
from qa.weekly.records import Ask, Why

LONGEST = timedelta(hours=6)
"""Events of a call that entered its queue before a midnight may come so much after it."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days of a site, both ends included."""

    first: int
    last: int
    zone: tzinfo

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From the first moment up to the one after the last."""
        return day_bounds(self.first, self.zone)[0], day_bounds(self.last, self.zone)[1]


def surveys(database: Database, viewer: tuple[Scope, Ask], days: Days) -> pl.DataFrame:
    """Surveys answered (or sent, where nobody answered) in these days (``qa.cells.SURVEY_CELLS``). A language
    is that of the text, else that of the call; a queue that of the call, else that of the file.
    """
    scope, ask = viewer
    filters = CallFilter(
        first_day=days.first,
        last_day=days.last,
        teams=frozenset() if ask.team is None else frozenset({ask.team}),
        languages=frozenset({ask.language}) if ask.language else frozenset(),
    )
    found = survey_cells(database, scope, filters, days.zone)
    if ask.queue is None:
        return found
    with database.read() as tx:
        name = next((queue.name for queue in list_queues(tx) if queue.id == ask.queue), "")
    said = pl.col("queue_id").is_null() & (pl.col("queue").cast(pl.String) == name)
    return found.filter((pl.col("queue_id") == ask.queue) | said)


def contacts(database: Database, scope: Scope, ask: Ask, days: Days) -> pl.DataFrame | Why:
    """Telephone contacts of these days, with ``local_day``; most belong to no call, so to no team."""
    if not scope.everything:
        return Why.SCOPE
    if ask.team is not None or ask.language:
        return Why.UNKNOWN
    since, until = days.bounds
    span = Span(since - LONGEST, until + LONGEST)
    stays = from_queue_log(queue_events_frame(database, span).lazy())
    both = together(contacts_frame(database, span).lazy(), stays).collect()
    inside = both.filter(pl.col("started_at").is_between(since, until, closed="left"))
    if ask.queue is not None:
        with database.read() as tx:
            name = next((queue.name for queue in list_queues(tx) if queue.id == ask.queue), "")
        inside = inside.filter(pl.col("queue").str.to_lowercase() == name.lower())
    return _with_day(inside, days.zone, "started_at")


def comments(database: Database, scope: Scope, ask: Ask, days: Days) -> pl.DataFrame | Why:
    """Comments posted in these days (``qa.cells.COMMENT_CELLS``)."""
    if scope.agent is not None:
        return Why.SCOPE
    if ask.team is not None or ask.queue is not None:
        return Why.NARROWED
    languages = frozenset({ask.language}) if ask.language else frozenset()
    inside = CallFilter(first_day=days.first, last_day=days.last, languages=languages)
    return comment_cells(database, scope, inside, days.zone)


def _with_day(frame: pl.DataFrame, zone: tzinfo, *moments: str) -> pl.DataFrame:
    local = pl.coalesce(moments).dt.convert_time_zone(str(zone)).dt.date()
    return frame.with_columns(local.cast(pl.Int32).alias("local_day"))
