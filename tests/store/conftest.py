"""A migrated, empty database for each test, on SQLite and on PostgreSQL."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from qa.store.database import Database
from qa.store.engine.migrate import upgrade
from qa.store.tables import metadata
from tests.store.postgres import find_programs, private_server, server_user


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a private server without a database name."""
    programs, user = find_programs(), server_user()
    if programs is None or user is None:
        missing = "the programs of PostgreSQL are" if programs is None else "the user postgres is"
        reason = f"{missing} not on this machine (Debian: apt-get install postgresql)"
        print(f"PostgreSQL tests are skipped: {reason}")
        pytest.skip(reason)
    with private_server(programs, user) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_shenava")
    upgrade(f"{postgres_server}/template_shenava")
    return "template_shenava"


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    return itertools.count()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path, numbers: Iterator[int]) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return _new_database(request.getfixturevalue("postgres_server"), f"empty_{next(numbers)}", "template1")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path, numbers: Iterator[int]) -> str:
    """A migrated database without rows."""
    return migrated(request, tmp_path, numbers)


def migrated(request: pytest.FixtureRequest, folder: Path, numbers: Iterator[int]) -> str:
    """One more migrated database without rows, of the kind that the fixture's parameter names."""
    if request.param == "sqlite":
        path = folder / "shenava.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    template = request.getfixturevalue("postgres_template")
    return _new_database(request.getfixturevalue("postgres_server"), f"test_{next(numbers)}", template)


@pytest.fixture(scope="session")
def postgres_shared(postgres_server: str, postgres_template: str) -> str:
    return _new_database(postgres_server, "shared", postgres_template)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An open, migrated database without rows. On PostgreSQL the tests share one and empty it."""
    if request.param == "sqlite":
        path = tmp_path / "shenava.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        opened = Database.open(f"sqlite:///{path}")
    else:
        opened = Database.open(request.getfixturevalue("postgres_shared"))
        empty(opened)
    yield opened
    opened.close()


def empty(database: Database) -> None:
    """Every row goes and every number begins at one again, in a third of the time of TRUNCATE."""
    names = [*metadata.tables, "call_search"]
    some = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)
    with database.write() as tx:
        tx.execute(text("SET LOCAL session_replication_role = replica"))  # no foreign key is asked
        for name in tx.scalars(text(some)).all():
            tx.execute(text(f"DELETE FROM {name}"))
        tx.execute(
            text(
                "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
                " FROM pg_sequences WHERE last_value IS NOT NULL"
            )
        )


def _new_database(server: str, name: str, template: str) -> str:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{server}/{name}"
