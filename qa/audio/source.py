"""What sound and words are read from: a file on disk, or one that is kept sealed or far away."""

import os
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, TypeGuard

from qa.vault import Passing


class Source(Protocol):
    """Has a name with an ending and can be opened, again and again; every ``Path`` is one."""

    @property
    def name(self) -> str:
        """The name without folders."""

    @property
    def suffix(self) -> str:
        """Its ending with the dot, or nothing."""

    def open(self, mode: Literal["rb"], /) -> BinaryIO:
        """The bytes, seekable.

        Raises:
            OSError: they cannot be had.
        """


def on_disk(source: Source) -> TypeGuard[Path]:
    """True for a file that others read as it lies there: not sealed, not far away."""
    return isinstance(source, Path) and not isinstance(source, Passing)


def size_of(source: Source) -> int:
    """Bytes of a source.

    Raises:
        OSError: it cannot be opened.
    """
    with source.open("rb") as file:
        return file.seek(0, os.SEEK_END)
