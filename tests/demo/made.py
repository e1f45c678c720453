"""The demo centre of the tests: made once in a run, in whichever process needs it first."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.demo import History, create
from qa.settings import Settings
from qa.store.database import Database
from tests.made_once import made_once
from tests.store.fresh import fresh

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
CALLS = 3000


def demo_centre(factory: pytest.TempPathFactory) -> Path:
    """The data folder of a whole centre in English, to read or to copy."""
    return made_once(factory, "demo", _make)


def _make(folder: Path) -> None:
    """The shares that are told while it is made are right."""
    settings = Settings(data_dir=folder)
    fresh(settings.url)
    database = Database.open(settings.url)
    shares = list(create(database, settings, History(CALLS, "en", NOW)))
    database.close()
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
