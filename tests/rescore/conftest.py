"""A store with spoken calls, made once and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.demo.spoken import write_spoken
from qa.store.database import Database
from tests.made_once import made_once
from tests.store.fresh import fresh

SPOKEN = 60


@pytest.fixture(scope="session")
def spoken_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "spoken", _make) / "spoken.db"


def _make(folder: Path) -> None:
    url = f"sqlite:///{folder / 'spoken.db'}"
    fresh(url)
    database = Database.open(url)
    assert list(write_spoken(database, SPOKEN, "en"))[-1] == SPOKEN
    database.close()


@pytest.fixture
def spoken(spoken_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Sixty English calls of twenty turns, each with a current score by the default scorecard."""
    shutil.copy(spoken_file, tmp_path / "shenava.db")
    database = Database.open(f"sqlite:///{tmp_path / 'shenava.db'}")
    yield database
    database.close()
