"""Sums of promises by state and by the days on which they were due and changed."""

from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import Select

from qa.cells import PROMISE_CELLS
from qa.store.database import Transaction
from qa.store.framing import MOMENT, framed, selected
from qa.store.kinds import PromiseState
from qa.store.lists.filters import CallFilter
from qa.store.rollups.asked import Asked
from qa.store.scope import Scope
from qa.store.tables import calls, promises

OF_CALL = ("local_day", "team_id", "agent_id", "queue_id", "direction", "language", "generated")
_ROWS = pl.Schema(
    {
        **{name: pl.String() if kind == pl.Categorical() else kind for name, kind in PROMISE_CELLS.items()
           if name not in ("due_day", "changed_day", "n")},
        "due_at": MOMENT, "changed_at": MOMENT,
    }
)  # fmt: skip


def promise_cells(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """``PROMISE_CELLS`` of single days."""
    rows = promise_rows(tx, asked)
    days = {"due_day": asked.day("due_at"), "changed_day": asked.day("changed_at")}
    groups = [name for name in PROMISE_CELLS if name != "n"]
    cells = rows.with_columns(**days).group_by(groups).agg(pl.len().alias("n"))
    return cells.select(pl.col(name).cast(kind) for name, kind in PROMISE_CELLS.items())


def promise_rows(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """One row a promise with the columns of its call."""
    return framed(tx, _query(tx).where(*asked.of_calls()), _ROWS)


def late_rows(
    tx: Transaction, filters: CallFilter, scope: Scope, due: tuple[datetime, datetime]
) -> pl.DataFrame:
    """The same of open promises that were due between two moments, the first among them, the other not."""
    p, (since, until) = promises.c, due
    here = (p.state == PromiseState.OPEN, p.due_at >= since, p.due_at < until)
    return framed(tx, _query(tx).where(*here, *filters.clauses(scope, tx.dialect.name)), _ROWS)


def _query(tx: Transaction) -> Select[Any]:
    named = {name: calls.c[name] for name in OF_CALL}
    joined = promises.join(calls, calls.c.id == promises.c.call_id)
    return selected(tx, _ROWS, promises, named).select_from(joined)
