"""What people see and hear is written down, or it is not shown; also while the database cannot be written."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from dashboard.data import accounts, calls, care, listing, site, watching
from dashboard.data.acting import Act, acting, audited_alone
from dashboard.data.kinds import Role
from dashboard.identity import COOKIE
from qa.errors import StoreUnavailable
from qa.store import tables
from qa.store.audit import aside
from qa.store.audit.verifying import verify
from qa.store.scope import Scope
from qa.store.tables import audit_log
from tests.dashboard import call_samples
from tests.dashboard.desk import PASSWORD, Site
from tests.dashboard.test_media import keep_call


def written(*acts: Act) -> list[tuple[Any, ...]]:
    """Act, user and subject of the entries of these acts, the oldest first."""
    c = audit_log.c
    with site.database().read() as tx:
        rows = tx.execute(select(c.act, c.user_id, c.subject).order_by(c.position)).all()
    return [tuple(row) for row in rows if row[0] in acts]


@contextmanager
def locked() -> Iterator[None]:
    """Another program holds the database for writing."""
    with closing(sqlite3.connect(site.settings().data_dir / "shenava.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def boss(desk_site: Site) -> Iterator[int]:
    number = desk_site.add("boss", Role.ADMINISTRATOR)
    acting(number)
    yield number
    acting(None)


def test_that_words_were_looked_for_is_written_without_the_words(
    boss: int, desk_site: Site, tmp_path: Path
) -> None:
    key = call_samples.store(tmp_path)
    for words in ("kettle", "kettle", "refund", "nobodysaidthis"):
        watching._done.clear()
        listing.page(Scope.all(), listing.CallFilter(search=words), listing.PageOf())
    listing.page(Scope.all(), listing.CallFilter(), listing.PageOf())
    found = written(Act.CALLS_SEARCHED)
    assert (
        len({subject for _act, _user, subject in found}) == len(found) == 3
    )  # the same words, the same name
    assert {user for _act, user, _subject in found} == {boss}
    with site.database().read() as tx:
        lines = tx.execute(select(audit_log)).mappings().all()
    hits = [json.loads(one["detail"])["hits"] for one in lines if one["act"] == Act.CALLS_SEARCHED]
    assert hits == [1, 1, 0], key
    assert not [one for one in lines for value in one.values() if "kettle" in str(value)]


def test_a_view_is_written_once_in_ten_minutes(boss: int, desk_site: Site, tmp_path: Path) -> None:
    key = call_samples.store(tmp_path)
    for _ in range(3):
        assert calls.load_call(key, Scope.all()) is not None
    watching._done.clear()  # another process
    calls.load_call(key, Scope.all())
    assert calls.load_call("000000000000", Scope.all()) is None
    acting(other := desk_site.add("mina", Role.MANAGER))
    calls.load_call(key, Scope.all())
    assert calls.load_call(key, Scope.of_teams([999])) is None  # not hers to see, so not seen
    assert written(Act.CALL_VIEWED) == [
        ("call viewed", boss, f"call:{key}"),
        ("call viewed", other, f"call:{key}"),
    ]


def test_a_locked_database_neither_stops_nor_loses_a_view(boss: int, tmp_path: Path) -> None:
    first, second = (call_samples.store(tmp_path, team=team) for team in ("North", "South"))
    with locked():
        begun = time.monotonic()
        assert calls.load_call(first, Scope.all()) is not None
        assert time.monotonic() - begun < 5
        assert calls.load_call(first, Scope.all()) is not None  # known by now: no second wait
    folder = site.settings().data_dir
    assert (aside.waiting(folder), written(Act.CALL_VIEWED)) == (1, [])
    kept = (folder / aside.FILE).read_bytes()
    calls.load_call(second, Scope.all())
    late = [("call viewed", boss, f"call:{key}") for key in (second, first)]
    assert (aside.waiting(folder), written(Act.CALL_VIEWED)) == (0, late)
    (folder / aside.FILE).write_bytes(kept)  # killed after it was written, before the file was gone
    assert aside.take_up(site.database(), folder) == 0
    assert written(Act.CALL_VIEWED) == late
    assert verify(site.database(), site.settings().keys_dir, folder).whole
    with site.database().read() as tx:
        seen = tx.execute(select(audit_log.c.at, audit_log.c.detail).order_by(audit_log.c.position)).all()[
            -2:
        ]
    assert seen[1].at < seen[0].at
    assert json.loads(seen[1].detail) == {"late": "written late"}


def test_what_can_be_written_down_nowhere_is_not_shown(boss: int, tmp_path: Path) -> None:
    key = call_samples.store(tmp_path)
    (site.settings().data_dir / aside.FILE).mkdir()
    with locked(), pytest.raises(StoreUnavailable, match="must be written down first"):
        calls.load_call(key, Scope.all())


def test_sound_is_written_down_once_and_refused_while_it_cannot_be(
    client: TestClient, desk_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _team, agent, data = keep_call(tmp_path, "North", "Sara")
    user = desk_site.add("sara", Role.AGENT, agent_id=agent)
    client.cookies.set(COOKIE, desk_site.session("sara"))
    monkeypatch.setattr(watching, "HEARING", 200)
    with locked():
        refused = client.get(f"/qa/audio/{key}")
    assert (refused.status_code, data in refused.content) == (503, False)
    for part in ("bytes=0-99", "bytes=100-199", "bytes=200-"):
        assert client.get(f"/qa/audio/{key}", headers={"Range": part}).status_code == 206
    assert client.get("/qa/audio/000000000000").status_code == 404
    assert written(Act.AUDIO_PLAYED) == [("audio played", user, f"call:{key}")]


def test_a_file_leaves_only_with_its_entry(client: TestClient, desk_site: Site, tmp_path: Path) -> None:
    call_samples.store(tmp_path)
    user = desk_site.add("boss", Role.ADMINISTRATOR)
    client.cookies.set(COOKIE, desk_site.session("boss"))
    assert client.get("/qa/export/calls.csv").status_code == 200
    assert written(Act.EXPORTED) == [("exported", user, "export:calls")]


def test_sign_ins_are_written_and_typed_names_are_not(client: TestClient, desk_site: Site) -> None:
    user = desk_site.add("mina", Role.MANAGER)
    typed = "09121234567 mina's card"
    for name, password in (("mina", "wrong"), (typed, "wrong"), ("mina", PASSWORD)):
        client.post("/qa/login", data={"u": name, "p": password})
    client.post("/qa/logout")
    found = written(Act.SIGN_IN_FAILED, Act.SIGN_IN, Act.SIGN_OUT)
    assert found == [
        ("sign-in failed", None, f"user:{user}"),
        ("sign-in failed", None, "user:unknown"),
        ("signed in", user, f"user:{user}"),
        ("signed out", user, f"user:{user}"),
    ]
    with closing(sqlite3.connect(site.settings().data_dir / "shenava.db")) as raw:
        stored = " ".join(str(row) for row in raw.execute("SELECT * FROM audit_log").fetchall())
    assert "0912" not in stored
    assert "wrong" not in stored


def test_a_role_is_told_with_the_one_before_and_looks_are_not(boss: int, desk_site: Site) -> None:
    other = desk_site.add("mina", Role.MANAGER)
    accounts.change(other, {"language": "fa", "theme": accounts.Theme.DARK})
    accounts.change(other, {"role": Role.SUPERVISOR}, frozenset())
    c = audit_log.c
    with site.database().read() as tx:
        rows = tx.execute(select(c.user_id, c.detail).where(c.subject == f"user:{other}")).all()
    assert [(row[0], json.loads(row[1])) for row in rows] == [
        (boss, {"role": "manager", "step": "added"}),
        (boss, {"fields": "role", "role": "supervisor", "role_before": "manager", "step": "changed"}),
    ]


def test_a_customer_is_never_in_the_log(boss: int, tmp_path: Path) -> None:
    key = call_samples.store(tmp_path)
    with site.database().write() as tx:
        tx.execute(update(tables.calls).values(customer_hash="c" * 64))
    assert care.timeline(Scope.all(), "c" * 64)
    assert written(Act.CUSTOMER_VIEWED) == [("customer viewed", boss, f"customer of call:{key}")]


def test_who_acts_in_one_request_does_not_act_in_the_next(client: TestClient, desk_site: Site) -> None:
    desk_site.add("boss", Role.ADMINISTRATOR)
    client.cookies.set(COOKIE, desk_site.session("boss"))
    client.get("/qa/export/calls.csv")
    client.cookies.clear()
    client.post("/qa/login", data={"u": "boss", "p": "wrong"})
    audited_alone(Act.DEMO_CHANGED, "demo")
    assert [row[1] for row in written(Act.SIGN_IN_FAILED, Act.DEMO_CHANGED)] == [None, None]
