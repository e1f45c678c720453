"""Writing new evaluations of many calls at once. The old ones stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update

from qa.records import Scoring
from qa.store.call.findings import StoredEvaluation, evaluations_of
from qa.store.call.rows import call_scoring, criterion_rows, evaluation_row, section_rows
from qa.store.database import Transaction
from qa.store.kinds import EvaluationSource
from qa.store.made.bulk import bulk_insert
from qa.store.tables import calls, criterion_results, evaluations, section_results


@dataclass(frozen=True, slots=True)
class Rescored:
    """A call judged again; ``left_out`` says why it stays out of aggregates under this score, if it does."""

    call_id: int
    scoring: Scoring
    left_out: str | None


def stored_scorings(
    tx: Transaction, ids: Sequence[int], scorecard: str, version: int
) -> dict[int, StoredEvaluation]:
    """The automatic evaluations under a version that these calls have already, by call."""
    query = select(evaluations).where(_under(scorecard, version), evaluations.c.call_id.in_(ids))
    rows = tx.execute(query).all()
    found = evaluations_of(tx, rows)
    return {row.call_id: one for row, one in zip(rows, found, strict=True)}


def save_rescored(tx: Transaction, found: Sequence[Rescored], *, current: bool) -> None:
    """Write evaluations, each in place of one of the same call and version, if there is one.

    ``current``: they become the ones that pages show. An evaluation that replaces a current one stays it.
    """
    ids = [one.call_id for one in found]
    shown = set(ids) if current else _replaced_current(tx, found)
    for one in {(one.scoring.scorecard, one.scoring.version) for one in found}:
        mine = [each.call_id for each in found if (each.scoring.scorecard, each.scoring.version) == one]
        tx.execute(delete(evaluations).where(_under(*one), evaluations.c.call_id.in_(mine)))
    if shown:
        auto = evaluations.c.current & (evaluations.c.source == EvaluationSource.AUTO)
        tx.execute(update(evaluations).where(auto, evaluations.c.call_id.in_(shown)).values(current=False))
        _show(tx, [one for one in found if one.call_id in shown])
    _insert(tx, found, shown)


def show_stored(tx: Transaction, found: Sequence[Rescored]) -> None:
    """Let pages show evaluations that are stored already; what they showed before stays beside them."""
    if not found:
        return
    auto = evaluations.c.source == EvaluationSource.AUTO
    ids = [one.call_id for one in found]
    shown = evaluations.c.call_id.in_(ids) & evaluations.c.current
    tx.execute(update(evaluations).where(auto, shown).values(current=False))
    for one in {(one.scoring.scorecard, one.scoring.version) for one in found}:
        mine = [each.call_id for each in found if (each.scoring.scorecard, each.scoring.version) == one]
        tx.execute(
            update(evaluations).where(_under(*one), evaluations.c.call_id.in_(mine)).values(current=True)
        )
    _show(tx, found)


def _under(scorecard: str, version: int) -> ColumnElement[bool]:
    e = evaluations.c
    return (e.source == EvaluationSource.AUTO) & (e.scorecard == scorecard) & (e.version == version)


def _replaced_current(tx: Transaction, found: Sequence[Rescored]) -> set[int]:
    versions = {one.call_id: (one.scoring.scorecard, one.scoring.version) for one in found}
    query = select(evaluations.c.call_id, evaluations.c.scorecard, evaluations.c.version).where(
        evaluations.c.current,
        evaluations.c.source == EvaluationSource.AUTO,
        evaluations.c.call_id.in_(versions),
    )
    return {row.call_id for row in tx.execute(query) if versions[row.call_id] == (row.scorecard, row.version)}


def _show(tx: Transaction, found: Sequence[Rescored]) -> None:
    rows = [
        {f"set_{name}": value for name, value in _call_columns(one).items()} | {"which": one.call_id}
        for one in found
    ]
    names = [name.removeprefix("set_") for name in rows[0] if name != "which"]
    values: dict[str, Any] = {name: bindparam(f"set_{name}") for name in names}
    tx.execute(update(calls).where(calls.c.id == bindparam("which")).values(**values), rows)


def _call_columns(one: Rescored) -> dict[str, Any]:
    return {**call_scoring(one.scoring), "left_out": one.left_out}


def _insert(tx: Transaction, found: Sequence[Rescored], shown: set[int]) -> None:
    rows = [evaluation_row(one.call_id, one.scoring, current=one.call_id in shown) for one in found]
    made = tx.execute(insert(evaluations).returning(evaluations.c.id, sort_by_parameter_order=True), rows)
    pairs = [(number, one.scoring) for number, one in zip(made.scalars(), found, strict=True)]
    bulk_insert(tx, criterion_results, [row for number, of in pairs for row in criterion_rows(number, of)])
    bulk_insert(tx, section_results, [row for number, of in pairs for row in section_rows(number, of)])
