"""A writer killed in the middle of anything leaves whole reviews or none."""

import random
import subprocess
import sys
import time

from sqlalchemy import select, text

from qa.store.call.detail import load_call
from qa.store.database import Database, Transaction
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import list_calls
from qa.store.scope import Scope
from qa.store.tables import calls
from tests.store.crash_writer import CALLS
from tests.store.samples import review, saying

ROUNDS = 20


def kill_a_writer(url: str, after: float) -> int:
    """Start a writer, kill it that long after its first round; gives the last round it told as saved."""
    command = [sys.executable, "-m", "tests.store.crash_writer", url]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    told = [writer.stdout.readline()]
    time.sleep(after)
    writer.kill()
    told += writer.stdout.readlines()
    writer.wait()
    # A line cut in half belongs to a round that was saved all the same; only whole lines are counted.
    return max(int(line) for line in told if line.endswith("\n"))


def round_of(tx: Transaction, key: str) -> int:
    """The round a call was saved in; every part must tell the same one."""
    page = load_call(tx, key, Scope.all())
    turn = int(page.measures[0].value or 0)
    whole = saying(review(turn, turns=turn % 9 + 1, score=float(turn % 101)), f"round{turn}")
    assert len(page.evaluations) == 1
    assert page.automatic is not None
    assert page.automatic.scoring == whole.scoring
    assert (page.transcript, page.redactions) == (whole.transcript, whole.redactions)
    assert tx.scalar(select(calls.c.score).where(calls.c.key == key)) == whole.scoring.score
    found = list_calls(tx, Scope.all(), CallFilter(search=f"round{turn}")).rows
    assert key in [row.key for row in found]
    return turn


def test_twenty_kills_tear_nothing_and_lose_nothing(url: str) -> None:
    rng = random.Random(5)
    database = Database.open(url)
    for _ in range(ROUNDS if url.startswith("sqlite") else 3):
        saved = kill_a_writer(url, rng.uniform(0.0, 0.15))
        with database.read() as tx:
            if database.dialect == "sqlite":
                assert tx.scalars(text("PRAGMA integrity_check")).all() == ["ok"]
                assert tx.execute(text("PRAGMA foreign_key_check")).all() == []
            keys = tx.scalars(select(calls.c.key)).all()
            newest = max(round_of(tx, key) for key in keys)
        assert len(keys) <= CALLS
        assert newest >= saved
    database.close()
