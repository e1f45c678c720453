"""What people see when the disk is full, the database read-only, or held by another program: they read on."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from dashboard import identity
from dashboard.data import accounts, demo, site
from dashboard.identity import COOKIE
from qa.store.database import Database
from qa.store.engine.migrate import upgrade
from qa.store.tables import sessions
from tests.dashboard.centre import open_page
from tests.dashboard.desk import Site, new_client, site_at
from tests.faults.small_disk import SmallDisk, small_disk
from tests.store.fresh import fresh

TYPED = 77.0


@pytest.fixture
def on_a_small_disk(tmp_path: Path) -> Iterator[tuple[Site, SmallDisk]]:
    with small_disk(tmp_path / "disk") as disk, site_at(disk.root):
        fresh(site.settings().url)
        demo.refresh()
        yield Site(disk.root), disk


@contextmanager
def held(url: str) -> Iterator[None]:
    """Another program writes and does not end."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def signed_in(desk: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    desk.add("boss")
    sid = desk.session("boss")
    monkeypatch.setattr(identity, "session_id", lambda: sid)
    monkeypatch.setattr(accounts, "_quiet", {})
    return sid


def idle() -> None:
    """Nobody clicked for five minutes, so that a sign of life is due at the next request."""
    with site.database().write() as tx:
        tx.execute(update(sessions).values(last_seen=datetime.now(UTC) - timedelta(minutes=5)))


def typed(at: AppTest) -> AppTest:
    """A target is typed and the button pressed."""
    at.number_input[0].set_value(TYPED)
    at.button(key="target_save").click()
    return at.run()


def reads(sid: str) -> int:
    upgrade(site.settings().url)  # as a desk that starts now does
    client, headers = new_client(), {"Cookie": f"{COOKIE}={sid}"}
    refused = client.get("/qa/language?to=fa&next=/", headers=headers)  # keeps the choice with the user
    assert refused.status_code == 503
    return client.get("/", headers=headers).status_code


def told(at: AppTest) -> str:
    assert not at.exception
    return " ".join(error.value for error in at.error)


def stays_and_is_stored_later(at: AppTest, why: str, mend: Callable[[], object]) -> None:
    assert why in told(at)
    assert "Nothing was stored; what you typed is still here." in told(at)
    assert at.number_input[0].value == TYPED
    mend()
    at.button(key="target_save").click()
    at.run()
    assert told(at) == ""
    with sqlite3.connect(site.settings().url.removeprefix("sqlite:///")) as rows:
        assert rows.execute("SELECT count(*) FROM targets").fetchone()[0] == 1


def test_on_a_full_disk_people_read_and_lose_nothing_typed(
    on_a_small_disk: tuple[Site, SmallDisk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, disk = on_a_small_disk
    sid = signed_in(desk, monkeypatch)
    at = open_page("targets")
    assert not at.exception
    idle()
    disk.fill()
    assert reads(sid) == 200
    stays_and_is_stored_later(typed(at), "The disk is full.", disk.free)


def test_on_a_read_only_disk_people_read_and_lose_nothing_typed(
    on_a_small_disk: tuple[Site, SmallDisk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, disk = on_a_small_disk
    sid = signed_in(desk, monkeypatch)
    at = open_page("targets")
    idle()
    site.database().close()  # a disk with open files that are written cannot be taken away
    disk.read_only(True)
    try:
        assert reads(sid) == 200
        at = open_page("targets")
        assert not at.exception
        assert at.number_input
        typed(at)
        assert "Nothing was stored" in told(at)
    finally:
        site.database().close()
        disk.read_only(False)
    stays_and_is_stored_later(at, "can only be read", lambda: None)


@pytest.mark.usefixtures("one_look_at_the_packages")
def test_while_another_program_holds_the_database_people_read_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database.write.__wrapped__, "__defaults__", (300,))  # type: ignore[attr-defined]
    with site_at(tmp_path):
        fresh(site.settings().url)
        demo.refresh()
        desk = Site(tmp_path)
        sid = signed_in(desk, monkeypatch)
        at = open_page("targets")
        idle()
        holder = held(site.settings().url)
        holder.__enter__()
        assert reads(sid) == 200
        stays_and_is_stored_later(
            typed(at), "Another program holds the database.", lambda: holder.__exit__(None, None, None)
        )
