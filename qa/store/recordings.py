"""Recordings on disk: one file for each content, written whole or not at all; refused files in quarantine."""

import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qa.errors import BadRecording, NotFound, WriteFailed, shown_name

UNFINISHED = ".part-"
PLAYABLE = ".playable.wav"
"""Ending of the copy that browsers play, behind the whole name of the recording."""


@dataclass(frozen=True, slots=True)
class Recordings:
    """The folder of recordings: ``ab/abcd….wav``, named by SHA-256."""

    root: Path

    def keep(self, source: Path, sha256: str) -> str:
        """Copy a file in, durably; gives its place in the folder. The same content twice is one file.

        Raises:
            BadRecording: the source cannot be read.
            WriteFailed: the folder cannot be written or the disk is full; nothing is left behind.
        """
        place = Path(sha256[:2]) / f"{sha256}{source.suffix.lower()}"
        target = self.root / place
        if not target.is_file():
            with _opened(source) as data:
                write_atomically(target, data)
        return place.as_posix()

    def path(self, media: str) -> Path:
        """The file of a place that ``keep`` gave.

        Raises:
            NotFound: the place is outside the folder, or the file is gone.
        """
        file = (self.root / media).resolve()
        if not file.is_relative_to(self.root.resolve()) or not file.is_file():
            raise NotFound(f"The recording {Path(media).name} is not in the recordings folder; restore it.")
        return file

    def playable(self, media: str, write: Callable[[BinaryIO], None]) -> Path:
        """The copy that browsers play, beside the recording; ``write`` makes it when it is not there yet.

        Raises:
            WriteFailed: it cannot be written; nothing is left behind.
        """
        target = self.root / f"{media}{PLAYABLE}"
        if not target.is_file():
            with written_whole(target) as out:
                write(out)
        return target

    def remove(self, media: str) -> None:
        """Delete a file and its copy for browsers; one that is gone is fine."""
        for name in (media, f"{media}{PLAYABLE}"):
            (self.root / name).unlink(missing_ok=True)

    def orphans(self, known: frozenset[str]) -> tuple[str, ...]:
        """Files that no call owns, and copies that were never finished."""
        return tuple(sorted(p for p in self._places() if p.removesuffix(PLAYABLE) not in known))

    def missing(self, known: frozenset[str]) -> tuple[str, ...]:
        """Places that a call owns and that hold no file."""
        return tuple(sorted(known - set(self._places())))

    def _places(self) -> Iterator[str]:
        return (file.relative_to(self.root).as_posix() for file in self.root.rglob("*") if file.is_file())


def write_atomically(target: Path, data: BinaryIO) -> None:
    """Write a file so that it is there whole or not at all, even after a power cut.

    Raises:
        WriteFailed: it could not be written; what was there before is still there.
    """
    with written_whole(target) as out:
        shutil.copyfileobj(data, out, 1 << 20)


@contextmanager
def written_whole(target: Path) -> Iterator[BinaryIO]:
    """A file to write into that takes its place when the block ends well, else leaves nothing behind.

    Raises:
        WriteFailed: it could not be written; what was there before is still there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
    except OSError as error:
        raise _failed(target, error) from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def quarantine(source: Path, folder: Path, reason: str, *, name: str | None = None) -> Path:
    """Copy a refused file into quarantine with ``<name>.reason.txt`` beside it; gives the copy.

    The same name with other content gets a number; the same content again is one file.

    Raises:
        BadRecording: the source cannot be read.
        WriteFailed: the quarantine cannot be written; the file stays where it was.
    """
    wanted = Path(name or source.name).name
    with _opened(source) as data:
        target = _free_place(folder, wanted, source)
        write_atomically(target, data)
    write_atomically(target.with_name(f"{target.name}.reason.txt"), io.BytesIO(f"{reason}\n".encode()))
    return target


def _free_place(folder: Path, wanted: str, source: Path) -> Path:
    stem, suffix = Path(wanted).stem, Path(wanted).suffix
    number = 1
    place = folder / wanted
    while place.exists() and not _same(place, source):
        number += 1
        place = folder / f"{stem}-{number}{suffix}"
    return place


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _opened(source: Path) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        raise BadRecording(
            f"The file {shown_name(source)} cannot be read ({error.strerror}); "
            "give this user the right to read it."
        ) from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _failed(target: Path, error: OSError) -> WriteFailed:
    return WriteFailed(
        f"The file {shown_name(target)} cannot be written in {target.parent} ({error.strerror}); "
        "free space or change the folder's rights.",
        permanent=False,
    )
