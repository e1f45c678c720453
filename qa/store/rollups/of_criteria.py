"""Sums of verdicts by criterion."""

import json
from typing import Any

import polars as pl
from sqlalchemy import JSON, BigInteger, ColumnElement, String, cast, func, literal, select

from qa.cells import CRITERION_CELLS
from qa.records import Verdict
from qa.store.database import Transaction
from qa.store.rollups.asked import Asked, number, plain, squares, table, total
from qa.store.rollups.of_calls import current
from qa.store.tables import calls, criterion_results, evaluations

OF_CALL = ("local_day", "team_id", "agent_id", "queue_id", "direction", "language", "generated")
OF_CARD = ("scorecard", "version")
_CALL = pl.Schema({"id": pl.Int64(), **{name: CRITERION_CELLS[name] for name in (*OF_CALL, *OF_CARD)}})
_SUMMED = pl.Schema(
    {"group": pl.Int64()}
    | {name: kind for name, kind in CRITERION_CELLS.items() if name not in (*OF_CALL, *OF_CARD)}
)


def criterion_cells(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """``CRITERION_CELLS`` of single days.

    The calls are put into groups here, and their results are summed by the number of the group: ordering
    every result by all that its call is alike in takes a database twice as long.
    """
    columns = [plain(calls.c[name]) for name in OF_CALL] + [evaluations.c[name] for name in OF_CARD]
    query = select(evaluations.c.id, *columns).select_from(calls.join(evaluations, current()))
    each = table(tx, query.where(*asked.of_calls(), calls.c.left_out.is_(None)), _CALL)
    groups = each.group_by(*OF_CALL, *OF_CARD).agg("id").with_row_index("group")
    placed = groups.select(pl.col("group").cast(pl.Int64), "id").explode("id")
    summed = _summed(tx, placed) if placed.height else _SUMMED.to_frame()
    named = groups.drop("id").with_columns(pl.col("group").cast(pl.Int64))
    return summed.join(named, on="group").select(pl.col(list(CRITERION_CELLS)))


def _summed(tx: Transaction, placed: pl.DataFrame) -> pl.DataFrame:
    """Results of evaluations (``group, id``) summed by group and criterion."""
    r = criterion_results.c
    told = json.dumps({str(number): group for group, number in placed.iter_rows()})
    each = func.json_each if tx.dialect.name == "sqlite" else func.json_each_text
    source = literal(told, String) if tx.dialect.name == "sqlite" else cast(literal(told, String), JSON)
    pairs = each(source).table_valued("key", "value", name="pairs")
    given = select(
        cast(pairs.c.key, BigInteger).label("id"), cast(pairs.c.value, BigInteger).label("group")
    ).cte("given")
    # A scorecard's version says once for all of which section a criterion is, and how critical.
    named = (func.max(r.section), r.key, func.max(plain(r.critical)))
    query = select(given.c.group, *named, *_sums().values()).select_from(
        given.join(criterion_results, r.evaluation_id == given.c.id)
    )
    return table(tx, query.group_by(given.c.group, r.key), _SUMMED)


def _sums() -> dict[str, ColumnElement[Any]]:
    """In the order of the schema."""
    r = criterion_results.c
    judged = r.verdict.in_((Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET))
    lost, half = r.verdict == Verdict.NOT_MET, r.verdict == Verdict.PARTLY
    cost = lost | half
    return {
        **{f"n_{verdict.value}": number(r.verdict == verdict) for verdict in Verdict},
        "costly": number(cost & (r.applied_weight > 0)),
        "weight": total(r.applied_weight, judged),
        "points": total(r.applied_weight, lost) + 0.5 * total(r.applied_weight, half),
        "points_squares": squares(r.applied_weight, lost) + 0.25 * squares(r.applied_weight, half),
    }
