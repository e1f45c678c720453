"""Whoever has the database's file can change it; that it was changed is found, wherever it was."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import WriteFailed
from qa.logs import set_up
from qa.logs.scrub import clean_field
from qa.store.audit import Act, Entry, by_command, note
from qa.store.audit.chain import START, entry_hash
from qa.store.audit.sealing import KEY_FILE, WITNESS, seal
from qa.store.audit.verifying import Break, verify
from qa.store.database import Database
from qa.store.types import EPOCH, MICROSECOND
from tests.store.fresh import fresh

ENTRIES, SEALED = 12, 9
COLUMNS = (
    "position",
    "at",
    "act",
    "user_id",
    "user_name",
    "user_role",
    "subject",
    "detail",
    "previous",
    "hash",
)
EMPTIED = ("DELETE FROM audit_log", "DELETE FROM audit_head", "DELETE FROM audit_anchors")
Tamper = Callable[[sqlite3.Connection], object]


@dataclass(frozen=True)
class Site:
    """A folder with a database, its keys and its witness."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "shenava.db"

    def database(self) -> Database:
        return Database.open(f"sqlite:///{self.file}")

    def check(self, expected: str = "") -> tuple[Break, int] | None:
        database = self.database()
        try:
            broken = verify(database, self.folder / "keys", self.folder, expected).broken
        finally:
            database.close()
        return None if broken is None else (broken.why, broken.position)

    def tamper(self, do: Tamper) -> None:
        """What somebody with the file does: the triggers go first."""
        with sqlite3.connect(self.file) as connection:
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'"
            )
            for (name,) in names.fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            do(connection)
        connection.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("audited"))
    fresh(f"sqlite:///{site.file}")
    database = site.database()
    for number in range(1, ENTRIES + 1):
        with database.write() as tx:
            note(tx, Entry(Act.CALL_VIEWED, number % 3 or None, f"call:{number:012x}", {"session": number}))
        if number in (4, SEALED):
            seal(database, site.folder / "keys", site.folder)
    database.close()
    return site


@pytest.fixture
def site(written: Site, tmp_path: Path) -> Site:
    return copied(written, tmp_path / "copy")


def copied(written: Site, place: Path) -> Site:
    shutil.copytree(written.folder, place)
    return Site(place)


def rechained(connection: sqlite3.Connection, first: int = 1) -> str:
    """Every hash made anew from an entry on, as whoever knows the program can."""
    connection.row_factory = sqlite3.Row
    before = connection.execute("SELECT hash FROM audit_log WHERE position = ?", (first - 1,)).fetchone()
    previous = before["hash"] if before else START
    for row in connection.execute(
        "SELECT * FROM audit_log WHERE position >= ? ORDER BY position", (first,)
    ).fetchall():
        content = dict(row) | {"at": EPOCH + row["at"] * MICROSECOND}
        now = entry_hash(previous, content)
        values = (previous, now, row["position"])
        connection.execute("UPDATE audit_log SET previous = ?, hash = ? WHERE position = ?", values)
        previous = now
    last = connection.execute("SELECT max(position) FROM audit_log").fetchone()[0]
    connection.execute("UPDATE audit_head SET position = ?, hash = ?", (last, previous))
    return previous


def noted_outside(site: Site) -> Path:
    """The log goes on, sealed and noted in a file elsewhere."""
    outside = site.folder.parent / "elsewhere" / "heads"
    outside.parent.mkdir()
    database = site.database()
    for number in range(3):
        with database.write() as tx:
            note(tx, Entry(Act.AUDIO_PLAYED, 1, f"call:{number:012x}"))
        seal(database, site.folder / "keys", site.folder, outside)
    database.close()
    return outside


def looked(site: Site, outside: Path | None) -> tuple[Break, int] | None:
    database = site.database()
    broken = verify(database, site.folder / "keys", site.folder, outside=outside).broken
    database.close()
    return None if broken is None else (broken.why, broken.position)


def sealed_anew(site: Site, tampered: Tamper) -> None:
    """Who has everything of the data folder, keys too, rewrites the log and seals it as the desk does."""
    site.tamper(lambda c: (tampered(c), rechained(c), c.execute("DELETE FROM audit_anchors")))
    (site.folder / WITNESS).unlink()
    database = site.database()
    seal(database, site.folder / "keys", site.folder)
    database.close()


def test_what_is_rewritten_with_every_key_of_the_site_shows_by_what_was_noted_outside(site: Site) -> None:
    outside = noted_outside(site)
    assert len(outside.read_text().splitlines()) == 3
    assert looked(site, outside) is None
    sealed_anew(
        site, lambda c: c.execute("UPDATE audit_log SET user_id = 7 WHERE position = ?", (ENTRIES + 2,))
    )
    assert looked(site, None) is None  # nothing on this machine tells
    assert looked(site, outside) == (Break.NOTED, ENTRIES + 2)


