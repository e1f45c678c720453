"""One demo centre, made once and copied for each test that changes it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.settings import Settings
from qa.store.database import Database
from tests.demo.made import demo_centre
from tests.store.fresh import fresh


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_centre(tmp_path_factory)


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
