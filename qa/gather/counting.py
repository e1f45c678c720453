"""Counts over all that ever was: from sums where sums are kept, else from the rows.

Adding up the rows of a day for a sum takes longer than counting them, so a site whose sums are not made yet
(it comes from an older version, or imported years at once) counts as it always did.
"""

from datetime import UTC, tzinfo

import polars as pl

from qa.gather.week import PROMISES
from qa.store.card.scorecards import counts_by_version
from qa.store.database import Database
from qa.store.kinds import PromiseState
from qa.store.lists.filters import CallFilter
from qa.store.promise import ledger
from qa.store.promise.ledger import STATES, LedgerFilter, Tally
from qa.store.rollups import kinds
from qa.store.rollups.read import taken, with_overdue
from qa.store.rollups.taking import Wanted, added_up, ready
from qa.store.scope import Scope

VERSIONS = added_up("calls by scorecard", ("local_day", "scorecard", "version"), ("received",))


def scored_with(database: Database) -> dict[tuple[str, int], int]:
    """Calls that show an automatic score, by scorecard and version; as in every figure, those whose verdicts
    were removed since are among them.
    """
    wanted = Wanted(kinds.CALLS, UTC, Scope.all(), CallFilter(), fewer=VERSIONS)
    if not ready(database, wanted):
        with database.read() as tx:
            return counts_by_version(tx)
    scored = taken(database, wanted).filter(pl.col("scorecard").is_not_null())
    found = scored.group_by(pl.col("scorecard").cast(pl.String), "version").agg(pl.col("received").sum())
    return {(card, version): count for card, version, count in found.rows() if count}


def tally(database: Database, scope: Scope, wanted: LedgerFilter, zone: tzinfo) -> Tally:
    """How many promises of the filter there are of each kind, at its moment."""
    cells = Wanted(kinds.PROMISES, zone, scope, _of_calls(wanted), fewer=PROMISES)
    # An index knows the few of one agent; what cells cannot say is asked of the rows.
    of_rows = scope.agent is not None or bool(scope.blind) or wanted != _only_calls(wanted)
    if of_rows or not ready(database, cells):
        with database.read() as tx:
            return ledger.tally(tx, scope, wanted)
    found, n = with_overdue(database, cells, wanted.now), pl.col("n").cast(pl.Int64)
    state = pl.col("state").cast(pl.String)
    still = state == PromiseState.OPEN.value
    counts = found.select(
        n.sum().alias("total"),
        *(n.filter(state == value.value).sum().alias(name) for name, value in STATES.items()),
        pl.col("overdue").cast(pl.Int64).sum(),
        n.filter(still & pl.col("due_day").is_null()).sum().alias("untimed"),
        n.filter(pl.col("forbidden")).sum().alias("forbidden"),
    )
    return Tally(**counts.row(0, named=True))


def _of_calls(wanted: LedgerFilter) -> CallFilter:
    return CallFilter(wanted.first_day, wanted.last_day, wanted.agents, wanted.teams, wanted.queues)


def _only_calls(wanted: LedgerFilter) -> LedgerFilter:
    """What of the filter sums know."""
    return LedgerFilter(
        wanted.now,
        agents=wanted.agents,
        teams=wanted.teams,
        queues=wanted.queues,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
    )
