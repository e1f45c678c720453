"""One demo centre, made once and copied for each test that changes it."""

import shutil
from collections.abc import Iterator
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


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a whole centre; the shares that are told while it is made are right."""
    return made_once(tmp_path_factory, "demo", _make)


def _make(folder: Path) -> None:
    settings = Settings(data_dir=folder)
    fresh(settings.url)
    database = Database.open(settings.url)
    shares = list(create(database, settings, History(CALLS, "en", NOW)))
    database.close()
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


@pytest.fixture
def whole(made: Path) -> Iterator[tuple[Database, Settings]]:
    """The centre, to read."""
    yield from _open(made)


@pytest.fixture
def own(made: Path, tmp_path: Path) -> Iterator[tuple[Database, Settings]]:
    """A copy of the centre, to change."""
    yield from _open(shutil.copytree(made, tmp_path / "var"))


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[tuple[Database, Settings]]:
    """A site without any call."""
    fresh(Settings(data_dir=tmp_path / "bare").url)
    yield from _open(tmp_path / "bare")


def _open(folder: Path) -> Iterator[tuple[Database, Settings]]:
    settings = Settings(data_dir=folder)
    database = Database.open(settings.url)
    yield database, settings
    database.close()
