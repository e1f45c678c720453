"""Calls and verdicts for figures: sums of them, and the calls themselves where they are few.

Where there are few calls, an interval may ask for each value (``qa.analytics.intervals.mean``); where there
are many, it does not, and reading each of them would take longer than a page may.
"""

from collections.abc import Collection

import polars as pl

from qa.analytics.cells import cells
from qa.cells import CALL_CELLS, CRITERION_CELLS
from qa.store.database import Database
from qa.store.filters import CallFilter
from qa.store.people import list_agents, list_queues
from qa.store.read import calls_frame
from qa.store.rollups.read import calls_cells, criteria_cells
from qa.store.scope import Scope

FEW_CALLS = 3000
"""Up to so many calls are read one by one."""

CALL_GROUPS = ("local_day", "agent_id", "queue_id", "language", "left_out")
VERDICT_GROUPS = ("local_day", "agent_id", "queue_id", "key")


def summed(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Cells of the calls (``qa.cells.CALL_CELLS``) by part of the week, agent, queue, language and the reason
    why they are left out, with the names of ``agent`` and ``queue``.

    Raises:
        InvalidSetting: the filter has a part that sums do not know.
    """
    found = _grouped(calls_cells(database, scope, filters), CALL_CELLS, CALL_GROUPS)
    with database.read() as tx:
        names = (
            ("agent", {agent.id: agent.name for agent in list_agents(tx)}),
            ("queue", {queue.id: queue.name for queue in list_queues(tx)}),
        )
    return found.with_columns(
        pl.col(f"{what}_id").replace_strict(known, default=None, return_dtype=pl.String).alias(what)
        for what, known in names
    )


def calls(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """The same, or the calls themselves (``qa.frames.CALLS_SCHEMA``) where they are few.

    Raises:
        InvalidSetting: the filter has a part that sums do not know.
    """
    return few(summed(database, scope, filters), database, scope, filters)


def few(found: pl.DataFrame, database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """The calls instead of their sums, where they are few."""
    return found if found["received"].sum() > FEW_CALLS else calls_frame(database, scope, filters)


def with_few_of_agents(
    found: pl.DataFrame, database: Database, scope: Scope, filters: CallFilter, least: int
) -> pl.DataFrame:
    """Cells in which agents with fewer than ``least`` counted calls have these one by one."""
    if "call_key" in found.columns:
        return found
    counted = found.group_by("agent_id").agg(pl.col("counted").sum())
    rare = counted.filter((pl.col("counted") < least) & (pl.col("counted") > 0))["agent_id"].drop_nulls()
    if rare.is_empty():
        return found
    theirs = CallFilter(
        filters.first_day, filters.last_day, frozenset(rare), filters.teams, filters.queues,
        languages=filters.languages,
    )  # fmt: skip
    rows = cells(calls_frame(database, scope, theirs).lazy()).collect()
    rest = found.filter(~pl.col("agent_id").is_in(rare.implode()).fill_null(value=False))
    shared = [name for name in found.columns if name in rows.columns]
    return pl.concat([rest.select(shared), rows.select(shared)], how="vertical_relaxed")


def verdicts(
    database: Database, scope: Scope, filters: CallFilter, keys: Collection[str] = (), *, daily: bool = False
) -> pl.DataFrame:
    """Cells of verdicts (``qa.cells.CRITERION_CELLS``) by part of the week, or day, agent, queue, criterion.

    Raises:
        InvalidSetting: the filter has a part that sums do not know.
    """
    found = criteria_cells(database, scope, filters, keys, daily=daily)
    return _grouped(found, CRITERION_CELLS, VERDICT_GROUPS)


def _grouped(found: pl.DataFrame, schema: pl.Schema, groups: tuple[str, ...]) -> pl.DataFrame:
    """Fewer groups; numbers wide enough to be taken from one another, words as text."""
    sums = [name for name, kind in schema.items() if kind in (pl.UInt32(), pl.Float64())]
    wide = [pl.col(name).cast(pl.Int64) if schema[name] == pl.UInt32() else pl.col(name) for name in sums]
    words = [pl.col(name).cast(pl.String) for name in groups if schema[name] == pl.Categorical()]
    merged = found.select(*groups, *wide).group_by(groups).agg(pl.col(sums).sum())
    return merged.with_columns(words).sort(groups)
