"""Sums of calls: how many, their scores, critical failures, measures."""

from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, FromClause, and_, func, or_, select

from qa.cells import CALL_CELLS, DAY_CELLS
from qa.frames import CRITICAL_KINDS, WIDE_MEASURES
from qa.store.database import Transaction
from qa.store.kinds import Band, CallStatus, EvaluationSource, ReviewKind, ReviewState
from qa.store.rollups.asked import Asked, number, plain, squares, table, total
from qa.store.tables import calls, evaluations, measurements, reviews

GROUPS = ("local_day", "team_id", "agent_id", "queue_id", "direction", "language", "generated", "left_out",
          "scorecard", "version")  # fmt: skip
COUNTED = calls.c.score.is_not(None) & calls.c.left_out.is_(None)
_MEASURED = pl.Schema(
    {"id": pl.Int64()}
    | {name: CALL_CELLS[name] for name in GROUPS}
    | dict.fromkeys(WIDE_MEASURES, pl.Float64())
)


def call_cells(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """``CALL_CELLS`` of single days."""
    where, groups = asked.of_calls(), [_group(name) for name in GROUPS]
    counts = _counts()
    query = select(*groups, *counts.values()).select_from(_evaluated()).where(*where).group_by(*groups)
    names = (*GROUPS, *counts)
    found = table(tx, query, pl.Schema({name: CALL_CELLS[name] for name in names}))
    if found.is_empty():
        return CALL_CELLS.to_frame()
    wide = found.join(_reviewed(tx, where), on=GROUPS, how="left", nulls_equal=True)
    wide = wide.join(_measured(tx, where), on=GROUPS, how="left", nulls_equal=True)
    sums = [pl.col(name).fill_null(0) for name in CALL_CELLS if name not in GROUPS]
    return wide.select(*GROUPS, *sums).select(pl.col(list(CALL_CELLS)))


def by_days(cells: pl.DataFrame) -> pl.DataFrame:
    """``DAY_CELLS`` from ``CALL_CELLS`` of single days."""
    groups = [name for name in GROUPS if name in DAY_CELLS]
    sums = pl.col([name for name in DAY_CELLS if name not in groups]).sum()
    return cells.group_by(groups).agg(sums).select(pl.col(list(DAY_CELLS)))


def current() -> ColumnElement[bool]:
    """The automatic evaluation of a call that counts."""
    made = evaluations.c
    return and_(made.call_id == calls.c.id, made.current, made.source == EvaluationSource.AUTO)


def _evaluated() -> FromClause:
    return calls.outerjoin(evaluations, current())


def _group(name: str) -> ColumnElement[Any]:
    return evaluations.c[name] if name in ("scorecard", "version") else plain(calls.c[name])


def _counts() -> dict[str, ColumnElement[Any]]:
    c, before = calls.c, evaluations.c.score_before_critical
    early = COUNTED & before.is_not(None)
    failed = {f"failed_{kind}": c[f"failed_{kind}"] for kind in CRITICAL_KINDS}
    return {
        "received": func.count(),
        "done": number(c.status == CallStatus.DONE),
        "counted": number(COUNTED),
        "evaluated": number(evaluations.c.id.is_not(None) & c.left_out.is_(None)),
        "no_customer": number(COUNTED & c.customer_hash.is_(None)),
        "abusive": number(COUNTED & c.abusive),
        **{f"band_{band.value}": number(COUNTED & (c.band == band)) for band in Band},
        "failed": number(COUNTED & or_(*failed.values())),
        **{name: number(COUNTED & column) for name, column in failed.items()},
        "score_sum": total(c.score, COUNTED),
        "score_squares": squares(c.score, COUNTED),
        "before_n": number(early),
        "before_sum": total(before, early),
        "before_squares": squares(before, early),
        "duration_n": number(COUNTED & c.duration.is_not(None)),
        "duration_sum": total(c.duration, COUNTED),
        "duration_squares": squares(c.duration, COUNTED),
    }


def _measured(tx: Transaction, where: list[ColumnElement[bool]]) -> pl.DataFrame:
    """Call by call from the database, which keeps the measures of a call together, and then summed."""
    m, c = measurements.c, calls.c
    columns = [func.max(m.value).filter(m.name == name) for name in WIDE_MEASURES]
    joined = _evaluated().join(measurements, (m.call_id == c.id) & m.name.in_(WIDE_MEASURES))
    query = select(c.id, *(_group(name) for name in GROUPS), *columns).select_from(joined)
    each = table(tx, query.where(*where, COUNTED).group_by(c.id, evaluations.c.id), _MEASURED)
    sums = [
        part.alias(f"{name}_{kind}")
        for name in WIDE_MEASURES
        for value in (pl.col(name),)
        for kind, part in (
            ("n", value.count()),
            ("sum", value.sum()),
            ("squares", (value**2).sum()),
            ("any", (value > 0).sum()),
        )
    ]
    return each.group_by(GROUPS).agg(sums)


def _reviewed(tx: Transaction, where: list[ColumnElement[bool]]) -> pl.DataFrame:
    r, groups = reviews.c, [_group(name) for name in GROUPS]
    done = (r.call_id == calls.c.id) & (r.kind == ReviewKind.REVIEW) & (r.state == ReviewState.FINISHED)
    query = select(*groups, func.count(calls.c.id.distinct())).select_from(_evaluated().join(reviews, done))
    schema = pl.Schema({name: CALL_CELLS[name] for name in (*GROUPS, "reviewed")})
    return table(tx, query.where(*where, COUNTED).group_by(*groups), schema)
