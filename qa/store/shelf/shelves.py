"""Where recordings stand: a folder of this machine, or any store that fsspec reaches (S3 and the like)."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from qa.store.shelf.bucket import Bucket, Stored
from qa.store.shelf.writing import written_whole


class Shelf(Protocol):
    """The port of all stores. A place is a relative name with ``/``."""

    def has(self, place: str) -> bool:
        """Whether a file stands there, inside the shelf."""

    def open(self, place: str) -> BinaryIO:
        """The file as it stands, seekable.

        Raises:
            OSError: it cannot be had.
        """

    def writing(self, place: str) -> AbstractContextManager[BinaryIO]:
        """To write into; stands there, whole, when the block ends well, else what was there before.

        Raises:
            WriteFailed: it cannot be written.
        """

    def remove(self, place: str) -> None:
        """Delete a file; one that is gone is fine."""

    def places(self) -> Iterator[str]:
        """All files."""

    def stored(self) -> Iterator[Stored]:
        """All files with their sizes and times, by as few questions as the store allows.

        Raises:
            StoreUnavailable: the store does not answer.
        """

    def changed(self, place: str) -> float:
        """When a file was written, in seconds since 1970; 0 when it is gone."""

    def beside(self, place: str) -> Iterator[str]:
        """Files whose places begin with this one and a dot."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, or of a share that is mounted here."""

    root: Path

    def has(self, place: str) -> bool:
        """Whether a file stands there."""
        file = (self.root / place).resolve()
        return file.is_relative_to(self.root.resolve()) and file.is_file()

    def open(self, place: str) -> BinaryIO:
        """The file as it stands."""
        return (self.root / place).open("rb")

    def writing(self, place: str) -> AbstractContextManager[BinaryIO]:
        """To write into."""
        return written_whole(self.root / place)

    def remove(self, place: str) -> None:
        """Delete a file."""
        (self.root / place).unlink(missing_ok=True)

    def places(self) -> Iterator[str]:
        """All files."""
        return (file.relative_to(self.root).as_posix() for file in self.root.rglob("*") if file.is_file())

    def stored(self) -> Iterator[Stored]:
        """All files with their sizes and times."""
        for place in self.places():
            with suppress(FileNotFoundError):
                found = (self.root / place).stat()
                yield Stored(place, found.st_size, found.st_mtime_ns)

    def changed(self, place: str) -> float:
        """When a file was written."""
        with suppress(FileNotFoundError):
            return (self.root / place).stat().st_mtime
        return 0.0

    def beside(self, place: str) -> Iterator[str]:
        """Its copies."""
        file = self.root / place
        found = file.parent.glob(f"{file.name}.*")
        return (one.relative_to(self.root).as_posix() for one in found)


def shelf_at(root: Path | str) -> Shelf:
    """The shelf of a folder or of an fsspec URL; ``file://`` is a folder of this machine."""
    if isinstance(root, Path):
        return Folder(root)
    if root.startswith("file://"):
        return Folder(Path(root.removeprefix("file://")))
    return Bucket(root)
