"""Where recordings stand: a folder of this machine, or any store that fsspec reaches (S3 and the like)."""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from qa.errors import InvalidSetting, WriteFailed
from qa.store.writing import written_whole

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

TRANSFER = 1 << 20
"""Bytes that are asked of a far store at once."""


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


@dataclass(frozen=True, slots=True)
class Bucket:
    """A store behind an fsspec URL. Objects of S3 are there whole or not at all by the protocol itself."""

    url: str

    def has(self, place: str) -> bool:
        """Whether a file stands there."""
        return ".." not in place.split("/") and bool(place) and bool(self._system.isfile(self._at(place)))

    def open(self, place: str) -> BinaryIO:
        """The file as it stands."""
        return io.BufferedReader(_Far(self._system.open(self._at(place), "rb"), place), TRANSFER)

    @contextmanager
    def writing(self, place: str) -> Iterator[BinaryIO]:
        """To write into."""
        try:
            # Put together here first, sealed as it comes: not every store can take a half of it back.
            with tempfile.TemporaryFile() as whole:
                yield whole
                whole.seek(0)
                self._system.makedirs(self._at(place).rpartition("/")[0], exist_ok=True)
                with self._system.open(self._at(place), "wb") as file:
                    shutil.copyfileobj(whole, file, TRANSFER)
        except OSError as error:
            raise WriteFailed(
                f"A recording cannot be written to {self.url} ({error.strerror or type(error).__name__}); "
                "look at the store and its rights.",
                permanent=False,
            ) from error

    def remove(self, place: str) -> None:
        """Delete a file."""
        with suppress(FileNotFoundError):
            self._system.rm_file(self._at(place))

    def places(self) -> Iterator[str]:
        """All files."""
        start = len(self._root) + 1
        return (str(found)[start:] for found in self._found(self._root))

    def changed(self, place: str) -> float:
        """When a file was written."""
        with suppress(FileNotFoundError):
            return float(self._system.modified(self._at(place)).timestamp())
        return 0.0

    def beside(self, place: str) -> Iterator[str]:
        """Its copies."""
        folder = self._at(place).rpartition("/")[0]
        start = len(self._root) + 1
        return (one for found in self._found(folder) if (one := str(found)[start:]).startswith(f"{place}."))

    def _found(self, folder: str) -> list[str]:
        self._system.invalidate_cache()
        try:
            return list(self._system.find(folder))
        except FileNotFoundError:
            return []

    def _at(self, place: str) -> str:
        return f"{self._root}/{place}"

    @property
    def _system(self) -> "AbstractFileSystem":
        return _reached(self.url)[0]

    @property
    def _root(self) -> str:
        return _reached(self.url)[1]


def shelf_at(root: Path | str) -> Shelf:
    """The shelf of a folder or of an fsspec URL; ``file://`` is a folder of this machine."""
    if isinstance(root, Path):
        return Folder(root)
    if root.startswith("file://"):
        return Folder(Path(root.removeprefix("file://")))
    return Bucket(root)


@cache
def _reached(url: str) -> tuple["AbstractFileSystem", str]:
    """The file system of a URL, and where in it the shelf begins.

    Raises:
        InvalidSetting: nothing here speaks to such a store.
    """
    from fsspec.core import url_to_fs

    try:
        system, root = url_to_fs(url)
    except (ImportError, ValueError) as error:
        kind = url.partition("://")[0]
        raise InvalidSetting(
            f"QA_RECORDINGS_URL begins with {kind!r}, for which no package is installed; "
            "install it (s3fs for s3://), or use a folder."
        ) from error
    return system, str(root).rstrip("/")


class _Far(io.RawIOBase):
    """A file of fsspec as one of Python's own, with the name of its place."""

    def __init__(self, file: Any, name: str) -> None:
        super().__init__()
        self.name = name
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, into: Any, /) -> int:
        data = self._file.read(len(into))
        into[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
