"""Calls and verdicts for figures: sums of them, and the calls themselves where they are few.

Where there are few calls, an interval may ask for each value (``qa.analytics.intervals.mean``); where there
are many, it does not, and reading each of them would take longer than a page may.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC

import polars as pl

from qa.analytics.cells import cells
from qa.cells import CALL_CELLS, CRITERION_CELLS
from qa.frames import CRITICAL_KINDS
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.lists.read import calls_frame
from qa.store.people import list_agents, list_queues
from qa.store.rollups import kinds
from qa.store.rollups.read import taken
from qa.store.rollups.taking import Fewer, Wanted
from qa.store.scope import Scope

FEW_CALLS = 3000
"""Up to so many calls are read one by one."""

AT_ONCE = 25_000
"""About so many cells are grouped at once."""

CALL_GROUPS = ("local_day", "agent_id", "queue_id", "language", "left_out")
VERDICT_GROUPS = ("local_day", "agent_id", "queue_id", "key")
MEASURED = ("talk_share_agent", "dead_air_seconds", "interruptions_agent")
"""Measures that figures over many calls are made of."""
CALL_SUMS = (
    "received", "done", "counted", "no_customer", "abusive", "reviewed", "band_pass",
    "failed", *(f"failed_{kind}" for kind in CRITICAL_KINDS), "score_sum", "score_squares",
    *(f"{name}_{part}" for name in MEASURED for part in ("n", "sum", "squares", "any")),
)  # fmt: skip


def summed(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Cells of the calls (``CALL_SUMS`` of ``qa.cells.CALL_CELLS``) by part of the week, agent, queue,
    language and the reason why they are left out, with the names of ``agent`` and ``queue``. Whoever asks
    for the same days holds the same cells.

    Raises:
        InvalidSetting: the filter has a part that sums do not know.
    """
    found = taken(database, Wanted(kinds.CALLS, UTC, scope, filters, fewer=CALLS))
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


def days(database: Database, scope: Scope, filters: CallFilter) -> frozenset[int]:
    """A day of each part of a week in which there are calls of the filter.

    Raises:
        InvalidSetting: the filter has a part that sums do not know.
    """
    return frozenset(
        taken(database, Wanted(kinds.CALLS, UTC, scope, filters, fewer=CALLS))["local_day"].unique()
    )


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
    wanted = Wanted(kinds.CRITERIA, UTC, scope, filters, daily, frozenset(keys), VERDICTS)
    return taken(database, wanted)


def _grouped(found: pl.DataFrame, schema: pl.Schema, groups: tuple[str, ...]) -> pl.DataFrame:
    """Fewer groups; numbers wide enough to be taken from one another, words as text."""
    sums = [name for name, kind in schema.items() if kind in (pl.UInt32(), pl.Float64())]
    wide = [pl.col(name).cast(pl.Int64) for name in sums if schema[name] == pl.UInt32()]
    words = [pl.col(name).cast(pl.String) for name in groups if schema[name] == pl.Categorical()]
    few = found.select(*groups, *sums)
    pieces = (few.clear(), *_by_days(few))
    merged = (cells.group_by(groups).agg(pl.col(sums).sum()) for cells in pieces)
    # Days come first in the groups and pieces are in their order, so together they are sorted too.
    return pl.concat([cells.with_columns(*words, *wide).sort(groups) for cells in merged], rechunk=False)


def _by_days(found: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The cells some days at a time. Days are in every group, so sums of pieces are those of the whole; of
    half a year at once, what grouping needs beside them would be several times as large as they are.
    """
    if found.height <= AT_ONCE:
        yield found
        return
    many = found.group_by("local_day").len().sort("local_day")
    piece = (pl.col("len").cum_sum() - 1) // AT_ONCE
    for days in many.group_by(piece, maintain_order=True).agg(pl.col("local_day"))["local_day"]:
        yield found.filter(pl.col("local_day").is_between(days[0], days[-1]))


def _schema(whole: pl.Schema, names: Iterable[str]) -> pl.Schema:
    return pl.Schema({name: whole[name] for name in names})


_CALLS = _schema(CALL_CELLS, (*CALL_GROUPS, *CALL_SUMS))
_VERDICTS = _schema(
    CRITERION_CELLS, (*VERDICT_GROUPS, *list(CRITERION_CELLS)[list(CRITERION_CELLS).index("met") :])
)
CALLS = Fewer("calls for figures", tuple(_CALLS), lambda cells: _grouped(cells, _CALLS, CALL_GROUPS))
VERDICTS = Fewer(
    "verdicts for figures", tuple(_VERDICTS), lambda cells: _grouped(cells, _VERDICTS, VERDICT_GROUPS)
)
