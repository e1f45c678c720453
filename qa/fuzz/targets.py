"""What reads each kind of file in the product, as its command does up to the point of storing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from qa.settings import Settings

if TYPE_CHECKING:
    from qa.store.database import Database

LONGEST = 4 * 3600.0  # seconds, what a site refuses


@dataclass(frozen=True, slots=True)
class House:
    """The folder with an empty database that imports are tried against."""

    folder: Path

    @property
    def settings(self) -> Settings:
        """A site without anything."""
        return Settings(data_dir=self.folder)


def _audio(path: Path, _house: House) -> None:
    from qa.audio import decode, peaks

    _recording, audio = decode(path, maximum=LONGEST)
    peaks(audio, 100)


def _rows(path: Path, house: House, kind: str) -> None:
    from qa.feedback import IMPORTERS, Choices, house_of, prepare, read_table, try_out
    from qa.feedback.importing import kept_of

    importer = next(one for one in IMPORTERS if one.kind.value == kind)
    table = read_table(path, importer.headless)
    kept = kept_of(_database(house), importer, "fuzz")
    try_out(_database(house), prepare(importer, table, Choices({}), kept, (house_of(house.settings), "fuzz")))


def _metadata(path: Path, _house: House) -> None:
    from qa.ingest.metadata import read_metadata

    read_metadata(path, ZoneInfo("Asia/Tehran"))


def _scorecard(path: Path, _house: House) -> None:
    from qa.judge import check_rules
    from qa.scorecard import load_scorecard

    check_rules(load_scorecard(path))


def _transcript(path: Path, _house: House) -> None:
    from qa.transcribe import read_transcript

    read_transcript(path)


@cache
def _database(house: House) -> "Database":
    from qa.store.database import Database
    from qa.store.engine.migrate import upgrade

    upgrade(house.settings.url)
    return Database.open(house.settings.url)


Target = Callable[[Path, House], None]
KINDS = ("surveys", "comments", "orders", "queue-log", "cdr")
TARGETS: Mapping[str, Target] = {
    "audio": _audio,
    "metadata": _metadata,
    "scorecard": _scorecard,
    "transcript": _transcript,
    **{kind: partial(_rows, kind=kind) for kind in KINDS},
}
