"""One generated centre with feedback for all tests of the week; nothing writes to it."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from qa.calendar import local_day, week_start
from qa.demo.feedback import write_feedback
from qa.demo.history import History, write_history
from qa.gather.week import House
from qa.settings import Settings
from qa.store.database import Database
from qa.store.scope import Scope
from tests.store.fresh import fresh

CALLS = 600


@dataclass(frozen=True)
class Centre:
    house: House
    rows: sqlite3.Connection
    now: datetime

    def week(self, back: int = 1) -> int:
        """First day (Saturday) of a week before the running one."""
        return week_start(local_day(self.now, self.house.settings.zone), "fa") - 7 * back


@pytest.fixture(scope="package")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder = tmp_path_factory.mktemp("weekly")
    settings = Settings(data_dir=folder)
    fresh(settings.url)
    database = Database.open(settings.url)
    now = datetime.now(UTC)
    history = History(CALLS, "fa", now)
    assert list(write_history(database, settings, history))[-1] == CALLS
    assert list(write_feedback(database, settings, history))[-1] == 1.0
    rows = sqlite3.connect(folder / "shenava.db")
    rows.row_factory = sqlite3.Row
    yield Centre(House(database, settings, Scope.all()), rows, now)
    rows.close()
    database.close()
