"""Migrations add up to the tables, keep what is there, and run once however many processes start."""

import multiprocessing
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, inspect, text

from qa.errors import StoreUnavailable, WriteFailed
from qa.store.call.calls import register
from qa.store.database import Database, build_engine, parse_url
from qa.store.engine import migrate
from qa.store.engine.migrate import current_revision, head_revision, is_ours, upgrade
from qa.store.tables import metadata
from qa.store.work.jobs import enqueue
from tests.store.samples import new_call


def checks(engine: Engine) -> dict[str, set[str]]:
    """The named checks of every table, which Alembic does not compare."""
    found = inspect(engine)
    names = (name for name in found.get_table_names() if is_ours(None, name, "table", True, None))
    return {
        name: {str(c["name"]) for c in found.get_check_constraints(name)}
        for name in names
        if name in metadata.tables
    }


def options_of(engine: Engine) -> dict[str, tuple[bool, bool]]:
    """Which tables of SQLite count without repeating, and which have no rowid; Alembic compares neither."""
    if engine.dialect.name != "sqlite":
        return {}
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
    made = {
        name: ("AUTOINCREMENT" in sql, "WITHOUT ROWID" in sql)
        for name, sql in rows
        if name in metadata.tables
    }
    assert any(counts for counts, _ in made.values())
    return made


def test_the_migrations_add_up_to_the_tables(url: str) -> None:
    engine = build_engine(parse_url(url))
    options = {"compare_type": True, "compare_server_default": True, "include_object": is_ours}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    migrated = checks(engine), options_of(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS call_search"))
        metadata.drop_all(connection)
        metadata.create_all(connection)
    assert (checks(engine), options_of(engine)) == migrated
    assert any(migrated[0].values())


def test_upgrading_twice_changes_nothing(empty_url: str, tmp_path: Path) -> None:
    first = upgrade(empty_url)
    assert (first.before, first.after, first.copy) == (None, head_revision(), None)
    assert upgrade(empty_url) == migrate.Upgraded(head_revision(), head_revision(), None)
    assert list(tmp_path.glob("*before*")) == []


def test_rows_stay_and_a_sqlite_file_is_copied_first(empty_url: str, tmp_path: Path) -> None:
    upgrade(empty_url, "0001")
    database = Database.open(empty_url)
    with database.write() as tx:
        moment = 0 if database.dialect == "sqlite" else "2026-01-01T00:00:00Z"
        tx.execute(
            text("INSERT INTO teams (name_key, name, created_at) VALUES ('a', 'A', :at)"), {"at": moment}
        )
    done = upgrade(empty_url)
    assert (done.before, done.after) == ("0001", head_revision())
    with database.read() as tx:
        assert tx.scalars(text("SELECT name FROM teams")).all() == ["A"]
        assert current_revision(tx) == head_revision()
    database.close()
    if database.dialect == "postgresql":
        assert done.copy is None
        return
    assert done.copy is not None
    assert done.copy.parent == tmp_path
    kept = sqlite3.connect(done.copy)
    assert kept.execute("SELECT name FROM teams").fetchall() == [("A",)]
    assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    kept.close()


def test_a_copy_that_has_no_room_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'shenava.db'}"
    upgrade(url, "0001")
    size = (tmp_path / "shenava.db").stat().st_size
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=size - 1))
    with pytest.raises(WriteFailed, match=r"takes .* MB and .* MB are free; free space"):
        upgrade(url)
    assert list(tmp_path.glob("*before*")) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=size))
    assert upgrade(url).after == head_revision()


def test_a_newer_schema_is_refused_and_left_alone(url: str) -> None:
    database = Database.open(url)
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(
        StoreUnavailable, match=r"newer version \(schema 9999.*install that version"
    ) as caught:
        upgrade(url)
    assert caught.value.permanent
    with database.read() as tx:
        assert current_revision(tx) == "9999"
    database.close()


def test_a_step_that_fails_leaves_the_schema_as_it_was(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(empty_url, "0001")

    def stop(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(migrate, "_check_links", stop)
    with pytest.raises(RuntimeError, match="power cut"):
        upgrade(empty_url)
    monkeypatch.undo()
    engine = build_engine(parse_url(empty_url))
    assert "calls" not in inspect(engine).get_table_names()
    with engine.connect() as connection:
        assert current_revision(connection) == "0001"
    engine.dispose()
    assert upgrade(empty_url).after == head_revision()


def upgrade_together(url: str, ready: Barrier) -> migrate.Upgraded:
    ready.wait(60)
    return upgrade(url)


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(3) as pool:
        ready = manager.Barrier(3)
        done = pool.starmap(upgrade_together, [(empty_url, ready)] * 3, chunksize=1)
    assert sorted(str(one.before) for one in done) == sorted(["None", head_revision(), head_revision()])


def test_rebuilding_a_table_keeps_the_rows_that_belong_to_it(tmp_path: Path) -> None:
    """Batch mode drops the table: with foreign keys on, the calls' jobs would be deleted without a word."""
    url = f"sqlite:///{tmp_path / 'x.db'}"
    upgrade(url)
    with Database.open(url).write() as tx:
        for seed in range(5):
            enqueue(tx, register(tx, new_call(seed)).call_id)
    engine = build_engine(parse_url(url), foreign_keys=False)
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("calls", recreate="always") as batch:
            batch.drop_column("codec")
    with Database.open(url).read() as tx:
        assert tx.scalar(text("SELECT count(*) FROM jobs")) == 5
        assert tx.execute(text("PRAGMA foreign_key_check")).all() == []


def test_a_copy_that_cannot_be_made_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    upgrade(url, "0001")
    monkeypatch.setattr("qa.store.engine.migrate.utc_now", lambda: datetime(2026, 3, 21, tzinfo=UTC))
    (tmp_path / "x.before-0001.20260321T000000.db").mkdir()
    with pytest.raises(WriteFailed, match=r"copy .* cannot be written"):
        upgrade(url)
    with Database.open(url).read() as tx:
        assert current_revision(tx) == "0001"


def test_a_lock_that_cannot_be_taken_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "LOCK_SECONDS", 0.1)
    path = tmp_path / "x.db"
    holder = sqlite3.connect(f"{path}.lock", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreUnavailable, match=r"x\.db\.lock"):
        upgrade(f"sqlite:///{path}")
    holder.close()
