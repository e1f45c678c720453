"""Surveys, telephone contacts and comments of a stretch of days, narrowed to what was asked for."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

import polars as pl

from qa.calendar import day_bounds
from qa.gather import telephone
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.people import list_queues
from qa.store.rollups.halves import Part
from qa.store.rollups.read import comment_cells, survey_cells
from qa.store.scope import Scope
from qa.weekly.records import Ask, Why


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
    """Telephone contacts of these days (``qa.gather.telephone``); most belong to no call, so to no team."""
    if not scope.everything:
        return Why.SCOPE
    if ask.team is not None or ask.language:
        return Why.UNKNOWN
    return telephone.contacts(database, scope, Part(days.first, days.last), days.zone, ask.queue)


def comments(database: Database, scope: Scope, ask: Ask, days: Days) -> pl.DataFrame | Why:
    """Comments posted in these days (``qa.cells.COMMENT_CELLS``)."""
    if scope.agent is not None:
        return Why.SCOPE
    if ask.team is not None or ask.queue is not None:
        return Why.NARROWED
    languages = frozenset({ask.language}) if ask.language else frozenset()
    inside = CallFilter(first_day=days.first, last_day=days.last, languages=languages)
    return comment_cells(database, scope, inside, days.zone)
