"""The reads behind every page: lists of calls, and frames for the analytics. Each takes a scope.

The frames have the columns and types of ``qa.frames``.
"""

from collections.abc import Sequence
from typing import Any

import polars as pl
from sqlalchemy import BigInteger, ColumnElement, Enum, Select, String, and_, cast, func, select, type_coerce

from qa.frames import CALLS_SCHEMA, CRITERIA_SCHEMA, WIDE_MEASURES
from qa.store.call.calls import call_id_of, call_in_scope
from qa.store.database import Database, Transaction
from qa.store.kinds import EvaluationSource
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import CallPage, CallRow, Order, PageOf, list_calls
from qa.store.scope import Scope
from qa.store.tables import agents, calls, criterion_results, evaluations, measurements, queues, teams

__all__ = [
    "CALLS_SCHEMA",
    "CRITERIA_SCHEMA",
    "WIDE_MEASURES",
    "CallFilter",
    "CallPage",
    "CallRow",
    "Order",
    "PageOf",
    "Scope",
    "call_id_of",
    "call_in_scope",
    "calls_frame",
    "criteria_frame",
    "list_calls",
]


def calls_frame(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """One row a call with its current automatic evaluation and its measures beside each other, oldest first.

    A measure that is not measurable is null. Calls that are left out of aggregates are here with the reason.
    """
    with database.read() as tx:
        where = filters.clauses(scope, database.dialect)
        rows = tx.execute(_calls_query(tx, where)).all()
        measured = tx.execute(_measures_query(where)).all()
    wide = pl.Schema({"id": pl.Int64(), **dict.fromkeys(WIDE_MEASURES, pl.Float64())})
    names = [name for name in CALLS_SCHEMA if name not in WIDE_MEASURES]
    schema = pl.Schema({"id": pl.Int64(), **{name: CALLS_SCHEMA[name] for name in names}})
    schema["started_at"] = pl.Int64()
    frame = _columns(rows, schema).with_columns(pl.from_epoch("started_at", "us").dt.replace_time_zone("UTC"))
    joined = frame.join(_columns(measured, wide), on="id", how="left")
    return joined.sort("started_at", "id").select(pl.col(list(CALLS_SCHEMA)))


def criteria_frame(database: Database, scope: Scope, filters: CallFilter, key: str = "") -> pl.DataFrame:
    """One row a criterion of each call's current automatic evaluation, by call, then in scorecard order; of
    the criterion with this key alone, if one is named.
    """
    where = filters.clauses(scope, database.dialect)
    if key:
        where.append(criterion_results.c.key == key)
    with database.read() as tx:
        rows = tx.execute(_criteria_query(where)).all()
    return _columns(rows, CRITERIA_SCHEMA)


def _calls_query(tx: Transaction, where: list[ColumnElement[bool]]) -> Select[Any]:
    named = {
        "call_key": calls.c.key,
        "started_at": _microseconds(tx),
        "agent": agents.c.name,
        "team": teams.c.name,
        "queue": queues.c.name,
        **{f: evaluations.c[f] for f in ("scorecard", "version", "score_before_critical", "failed_by")},
    }
    wanted = [name for name in CALLS_SCHEMA if name not in WIDE_MEASURES]
    columns = [_plain(named[name] if name in named else calls.c[name]) for name in wanted]
    joined = (
        calls.outerjoin(agents, agents.c.id == calls.c.agent_id)
        .outerjoin(teams, teams.c.id == calls.c.team_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
        .outerjoin(evaluations, and_(evaluations.c.call_id == calls.c.id, _current()))
    )
    return select(calls.c.id, *columns).select_from(joined).where(*where)


def _measures_query(where: list[ColumnElement[bool]]) -> Select[Any]:
    m = measurements.c
    columns = [func.max(m.value).filter(m.name == name) for name in WIDE_MEASURES]
    query = (
        select(m.call_id, *columns).join_from(measurements, calls).where(m.name.in_(WIDE_MEASURES), *where)
    )
    return query.group_by(m.call_id)


def _criteria_query(where: list[ColumnElement[bool]]) -> Select[Any]:
    named = {"call_key": calls.c.key, "scorecard": evaluations.c.scorecard, "version": evaluations.c.version}
    own = {"key", "section", "verdict", "weight", "applied_weight", "critical", "confidence", "rule"}
    columns = [
        _plain(named[n] if n in named else (criterion_results if n in own else calls).c[n])
        for n in CRITERIA_SCHEMA
    ]
    joined = calls.join(evaluations, and_(evaluations.c.call_id == calls.c.id, _current())).join(
        criterion_results, criterion_results.c.evaluation_id == evaluations.c.id
    )
    order = (calls.c.started_at, calls.c.id, criterion_results.c.position)
    return select(*columns).select_from(joined).where(*where).order_by(*order)


def _plain(column: ColumnElement[Any]) -> ColumnElement[Any]:
    # Words of a closed set stay text: making a member of each costs more than reading the row.
    return type_coerce(column, String) if isinstance(column.type, Enum) else column


def _current() -> ColumnElement[bool]:
    return evaluations.c.current & (evaluations.c.source == EvaluationSource.AUTO)


def _microseconds(tx: Transaction) -> ColumnElement[int]:
    if tx.dialect.name == "sqlite":
        return type_coerce(calls.c.started_at, BigInteger)
    return cast(func.extract("epoch", calls.c.started_at) * 1_000_000, BigInteger)


def _columns(rows: Sequence[Any], schema: pl.Schema) -> pl.DataFrame:
    # Column by column with the type said beforehand: guessing from the first rows fails on leading nulls.
    by_column = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=dtype)
            for (name, dtype), values in zip(schema.items(), by_column, strict=True)
        ]
    )
