"""Public comments that wait for a reply, the most urgent first: found by their sums, read by their moments.

How urgent a comment is stands in no index. Sums say since when each waits and how it feels, so that a page
opens the few comments of these moments and not all that wait.
"""

from dataclasses import replace
from datetime import tzinfo

import polars as pl

from qa.gather import said
from qa.store.database import Database
from qa.store.keyset import Cut, Sheet
from qa.store.rollups.taking import Fewer
from qa.store.scope import Scope
from qa.store.voice.comment_desk import FELT, CommentOrder, CommentRow, list_comments
from qa.store.voice.comment_filter import CommentFilter, Shown

KEPT = ("local_day", "channel", "service", "label", "suggestion")
MORE, GROWS, MOST = 4, 4, 2_000
"""Moments that are tried at first for each row of a page; how many times more next; too many."""


def comments(
    database: Database, scope: Scope, wanted: CommentFilter, cut: Cut, zone: tzinfo
) -> Sheet[CommentRow]:
    """A page of ``list_comments`` by urgency.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    cells = None
    if wanted.shown is Shown.WAITING:
        cells = said.comments(database, scope, replace(wanted, shown=Shown.ALL), zone, OPEN)
    moments = None if cells is None else _moments(cells, cut.after)
    tried = MORE * (cut.limit + 1)
    while moments is not None and tried <= MOST:
        near = moments.bottom_k(tried, by=["felt", "at"]).sort("felt", "at")
        asked = replace(wanted, moments=frozenset(near["at"]))
        with database.read() as tx:
            found = list_comments(tx, scope, asked, CommentOrder.URGENT, cut)
        if near.height == moments.height or _certain(found, near):
            return found
        tried *= GROWS
    with database.read() as tx:
        return list_comments(tx, scope, wanted, CommentOrder.URGENT, cut)


def _open(cells: pl.DataFrame) -> pl.DataFrame:
    """Those that wait: how they feel, since when, and what filters ask of them."""
    label = pl.col("label").cast(pl.String)
    felt = label.replace_strict(FELT, default=1, return_dtype=pl.Int8)
    waits = cells.filter(~pl.col("replied") & ~pl.col("recovered") & ~pl.col("aside"))
    return waits.select(*KEPT, felt.alias("felt"), pl.col("waiting_since").alias("at")).sort("local_day")


OPEN = Fewer("comments that wait", (*KEPT, "replied", "recovered", "aside", "waiting_since"), _open)


def _moments(cells: pl.DataFrame, after: str | None) -> pl.DataFrame:
    """How comments that wait feel, and since when, after a place: at least all that the database has."""
    found = cells.select("felt", "at")
    try:
        _waits, feeling, moment, _number = (int(part or -1) for part in (after or "").split("~"))
    except ValueError:  # none, or none of this list, which says so itself
        return found
    later = (pl.col("felt") > feeling) | (pl.col("at").dt.timestamp("us") >= moment)
    return found.filter((pl.col("felt") >= feeling) & later)


def _certain(found: Sheet[CommentRow], near: pl.DataFrame) -> bool:
    """True when no comment of a later moment can stand on the page: it is full, and its last row is no later
    than the last moment that was tried.
    """
    if found.next is None:
        return False
    last = found.rows[-1]
    return last.posted_at is not None and (FELT.get(last.label or "", 1), last.posted_at) <= near.row(-1)
