"""The large made-up centre: what load tests read is what reviews and imports would have written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text

from qa.demo.large import Large, write_large
from qa.evaluate.aggregates import compared
from qa.settings import Settings
from qa.store import tables as t
from qa.store.database import Database
from qa.store.mass_reads import count_calls

CALLS = 1500
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def scored_by_its_parts(large: Database) -> None:
    c, e, r = t.calls.c, t.evaluations.c, t.criterion_results.c
    met = func.sum(r.applied_weight).filter(r.verdict == "met")
    half = func.sum(r.applied_weight).filter(r.verdict == "partly")
    with large.read() as tx:
        assert tx.scalar(select(func.count()).select_from(t.calls)) == CALLS == count_calls(large)
        pairs = tx.execute(
            select(c.score, e.score, e.score_before_critical, met, half)
            .select_from(t.calls.join(t.evaluations).join(t.criterion_results))
            .where(c.score.is_not(None))
            .group_by(c.id, c.score, e.score, e.score_before_critical)
        ).all()
        measured = tx.scalar(select(func.count(t.measurements.c.call_id.distinct())))
    assert len(pairs) > CALLS * 0.9
    assert measured == CALLS
    for score, again, before, whole, part in pairs:
        assert score == again
        # The parts give the score again (FIELD.md §2): shares of the applied weights, in points of 100.
        assert before == pytest.approx((whole or 0) + (part or 0) / 2, abs=0.06)


def nothing_left_over(large: Database) -> None:
    with large.read() as tx:
        assert not [name for name in inspect(tx).get_table_names() if name.startswith("mass_")]
        if large.dialect == "sqlite":
            assert tx.execute(text("PRAGMA foreign_key_check")).all() == []
        for table in (t.surveys, t.comments, t.contacts, t.orders, t.promises, t.comment_readings):
            assert tx.scalar(select(func.count()).select_from(table)), table.name
        assert tx.scalar(select(func.count()).select_from(t.calls).where(~t.calls.c.generated)) == 0


def same_aggregate_in_every_way(large: Database) -> None:
    with large.read() as tx:
        url = tx.engine.url.render_as_string(hide_password=False)
    ways = list(compared(url))  # raises where they differ
    assert [way.milliseconds is not None for way in ways] == [True, True]


def test_a_large_centre_is_what_reviews_and_imports_would_have_written(
    database: Database, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path)
    assert list(write_large(database, settings, Large(CALLS, "fa", NOW, days=60)))[-1] == CALLS
    scored_by_its_parts(database)
    nothing_left_over(database)
    same_aggregate_in_every_way(database)
