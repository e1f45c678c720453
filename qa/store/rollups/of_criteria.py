"""Sums of verdicts by criterion."""

from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, select

from qa.cells import CRITERION_CELLS
from qa.records import Verdict
from qa.store.database import Transaction
from qa.store.rollups.asked import Asked, number, plain, squares, table, total
from qa.store.rollups.of_calls import current
from qa.store.tables import calls, criterion_results, evaluations

OF_CALL = ("local_day", "team_id", "agent_id", "queue_id", "direction", "language", "generated")
OF_CARD = ("scorecard", "version")
OF_RESULT = ("section", "key", "critical")


def criterion_cells(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """``CRITERION_CELLS`` of single days."""
    r = criterion_results.c
    tables = ((OF_CALL, calls.c), (OF_CARD, evaluations.c), (OF_RESULT, r))
    groups: list[ColumnElement[Any]] = [plain(own[name]) for names, own in tables for name in names]
    joined = calls.join(evaluations, current()).join(criterion_results, r.evaluation_id == evaluations.c.id)
    query = select(*groups, *_sums().values()).select_from(joined)
    query = query.where(*asked.of_calls(), calls.c.left_out.is_(None)).group_by(*groups)
    return table(tx, query, CRITERION_CELLS)


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
