"""Telephone contacts for figures: sums of them, and the contacts themselves in weeks that have few."""

from datetime import tzinfo

import polars as pl

from qa.analytics.intervals import FEW
from qa.analytics.weeks import STEP
from qa.calendar import day_bounds
from qa.contacts import OFFERED, cells_of
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.people import list_queues
from qa.store.rollups.halves import Part, runs
from qa.store.rollups.of_contacts import contact_rows
from qa.store.rollups.read import contact_cells
from qa.store.scope import Scope

COLUMNS = ("local_day", "queue", "outcome", "n", "quick", "waited_n", "waited_sum", "waited_squares",
           "talked_n", "talked_sum", "talked_squares")  # fmt: skip
_COUNTS = ("n", "quick", "waited_n", "talked_n")


def contacts(
    database: Database, scope: Scope, days: Part, zone: tzinfo, queue: int | None = None
) -> pl.DataFrame:
    """Cells of the contacts of these days (``qa.cells.CONTACT_CELLS``, counts wide, words as text), of a
    queue or of all. ``days`` begin with a week: of weeks with so few contacts that an interval asks for each
    value (``qa.analytics.intervals.mean``), each contact is a cell.
    """
    found = contact_cells(database, scope, CallFilter(first_day=days.first, last_day=days.last), zone)
    cells = found.with_columns(pl.col("queue", "outcome").cast(pl.String), pl.col(_COUNTS).cast(pl.Int64))
    if queue is not None:
        cells = cells.filter(pl.col("queue").str.to_lowercase() == _name(database, queue))
    named = None if queue is None else cells["queue"].unique().to_list()
    rare = _few(cells, days.first)
    if not rare:
        return cells
    week = (pl.col("local_day") - days.first) // STEP
    rows = [_each(database, run, zone, named) for run in _weeks(rare, days.first)]
    return pl.concat([cells.filter(~week.is_in(sorted(rare))).select(COLUMNS), *rows])


def _few(cells: pl.DataFrame, first: int) -> set[int]:
    """Weeks, counted from the first, in which some mean is one of few."""
    offered = cells.filter(pl.col("outcome").is_in(OFFERED)).with_columns(
        _answered("waited"), _answered("talked")
    )
    week = ((pl.col("local_day") - first) // STEP).alias("week")
    known = pl.col("waited_n", "waited", "talked")
    few = offered.group_by(week).agg(known.sum()).filter(pl.any_horizontal((known > 0) & (known < FEW)))
    return set(few["week"])


def _answered(name: str) -> pl.Expr:
    return pl.when(pl.col("outcome") == "answered").then(f"{name}_n").otherwise(0).alias(name)


def _weeks(weeks: set[int], first: int) -> list[Part]:
    """Weeks in a row as days."""
    return [Part(first + run.first * STEP, first + (run.last + 1) * STEP - 1) for run in runs(weeks)]


def _each(database: Database, days: Part, zone: tzinfo, queues: list[str] | None) -> pl.DataFrame:
    since, until = day_bounds(days.first, zone)[0], day_bounds(days.last, zone)[1]
    local = pl.col("started_at").dt.convert_time_zone(str(zone)).dt.date().to_physical().cast(pl.Int32)
    rows = contact_rows(database, since, until, queues).with_columns(local.alias("local_day"))
    return cells_of(rows.lazy()).select(COLUMNS).collect()


def _name(database: Database, queue: int) -> str:
    with database.read() as tx:
        return next((one.name.lower() for one in list_queues(tx) if one.id == queue), "")
