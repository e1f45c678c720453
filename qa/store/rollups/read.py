"""Cells for the analytics, for a viewer: always exact, whatever was folded yet.

Each reader takes a scope and the part of ``CallFilter`` that cells can say (``qa.store.rollups.narrow``),
and gives a frame with the columns of ``qa.cells``. Cells sum the days of one part of a week (``halves``) or
single days: group by ``qa.analytics.weeks.week_of`` of ``local_day``, or take them all together.
"""

from datetime import UTC, datetime, tzinfo

import polars as pl

from qa.calendar import day_bounds, local_day
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.rollups.kinds import CALLS, COMMENTS, CONTACTS, DAYS, PROMISES, RETURNS, SURVEYS
from qa.store.rollups.narrow import OF_COMMENTS, OF_CONTACTS, refuse
from qa.store.rollups.of_calls import by_days
from qa.store.rollups.of_promises import late_rows
from qa.store.rollups.taking import Fewer, Wanted, take
from qa.store.scope import Scope


def day_cells(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """``DAY_CELLS``, which are ``CALL_CELLS`` of single days, agents and scorecards taken together.

    Raises:
        InvalidSetting: the filter has a part that cells cannot say.
    """
    if scope.agent is None and not filters.agents:
        return taken(database, Wanted(DAYS, UTC, scope, filters))
    return by_days(taken(database, Wanted(CALLS, UTC, scope, filters, daily=True)))


def return_cells(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """``RETURN_CELLS``: after how many calls the customer called again; whether is judged by everybody's
    calls. Single days, for the youngest cannot be judged yet.

    Raises:
        InvalidSetting: the filter has a part that cells cannot say.
    """
    return taken(database, Wanted(RETURNS, UTC, scope, filters))


def survey_cells(database: Database, scope: Scope, filters: CallFilter, zone: tzinfo) -> pl.DataFrame:
    """``SURVEY_CELLS`` by single days. Agents, teams, queues and directions are those of the call: who
    filters by them, or does not see everything, sees surveys of calls only.

    Raises:
        InvalidSetting: the filter has a part that cells cannot say.
    """
    return taken(database, Wanted(SURVEYS, zone, scope, filters))


def comment_cells(
    database: Database, scope: Scope, filters: CallFilter, zone: tzinfo, fewer: Fewer | None = None
) -> pl.DataFrame:
    """``COMMENT_CELLS`` by single days, or what ``fewer`` makes of them. They belong to no team: those who
    lead see them, agents do not.

    Raises:
        InvalidSetting: the filter narrows by more than days, language and whether they are generated.
    """
    refuse(filters, OF_COMMENTS)
    if not (scope.everything or scope.teams):
        nothing = COMMENTS.schema.to_frame()
        return nothing if fewer is None else fewer.of(nothing)
    return taken(database, Wanted(COMMENTS, zone, Scope.all(), filters, fewer=fewer))


def contact_cells(database: Database, scope: Scope, filters: CallFilter, zone: tzinfo) -> pl.DataFrame:
    """``CONTACT_CELLS`` by single days. Most contacts belong to no call, so to no team: those who see
    everything see them.

    Raises:
        InvalidSetting: the filter narrows by more than days.
    """
    refuse(filters, OF_CONTACTS)
    if not scope.everything:
        return CONTACTS.schema.to_frame()
    return taken(database, Wanted(CONTACTS, zone, Scope.all(), filters))


def with_overdue(database: Database, wanted: Wanted, now: datetime) -> pl.DataFrame:
    """The cells of promises that are wanted, or what is made of them, with ``overdue`` at ``now``.

    Raises:
        InvalidSetting: the filter has a part that cells cannot say.
    """
    cells = taken(database, wanted)
    today = local_day(now, wanted.zone)
    past = (pl.col("state") == "open") & (pl.col("due_day") < today).fill_null(value=False)
    late = pl.when(past).then(pl.col("n")).otherwise(0).cast(pl.UInt32)
    told = cells.with_columns(late.alias("overdue"))
    return pl.concat([told, _due_today(database, wanted, now).select(told.columns)])


def _due_today(database: Database, wanted: Wanted, now: datetime) -> pl.DataFrame:
    """Promises that fell due since midnight, as cells that count nothing but ``overdue``."""
    midnight = day_bounds(local_day(now, wanted.zone), wanted.zone)[0]
    with database.read() as tx:
        rows = late_rows(tx, wanted.filters, wanted.scope, (midnight, now))
    cells = rows.with_columns(
        pl.lit(local_day(now, wanted.zone)).alias("due_day"),
        pl.lit(None).alias("changed_day"),
        pl.lit(0).alias("n"),
        pl.lit(1).alias("overdue"),
    )
    schema = pl.Schema({**PROMISES.schema, "overdue": pl.UInt32()})
    return cells.select(pl.col(name).cast(kind) for name, kind in schema.items())


def taken(database: Database, wanted: Wanted) -> pl.DataFrame:
    """The cells that are wanted, or what is made of them.

    Raises:
        InvalidSetting: the filter has a part that cells cannot say.
    """
    refuse(wanted.filters)
    return take(database, wanted)
