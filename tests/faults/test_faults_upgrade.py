"""An upgrade that is killed or finds no room leaves the schema that was there, and the next one does it."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from qa.errors import QAError
from qa.store.database import Database
from qa.store.engine.migrate import current_revision, head_revision, upgrade
from tests.faults.small_disk import small_disk
from tests.shared import ROOT

KILLS = 3
UPGRADE = (
    "import sys; from qa.store.engine.migrate import upgrade; "
    "print('ready', flush=True); upgrade(sys.argv[1])"
)


LAST = (
    "import os, sys; from qa.store.engine import migrate;"
    " migrate._check_links = lambda *_: os.kill(os.getpid(), 9); migrate.upgrade(sys.argv[1])"
)
"""Killed after the last step, before the transaction ends."""


def stands_at(url: str) -> str | None:
    """The schema of a database that is whole."""
    database = Database.open(url)
    try:
        with database.read() as tx:
            assert tx.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
            tables = set(tx.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
            revision = current_revision(tx)
    finally:
        database.close()
    assert ("calls" in tables) == (revision != "0001"), "a part of the steps stayed"
    return revision


def test_an_upgrade_that_is_killed_leaves_the_old_schema_or_the_new_one(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    upgrade(f"sqlite:///{old}", "0001")
    chance, found = random.Random(11), []
    for n in range(KILLS):
        url = f"sqlite:///{tmp_path / f'site{n}.db'}"
        shutil.copy(old, tmp_path / f"site{n}.db")
        command = [sys.executable, "-c", UPGRADE, url]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.8))
        process.kill()
        process.communicate()
        found.append(stands_at(url))
        assert found[-1] in ("0001", head_revision())
        assert upgrade(url).after == head_revision() == stands_at(url)
    print(f"killed at random moments it stands at {found}")


def test_an_upgrade_that_is_killed_after_its_last_step_did_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'site.db'}"
    upgrade(url, "0001")
    killed = subprocess.run([sys.executable, "-c", LAST, url], cwd=ROOT, check=False)
    assert killed.returncode == -9
    assert stands_at(url) == "0001"
    assert upgrade(url).after == head_revision() == stands_at(url)


def test_without_room_for_the_copy_nothing_is_changed(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 12) as disk:
        url = f"sqlite:///{disk.root / 'site.db'}"
        upgrade(url, "0001")
        disk.fill()
        with pytest.raises(QAError, match="disk"):
            upgrade(url)
        disk.free()
        assert stands_at(url) == "0001"
        assert not list(disk.root.glob("site.before-*")), "half a copy is no copy"
        assert upgrade(url).after == head_revision()
