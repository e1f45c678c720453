"""A store with spoken calls, made once and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.demo.spoken import write_spoken
from qa.store.database import Database
from tests.store.fresh import fresh

SPOKEN = 60


@pytest.fixture(scope="session")
def spoken_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("spoken") / "spoken.db"
    fresh(f"sqlite:///{path}")
    database = Database.open(f"sqlite:///{path}")
    assert list(write_spoken(database, SPOKEN, "en"))[-1] == SPOKEN
    database.close()
    return path


@pytest.fixture
def spoken(spoken_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Sixty English calls of twenty turns, each with a current score by the default scorecard."""
    shutil.copy(spoken_file, tmp_path / "shenava.db")
    database = Database.open(f"sqlite:///{tmp_path / 'shenava.db'}")
    yield database
    database.close()
