"""Customers of surveys and authors of comments are hashes that nobody can try without the key."""

import sqlite3
from pathlib import Path

from qa.feedback import IMPORTERS, Choices, house_of, import_file
from qa.ingest.customers import customer_hash
from qa.settings import Settings
from qa.store.database import Database
from qa.store.kinds import ImportKind
from tests.store.fresh import fresh

NUMBER, AUTHOR = "09121234567", "zibakala.fan"
FILES = {
    ImportKind.SURVEYS: f"id,Survey date,csat,Customer\n1,13/01/26,1,{NUMBER}\n",
    ImportKind.COMMENTS: f"id,date,text,customer,author\n7,2026-01-13,late again,{NUMBER},{AUTHOR}\n",
}


def stored(folder: Path) -> tuple[Settings, dict[str, str]]:
    """A site with one survey and one comment; its settings and the three hashes."""
    folder.mkdir()
    settings = Settings(data_dir=folder, database_url=None)
    fresh(settings.url)
    database = Database.open(settings.url)
    by_kind = {one.kind: one for one in IMPORTERS}
    for kind, text in FILES.items():
        path = folder / f"{kind.value}.csv"
        path.write_text(text, encoding="utf-8")
        assert (
            import_file(database, by_kind[kind], path, Choices({}), (house_of(settings), "test")).imported
            == 1
        )
        path.unlink()
    database.close()
    with sqlite3.connect(folder / "shenava.db") as db:
        survey = db.execute("SELECT customer_hash FROM surveys").fetchone()[0]
        comment = db.execute("SELECT customer_hash, author_hash FROM comments").fetchone()
    return settings, {"survey": survey, "comment": comment[0], "author": comment[1]}


def test_customers_and_authors_are_keyed_hashes(tmp_path: Path) -> None:
    one, found = stored(tmp_path / "one")
    key = (one.keys_dir / "customer.key").read_bytes()
    assert found["survey"] == found["comment"] == customer_hash(NUMBER, key, "IR")
    assert found["author"] == customer_hash(AUTHOR, key, "IR")
    _other, elsewhere = stored(tmp_path / "other")
    assert not set(found.values()) & set(elsewhere.values()), "another site's key, other hashes"
    for file in (tmp_path / "one").rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        assert NUMBER.encode() not in data
        assert AUTHOR.encode() not in data