def test_what_is_cut_off_with_its_seals_shows_by_what_was_noted_outside(site: Site) -> None:
    outside = noted_outside(site)
    sealed_anew(site, lambda c: c.execute("DELETE FROM audit_log WHERE position > ?", (ENTRIES + 1,)))
    assert looked(site, None) is None
    assert looked(site, outside) == (Break.CUT, ENTRIES + 2)


def test_a_place_outside_that_is_away_leaves_the_log_sealed_and_is_told(site: Site) -> None:
    database = site.database()
    away = site.folder / "no such folder" / "heads"
    with pytest.raises(WriteFailed, match="QA_AUDIT_HEADS"):
        seal(database, site.folder / "keys", site.folder, away)
    found = verify(database, site.folder / "keys", site.folder, outside=away)
    database.close()
    assert (found.whole, found.sealed) == (True, ENTRIES)


def test_an_untouched_log_is_whole(site: Site) -> None:
    assert site.check() is None


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("position", [1, 7, ENTRIES])
def test_a_changed_column_is_found(site: Site, column: str, position: int) -> None:
    new = {"position": 99, "at": 7, "user_id": 41}.get(column, "other")
    site.tamper(lambda c: c.execute(f"UPDATE audit_log SET {column} = ? WHERE position = ?", (new, position)))
    found = site.check()
    assert found is not None
    assert found[1] == position


@pytest.mark.parametrize(
    ("statements", "why", "position"),
    [
        (("DELETE FROM audit_log WHERE position = 5",), Break.MISSING, 5),
        (("DELETE FROM audit_log WHERE position = 1",), Break.MISSING, 1),
        (("DELETE FROM audit_log WHERE position > 10",), Break.CUT, 11),  # the tail after the last seal
        (("DELETE FROM audit_log",), Break.CUT, 1),
        (EMPTIED, Break.UNSEALED, SEALED),
        (
            (
                "UPDATE audit_log SET position = -1 WHERE position = 6",
                "UPDATE audit_log SET position = 6 WHERE position = 7",
                "UPDATE audit_log SET position = 7 WHERE position = -1",
            ),
            Break.CHANGED,
            6,
        ),  # two swapped
        (
            (f"INSERT INTO audit_log SELECT 13, {','.join(COLUMNS[1:])} FROM audit_log WHERE position = 12",),
            Break.CHANGED,
            13,
        ),
        (("UPDATE audit_head SET hash = 'x'",), Break.ADDED, ENTRIES + 1),
        (("DELETE FROM audit_anchors WHERE number = 1",), Break.UNSEALED, SEALED),
        (("DELETE FROM audit_anchors WHERE number = 2",), Break.UNSEALED, SEALED),
        (("DELETE FROM audit_anchors",), Break.UNSEALED, SEALED),
        (("UPDATE audit_anchors SET at = at + 1 WHERE number = 2",), Break.FORGED, SEALED),
        (("UPDATE audit_anchors SET position = 3 WHERE number = 1",), Break.REPLACED, 3),
    ],
)  # fmt: skip
def test_what_is_taken_out_put_in_or_moved_is_found(
    site: Site, statements: tuple[str, ...], why: Break, position: int
) -> None:
    site.tamper(lambda c: [c.execute(one) for one in statements])
    assert site.check() == (why, position)


