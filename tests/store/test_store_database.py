"""Transactions, and the sentences for a database that does not answer."""

import inspect
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from qa.errors import InvalidSetting, NotFound, StoreUnavailable
from qa.store.call.calls import get_facts, register
from qa.store.database import Database, parse_url
from qa.store.engine import sqlite_file
from qa.store.site import get_setting, set_setting
from qa.store.tables import calls
from tests.store.samples import new_call


def test_an_error_in_a_write_leaves_nothing(database: Database) -> None:
    with pytest.raises(NotFound), database.write() as tx:
        get_facts(tx, register(tx, new_call(1)).call_id + 1)
    with database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(calls)) == 0


def test_a_read_refuses_to_write_and_the_next_write_works(database: Database) -> None:
    with pytest.raises(DBAPIError), database.read() as tx:
        register(tx, new_call(1))
    with database.write() as tx:
        assert not register(tx, new_call(1)).already
    with pytest.raises(DBAPIError), database.read() as tx:
        tx.execute(text("DELETE FROM calls"))


def test_a_read_sees_one_picture_while_another_writes(database: Database) -> None:
    with database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(calls)) == 0
        with database.write() as other:
            register(other, new_call(1))
        assert tx.scalar(select(func.count()).select_from(calls)) == 0
    with database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(calls)) == 1


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the product opens it; other tests of this process do not wait for the disk."""
    monkeypatch.setattr(sqlite_file, "_prepared", inspect.unwrap(sqlite_file._prepared))
    database = Database.open(f"sqlite:///{tmp_path / 'own.db'}")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    with database.write() as tx:
        assert {name: tx.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
    database.close()


def test_writers_that_read_first_wait_for_each_other(url: str) -> None:
    """With a deferred BEGIN most of these end as "database is locked"; on PostgreSQL the row lock counts."""
    with Database.open(url).write() as tx:
        set_setting(tx, "count", 0)
    errors: list[BaseException] = []

    def work() -> None:
        own = Database.open(url)
        try:
            for _ in range(25):
                with own.write() as tx:
                    if tx.dialect.name == "postgresql":
                        tx.execute(text("LOCK TABLE site_settings IN EXCLUSIVE MODE"))
                    set_setting(tx, "count", get_setting(tx, "count") + 1)
        except BaseException as error:  # noqa: BLE001
            errors.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Database.open(url).read() as tx:
        assert get_setting(tx, "count") == 100


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("postgres://u:p@h/d", "postgresql+psycopg"),
        ("postgresql+psycopg2://u@h/d", "postgresql+psycopg"),  # the driver is ours to choose
        ("sqlite:////tmp/x.db", "sqlite"),
    ],
)
def test_urls_that_are_understood(given: str, driver: str) -> None:
    assert parse_url(given).drivername == driver


@pytest.mark.parametrize(
    "given", ["mysql://h/d", "sqlite://", "sqlite:///:memory:", "no url", "", "postgresql://h:x/d"]
)
def test_urls_that_are_refused_in_one_sentence(given: str) -> None:
    with pytest.raises(InvalidSetting, match=r"QA_DATABASE_URL .*; use |QA_DATABASE_URL is no"):
        parse_url(given)


def fails_with(url: str) -> str:
    with pytest.raises(StoreUnavailable) as caught, Database.open(url).read() as tx:
        tx.execute(select(calls.c.id))
    return caught.value.message


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    said = fails_with("postgresql://clerk:s3cret@127.0.0.1:1/none?connect_timeout=2")
    assert "127.0.0.1" in said
    assert "QA_DATABASE_URL" in said
    assert "s3cret" not in said


def test_an_empty_database_says_what_to_run(empty_url: str) -> None:
    assert "python -m qa init" in fails_with(empty_url)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("these are not the pages you are looking for " * 50)
    assert str(path) in fails_with(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable, match="file/below"):
        Database.open(f"sqlite:///{tmp_path / 'file' / 'below' / 'x.db'}")


def test_a_lock_held_too_long_is_worth_another_try(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not url.startswith("sqlite"):
        return
    monkeypatch.setattr("qa.store.database.BUSY_MILLISECONDS", 50)
    holder = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with (
        pytest.raises(StoreUnavailable, match="another program holds it") as caught,
        Database.open(url).write(),
    ):
        pass
    assert not caught.value.permanent
    holder.close()


def test_values_never_appear_in_errors(database: Database) -> None:
    insert = text("INSERT INTO teams (name_key, name, created_at) VALUES (:phone, NULL, NULL)")
    with pytest.raises(DBAPIError) as caught, database.write() as tx:
        tx.execute(insert, {"phone": "09121234567"})
    assert "09121234567" not in str(caught.value)
