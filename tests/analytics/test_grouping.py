"""Cells grouped some days at a time are those grouped at once."""

import polars as pl
import pytest

from qa.cells import CRITERION_CELLS
from qa.gather import sums


@pytest.mark.parametrize("at_once", [1, 3, 7, 10_000], ids=lambda most: f"{most} cells at once")
def test_pieces_sum_to_the_whole(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """Days of one, of several and of many cells, out of order, with nulls in the groups."""
    rows = [
        {"local_day": 20_000 + (n * 7) % 11, "agent_id": n % 3 or None, "queue_id": n % 2, "key": "ab"[n % 2],
         "scorecard": "xyz"[n % 3], "met": n, "weight": float(n)}
        for n in range(60)
    ]  # fmt: skip
    cells = pl.DataFrame(rows, schema_overrides={"key": pl.Categorical(), "met": pl.UInt32()})
    names = ("local_day", "agent_id", "queue_id", "key", "met", "weight")
    schema = pl.Schema({name: CRITERION_CELLS[name] for name in names})
    monkeypatch.setattr(sums, "AT_ONCE", at_once)

    found = sums._grouped(cells, schema, sums.VERDICT_GROUPS)

    words = [{**row, "group": tuple(row[name] for name in names[:4])} for row in rows]
    groups = sorted(
        {row["group"] for row in words}, key=lambda one: [(x is not None, x or 0) for x in one[:3]] + [one[3]]
    )
    expected = [
        (
            *one,
            sum(r["met"] for r in words if r["group"] == one),
            sum(r["weight"] for r in words if r["group"] == one),
        )
        for one in groups
    ]
    assert found.rows() == expected
    assert found.schema["met"] == pl.Int64()
