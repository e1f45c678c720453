"""The large made-up centre: what load tests read is what reviews and imports would have written."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text

from qa.demo.large import Large, write_large
from qa.evaluate.aggregates import compared
from qa.settings import Settings
from qa.store import tables as t
from qa.store.card.scorecards import list_versions
from qa.store.care import checking
from qa.store.care.keeping import steps
from qa.store.database import Database
from qa.store.made.mass_loading import finish, loading
from qa.store.made.mass_reads import count_calls, describe

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
    before = made(database)
    list(steps(database))
    with loading(url_of(database)) as load:
        assert not checking.status(database).whole  # nobody says whose matters are loaded
        assert made(database) < before
        assert list(write_large(load, settings, Large(CALLS, "fa", NOW, days=60)))[-1] == CALLS
    assert made(database) == before
    scored_by_its_parts(database)
    nothing_left_over(database)
    same_aggregate_in_every_way(database)


def test_short_scorecards_are_published_and_a_loading_that_was_cut_off_is_finished(
    database: Database, tmp_path: Path
) -> None:
    before = made(database)
    with pytest.raises(KeyboardInterrupt):
        cut_off(database, Settings(data_dir=tmp_path))
    assert made(database) < before
    finish(database)
    assert made(database) == before
    found = describe(database)
    assert (found.calls, found.criteria, found.measures) == (400, 4, 3)
    with database.read() as tx:
        assert {one.scorecard for one in list_versions(tx)} == {"lean-en", "lean-fa"}
        cards = set(tx.scalars(select(t.evaluations.c.scorecard)))
    assert cards <= {"lean-en", "lean-fa"}


def cut_off(database: Database, settings: Settings) -> None:
    with loading(url_of(database)) as load:
        list(write_large(load, settings, Large(400, "en", NOW, days=20, lean=True)))
        raise KeyboardInterrupt


def url_of(database: Database) -> str:
    database.close()
    return database.engine.url.render_as_string(hide_password=False)


def made(database: Database) -> set[str]:
    """Names of the indexes, and of the triggers where they are taken out too."""
    with database.read() as tx:
        if database.dialect == "sqlite":
            return set(tx.scalars(text("SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger')")))
        return set(tx.scalars(text("SELECT indexname FROM pg_indexes WHERE tablename <> 'mass_later'")))
