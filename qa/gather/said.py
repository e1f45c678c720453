"""Comments for figures: sums of them, where a filter can be said of sums."""

from dataclasses import replace
from datetime import timedelta, tzinfo

import polars as pl

from qa.calendar import local_day
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.rollups.read import comment_cells
from qa.store.rollups.taking import Fewer, added_up
from qa.store.scope import Scope
from qa.store.voice.comment_filter import CommentFilter

SAID = frozenset({"since", "until", "channels", "services", "languages", "labels", "suggestion"})
INSTANT = timedelta(microseconds=1)


THEMES = added_up(
    "comments by theme",
    ("local_day", "channel", "service", "label", "read", "suggestion", "aspects", "hidden"),
    ("n",),
)
"""What the page of themes counts: comments that are alike in it are a cell, whenever they were answered."""


def comments(
    database: Database, scope: Scope, wanted: CommentFilter, zone: tzinfo, fewer: Fewer | None = None
) -> pl.DataFrame | None:
    """Cells of the comments of a filter (``qa.cells.COMMENT_CELLS``, or what ``fewer`` makes of them, with
    the columns of the filter); ``None`` where sums do not know a part
    of it, or the viewer sees some of the comments alone: sums are kept of all of them. Its days begin and end
    at midnight of the site.
    """
    if scope.teams and not scope.everything:
        return None
    rest = replace(wanted, **{name: getattr(CommentFilter(), name) for name in SAID})
    if rest != CommentFilter():
        return None
    days = CallFilter(
        first_day=None if wanted.since is None else local_day(wanted.since, zone),
        last_day=None if wanted.until is None else local_day(wanted.until - INSTANT, zone),
        languages=wanted.languages,
    )
    found = comment_cells(database, scope, days, zone, fewer)
    for name, words in (
        ("channel", wanted.channels),
        ("service", wanted.services),
        ("label", wanted.labels),
    ):
        if words:
            found = found.filter(pl.any_horizontal(*(pl.col(name) == word for word in sorted(words))))
    return found.filter("suggestion") if wanted.suggestion else found