@pytest.mark.parametrize("changed", [2, SEALED])
def test_a_chain_that_is_rewritten_whole_is_not_sealed(site: Site, changed: int) -> None:
    def rewrite(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE audit_log SET user_id = 9 WHERE position = ?", (changed,))
        rechained(connection, changed)

    site.tamper(rewrite)
    assert site.check() == (Break.REPLACED, 4 if changed <= 4 else SEALED)


def test_a_chain_that_is_rewritten_with_seals_of_another_key_is_forged(site: Site) -> None:
    def rewrite(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE audit_log SET user_id = 9 WHERE position = 2")
        rechained(connection)
        hashes = dict(connection.execute("SELECT position, hash FROM audit_log").fetchall())
        for number, position in connection.execute("SELECT number, position FROM audit_anchors").fetchall():
            made = hashlib.sha256(f"{number}{hashes[position]}".encode()).hexdigest()
            values = (hashes[position], made, number)
            connection.execute("UPDATE audit_anchors SET hash = ?, seal = ? WHERE number = ?", values)

    site.tamper(rewrite)
    assert site.check() == (Break.FORGED, 4)


def test_a_tail_cut_behind_the_last_seal_shows_by_a_hash_noted_elsewhere(site: Site) -> None:
    with sqlite3.connect(site.file) as connection:
        noted = connection.execute("SELECT hash FROM audit_log WHERE position = 11").fetchone()[0]
    assert site.check(noted) is None

    def cut(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM audit_log WHERE position > 10")
        rechained(connection, 10)

    site.tamper(cut)
    assert site.check() is None  # nothing inside the site knows it any more
    assert site.check(noted) == (Break.UNKNOWN, 10)


def test_without_its_key_a_sealed_log_is_not_called_whole_and_gets_no_other_key(site: Site) -> None:
    (site.folder / "keys" / KEY_FILE).unlink()
    assert site.check() == (Break.NO_KEY, 4)
    database = site.database()
    assert seal(database, site.folder / "keys", site.folder) is None
    database.close()
    assert not (site.folder / "keys" / KEY_FILE).exists()


def test_a_log_that_is_not_whole_is_not_sealed_over(site: Site) -> None:
    site.tamper(lambda c: c.execute("UPDATE audit_log SET user_id = 9 WHERE position = 11"))
    database = site.database()
    assert seal(database, site.folder / "keys", site.folder) is None
    database.close()
    assert site.check() == (Break.CHANGED, 11)


def test_the_key_and_the_witness_are_the_owner_s_alone(written: Site) -> None:
    for path in (written.folder / "keys" / KEY_FILE, written.folder / WITNESS):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_seal_tells_the_log_its_hash_and_nothing_new_is_not_sealed_twice(
    site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    database = site.database()
    monkeypatch.setenv("QA_LOG_LEVEL", "info")
    set_up()
    made = seal(database, site.folder / "keys", site.folder)
    monkeypatch.undo()
    set_up()
    assert made is not None
    assert (made.number, made.position) == (3, ENTRIES)
    assert made.hash in capfd.readouterr().err  # what `audit verify --expect` is given
    assert clean_field("hash", "1" * 64) == "1" * 64  # though numbers are taken out of lines
    assert seal(database, site.folder / "keys", site.folder) is None
    database.close()
    assert site.check() is None


LETTERS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
VALUES = {
    "at": st.integers(-(2**40), 2**51),
    "user_id": st.none() | st.integers(-5, 9),
    "user_name": st.none() | LETTERS,
    "user_role": st.none() | LETTERS,
    **dict.fromkeys(("act", "subject", "detail", "previous", "hash"), LETTERS),
}
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("delete"), st.integers(1, ENTRIES), st.none(), st.none()),
        st.tuples(st.just("move"), st.integers(1, ENTRIES), st.integers(-3, 20), st.none()),
        st.sampled_from(sorted(VALUES)).flatmap(
            lambda name: st.tuples(st.just("set"), st.integers(1, ENTRIES), st.just(name), VALUES[name])
        ),
    ),
    min_size=1,
    max_size=4,
)


def apply(connection: sqlite3.Connection, change: tuple[str, int, object, object]) -> None:
    what, position, which, value = change
    if what == "delete":
        connection.execute("DELETE FROM audit_log WHERE position = ?", (position,))
    elif what == "move":
        connection.execute(
            "UPDATE OR REPLACE audit_log SET position = ? WHERE position = ?", (which, position)
        )
    else:
        connection.execute(f"UPDATE audit_log SET {which} = ? WHERE position = ?", (value, position))


@pytest.fixture(scope="module")
def laid_open(written: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy without triggers, to be changed again and again."""
    site = copied(written, tmp_path_factory.mktemp("open") / "copy")
    site.tamper(lambda c: c.execute("CREATE TABLE original AS SELECT * FROM audit_log"))
    return site


@settings(max_examples=60, deadline=None)
@given(changes=CHANGES)
def test_any_tampering_that_changes_a_row_is_found(
    laid_open: Site, changes: list[tuple[str, int, object, object]]
) -> None:
    with sqlite3.connect(laid_open.file) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("DELETE FROM audit_log")
        connection.execute("INSERT INTO audit_log SELECT * FROM original")
        for one in changes:
            apply(connection, one)
        now, then = (
            connection.execute(f"SELECT * FROM {table} ORDER BY position").fetchall()
            for table in ("audit_log", "original")
        )
    connection.close()
    assert (laid_open.check() is not None) == (now != then)


def test_canonical_json_is_what_the_documents_say(written: Site) -> None:
    """docs/audit.md: anybody can check a log without this program."""
    with sqlite3.connect(written.file) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT * FROM audit_log WHERE position = 1").fetchone()
    names = ("act", "at", "detail", "position", "subject", "user_id", "user_name", "user_role")
    content = {name: row[name] for name in names}
    content["at"] = (EPOCH + row["at"] * MICROSECOND).isoformat(timespec="microseconds")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(f"{row['previous']}\n{text}".encode()).hexdigest() == row["hash"]
    assert by_command(Act.EXPORTED, "x").detail["by"] == "command"
