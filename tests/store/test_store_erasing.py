"""Forgetting and retention on PostgreSQL: no trace in any row, figures stay."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from qa.privacy import customer_of, forget, look
from qa.privacy.retention import NAMES, apply, look_over, set_rule
from qa.settings import Settings
from qa.store import tables as t
from qa.store.database import Database
from qa.store.engine.outside import driver
from tests.privacy import customer as known
from tests.privacy.customer import NUMBER, TEXTS
from tests.store.conftest import _new_database

pytestmark = pytest.mark.postgres

COMPRESSED = {"xktranscriptmark"}
"""Packed before it is stored: no file has it as text; the search index has."""


def rows_with(database: Database, wanted: tuple[str, ...]) -> set[str]:
    """Which of these texts any row of any table holds."""
    with database.read() as tx:
        every = [
            str(dict(row)).lower()
            for name in (*t.metadata.tables, "call_search")
            for row in tx.execute(text(f"SELECT * FROM {name}")).mappings()
        ]
    return {one for one in wanted if any(one.lower() in row for row in every)}


def in_files(database: Database, wanted: tuple[str, ...]) -> set[str]:
    """Which of these texts lie in the files of the database's tables, indexes and catalogues. The server's
    log of changes (pg_wal) is not among them: it holds what was written until it is overwritten.
    """
    with driver(database) as raw:
        raw.execute("CHECKPOINT")
        (home,) = raw.execute("SHOW data_directory").fetchone()
        (number,) = raw.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    folders = [Path(home) / name for name in (f"base/{number}", "global", "pg_stat", "pg_xact")]
    content = b"".join(path.read_bytes() for folder in folders for path in folder.glob("*"))
    return {one for one in wanted if one.encode() in content}


def test_everything_goes_there_too(
    postgres_server: str, postgres_template: str, numbers: Iterator[int], tmp_path: Path
) -> None:
    url = _new_database(postgres_server, f"erasing_{next(numbers)}", postgres_template)
    known.make(tmp_path, url)
    settings = Settings(data_dir=tmp_path / "var", language="en", database_url=url)
    database = Database.open(url)
    customer = customer_of(settings, NUMBER)
    marks = tuple(one for one in (*TEXTS, customer) if one.startswith("xk") or one in (customer, known.NAME))
    kept = {"xkremainsmark", "xkcopymark"}  # of SQLite alone
    assert rows_with(database, marks) == set(marks) - kept
    assert in_files(database, marks) >= set(marks) - kept - COMPRESSED
    later = datetime.now(UTC) + timedelta(days=400)
    with database.write() as tx:
        for name in NAMES:
            set_rule(tx, name, 30, None)
    assert {one.name for one in look_over(database, settings, later) if one.holding.due} >= {"audio", "words"}
    prospect = look(database, settings, customer)
    done = forget(database, settings, customer, None)
    assert dict(prospect.counts) == done.facts["counts"]
    assert done.facts["clean"]
    assert rows_with(database, marks) == set()
    assert in_files(database, marks) == set(), "not in what the server's files hold of freed rows either"
    list(apply(database, settings, later, None))
    assert not [one.name for one in look_over(database, settings, later) if one.holding.count]
    with database.read() as tx:
        assert tx.scalar(select(func.count()).select_from(t.calls)) == 1
    database.close()
