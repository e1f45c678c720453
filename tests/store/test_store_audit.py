"""The audit log takes entries only, in order, each chained to the one before it."""

import getpass
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from qa.errors import StoreUnavailable
from qa.store.account import users
from qa.store.account.users import NewUser
from qa.store.audit import Act, Entry, by_command, note, note_once
from qa.store.audit.chain import START, entry_hash
from qa.store.audit.checking import check, last_check
from qa.store.audit.opened import openings
from qa.store.audit.reading import AuditFilter, list_entries
from qa.store.call.calls import register
from qa.store.database import Database
from qa.store.kinds import Role
from qa.store.scope import Scope
from qa.store.tables import audit_head, audit_log
from qa.store.types import utc_now
from tests.store.samples import new_call

WINDOW = timedelta(minutes=10)


def rows(database: Database) -> list[dict[str, object]]:
    with database.read() as tx:
        return [dict(row) for row in tx.execute(select(audit_log).order_by("position")).mappings()]


def test_each_entry_is_chained_to_the_one_before_it_and_names_who_did_it(database: Database) -> None:
    with database.write() as tx:
        user = users.add_user(tx, NewUser("mina", Role.SUPERVISOR))
        note(tx, Entry(Act.SIGN_IN, user, f"user:{user}"))
        note(tx, by_command(Act.EXPORTED, "export:calls", rows=12))
    first, second = rows(database)
    assert (first["position"], first["user_name"], first["user_role"]) == (1, "mina", "supervisor")
    assert (second["position"], second["user_id"]) == (2, None)
    assert json.loads(str(second["detail"])) == {"account": getpass.getuser(), "by": "command", "rows": 12}
    assert (first["previous"], second["previous"]) == (START, first["hash"])
    assert [entry_hash(str(row["previous"]), row) for row in (first, second)] == [
        row["hash"] for row in (first, second)
    ]
    with database.read() as tx:
        assert tx.execute(select(audit_head)).one() == (1, 2, second["hash"])


def test_what_is_rolled_back_leaves_no_gap(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as tx:
        _ = 1 // (note(tx, by_command(Act.IMPORTED, "import:1")) - 1)
    with database.write() as tx:
        assert note(tx, by_command(Act.IMPORTED, "import:2")) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET act = 'exported'",
        "DELETE FROM audit_log",
        "UPDATE audit_anchors SET position = 2",
        "DELETE FROM audit_anchors",
    ],
)
def test_the_database_refuses_to_change_or_delete(database: Database, statement: str) -> None:
    with database.write() as tx:
        note(tx, by_command(Act.IMPORTED, "import:1"))
        tx.execute(text("INSERT INTO audit_anchors VALUES (1, 1, 'h', :at, 's')"), {"at": moment(database)})
    with pytest.raises(DBAPIError, match="only ever added to"), database.write() as tx:
        tx.execute(text(statement))


def moment(database: Database) -> object:
    return 0 if database.dialect == "sqlite" else "2026-01-01T00:00:00Z"


def test_an_entry_cannot_be_put_over_another(database: Database) -> None:
    with database.write() as tx:
        note(tx, by_command(Act.IMPORTED, "import:1"))
    put = "INSERT INTO audit_log SELECT * FROM audit_log ON CONFLICT (position) DO UPDATE SET subject = 's'"
    if database.dialect == "sqlite":
        put = "INSERT OR REPLACE INTO audit_log VALUES (1, 0, 'x', NULL, NULL, NULL, 's', '{}', 'p', 'h')"
    with pytest.raises(DBAPIError, match="only ever added to"), database.write() as tx:
        tx.execute(text(put))


def test_those_who_write_at_once_wait_for_one_another(database: Database) -> None:
    def write(number: int) -> None:
        for turn in range(5):
            with database.write() as tx:
                note(tx, by_command(Act.IMPORTED, f"import:{number}", turn=turn))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    found = rows(database)
    assert [row["position"] for row in found] == list(range(1, 21))
    assert all(a["hash"] == b["previous"] for a, b in pairwise(found))


def test_what_is_seen_again_and_again_is_written_once_a_window(database: Database) -> None:
    now = utc_now()
    seen = Entry(Act.CALL_VIEWED, 7, "call:abc")
    heard = Entry(Act.AUDIO_PLAYED, 7, "call:abc")
    steps = [
        (seen, timedelta(0), True),
        (seen, timedelta(minutes=9), False),
        (heard, timedelta(minutes=9), True),  # another act
        (Entry(Act.CALL_VIEWED, 8, "call:abc"), timedelta(minutes=9), True),  # another person
        (Entry(Act.CALL_VIEWED, 7, "call:xyz"), timedelta(minutes=9), True),  # another call
        (seen, timedelta(minutes=11), True),  # the window counts from what was written
    ]
    with database.write() as tx:
        assert [note_once(tx, one, WINDOW, at=now + later) for one, later, _ in steps] == [
            wanted for _, _, wanted in steps
        ]


def test_the_log_is_sealed_verified_and_read(database: Database, tmp_path: Path) -> None:
    with database.write() as tx:
        call = register(tx, new_call(1))
        mina = users.add_user(tx, NewUser("mina", Role.MANAGER, display_name="Mina"))
        for act in (Act.CALL_VIEWED, Act.AUDIO_PLAYED):
            note(tx, Entry(act, mina, f"call:{call.key}"))
        note(tx, by_command(Act.EXPORTED, "export:calls", rows=3))
    found = check(database, tmp_path / "keys", tmp_path)
    assert (found.whole, found.entries, found.sealed) == (True, 3, 3)
    with database.read() as tx:
        kept = last_check(tx)
        assert kept is not None
        assert (kept.entries, kept.sealed, kept.broken) == (3, 3, None)
        of_call = list_entries(tx, AuditFilter(call=call.key), 9)
        assert [(one.position, one.name) for one in of_call] == [(2, "Mina"), (1, "Mina")]
        assert [one.position for one in list_entries(tx, AuditFilter(before=3, user_id=mina), 1)] == [2]
        assert [one.detail["rows"] for one in list_entries(tx, AuditFilter(user_id=0), 9)] == [3]
        (opening,) = openings(tx, Scope.all(), call.call_id, mina + 1)
        assert (opening.name, opening.role, opening.times, opening.heard) == ("Mina", "manager", 1, True)
        assert openings(tx, Scope.all(), call.call_id, mina) == ()
    with pytest.raises(StoreUnavailable), locked(database), database.write(200) as tx:
        note(tx, by_command(Act.IMPORTED, "import:1"))


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Another connection is in the middle of an entry."""
    with database.write() as other:
        note(other, by_command(Act.IMPORTED, "import:2"))
        yield
