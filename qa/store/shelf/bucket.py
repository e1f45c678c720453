"""A store far away that holds recordings, by fsspec: S3 and the like."""

import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

from qa.errors import InvalidSetting, StoreUnavailable, WriteFailed

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

TIMES = ("LastModified", "last_modified", "mtime", "updated", "modified", "created")
"""What stores call the time of a file: S3, Azure, servers by SSH, Google and others."""
TRANSFER = 1 << 20
"""Bytes that are asked of a far store at once."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of a shelf: its bytes, and its time in nanoseconds since 1970."""

    place: str
    size: int
    changed: int


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

    def stored(self) -> Iterator[Stored]:
        """All files with their sizes and times, which most stores tell with their names."""
        start = len(self._root) + 1
        self._system.invalidate_cache()
        try:
            found = self._system.find(self._root, detail=True)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StoreUnavailable(
                f"{self.url} does not answer ({error.strerror or type(error).__name__}); look at the store.",
                permanent=False,
            ) from error
        for path, facts in found.items():
            told = next((facts[name] for name in TIMES if facts.get(name) is not None), None)
            moment = self._system.modified(path) if told is None else told
            yield Stored(str(path)[start:], int(facts["size"]), _nanoseconds(moment))

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


def _nanoseconds(moment: object) -> int:
    """A time as stores tell it: a moment, seconds, or a text that is the same as long as the file is."""
    if isinstance(moment, datetime):
        return int(moment.timestamp() * 1e9)
    if isinstance(moment, int | float):
        return int(moment * 1e9)
    return int.from_bytes(sha256(str(moment).encode()).digest()[:7], "big")


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
