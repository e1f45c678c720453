"""The objects of a back-up folder: each file once, named by its SHA-256, written whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from qa.errors import BadBackup, StoreUnavailable, WriteFailed
from qa.small_files import sync_folder

FOLDER = "objects"
UNFINISHED = ".part-"
BLOCK = 1 << 20

Pour = Callable[[BinaryIO, BinaryIO], None]
"""Writes one stream into another, as it is or sealed."""


class Summed:
    """A stream that counts and sums what goes through it, in either direction."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._sum = hashlib.sha256()
        self.size = 0

    def read(self, count: int = -1) -> bytes:
        """Read on.

        Raises:
            StoreUnavailable: the stream broke off.
        """
        try:
            data = self._stream.read(count)
        except OSError as error:
            raise StoreUnavailable(
                f"A file cannot be read to its end ({error.strerror or type(error).__name__});"
                " look at the disk or the store that it lies on.",
                permanent=False,
            ) from error
        return self._seen(data)

    def write(self, data: bytes) -> int:
        """Write on."""
        self._seen(bytes(data))
        return self._stream.write(data)

    @property
    def sha256(self) -> str:
        """Of all that went through."""
        return self._sum.hexdigest()

    def _seen(self, data: bytes) -> bytes:
        self._sum.update(data)
        self.size += len(data)
        return data


@dataclass(frozen=True, slots=True)
class Kept:
    """A file's bytes and sum as it was read, and the object that holds it."""

    size: int
    sha256: str
    object: str
    new: int


class Held(Protocol):
    """What holds the objects of a back-up: a folder, or one file."""

    def open(self, name: str) -> BinaryIO:
        """The bytes of an object, seekable.

        Raises:
            OSError: it is not there.
        """


class Holder(Protocol):
    """What a back-up is written into."""

    def keep(self, source: BinaryIO, pour: Pour) -> Kept:
        """Take a stream in.

        Raises:
            WriteFailed: there is no room; nothing is left behind.
        """

    def holds(self, name: str, size: int) -> Path | None:
        """The file of an object of at least so many bytes that is there from the last time."""


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects below a back-up folder."""

    root: Path

    def path(self, name: str) -> Path:
        """Where an object lies."""
        return self.root / FOLDER / name[:2] / name

    def open(self, name: str) -> BinaryIO:
        """The bytes of an object.

        Raises:
            OSError: it is not there.
        """
        return self.path(name).open("rb")

    def holds(self, name: str, size: int) -> Path | None:
        """The file of an object that is there and not shorter than it should be."""
        path = self.path(name)
        return path if path.is_file() and path.stat().st_size >= size else None

    def keep(self, source: BinaryIO, pour: Pour) -> Kept:
        """Take a stream in; the same bytes twice are one object. ``new`` are the bytes that were added.

        Raises:
            WriteFailed: the folder cannot be written or is full; nothing is left behind.
        """
        read = Summed(source)
        with unfinished(self.root / FOLDER) as (part, out):
            written = Summed(out)
            pour(read, written)  # type: ignore[arg-type]
            out.flush()
            os.fsync(out.fileno())
            target = self.path(written.sha256)
            if target.is_file() and target.stat().st_size == written.size:
                return Kept(read.size, read.sha256, written.sha256, 0)
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
            sync_folder(target.parent)
            return Kept(read.size, read.sha256, written.sha256, written.size)

    def sweep(self, wanted: Collection[str]) -> int:
        """Delete what no list names and what was never finished; gives the number of bytes."""
        freed = 0
        for file in sorted((self.root / FOLDER).rglob("*")):
            if file.is_file() and file.name not in wanted:
                freed += file.stat().st_size
                file.unlink()
        return freed


def check_object(held: Held, name: str) -> None:
    """Compare an object with its name, as the disk gives it back, not as it is still remembered.

    Raises:
        BadBackup: it is missing, cannot be read or was changed.
    """
    try:
        with held.open(name) as file:
            _forget_cached(file)
            found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    except OSError as error:
        raise BadBackup(
            f"The object {name[:12]}… cannot be read ({error.strerror}); use another back-up."
        ) from error
    if found != name:
        raise BadBackup(
            f"The object {name[:12]}… of the back-up was changed (its sum is {found[:12]}…);"
            " use another back-up."
        )


def _forget_cached(file: BinaryIO) -> None:
    """Have the system read a file from the disk again; what was synced is dropped from memory."""
    with suppress(OSError, AttributeError):  # parts of a file have no number, and not every system can
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def unfinished(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file to write that is deleted when the block ends, unless it was given its name before.

    Raises:
        WriteFailed: it cannot be written.
    """
    part: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=folder)
        part = Path(name)
        with os.fdopen(handle, "wb") as out:
            yield part, out
    except OSError as error:
        raise WriteFailed(
            f"The back-up cannot be written into {folder} ({error.strerror}); free some space there, or"
            " choose another folder.",
            permanent=False,
        ) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def plainly(source: BinaryIO, target: BinaryIO) -> None:
    """As it is."""
    while block := source.read(BLOCK):
        target.write(block)
