"""What sound and words are read from: a file on disk, or one that is kept sealed or far away."""

import os
from typing import BinaryIO, Literal, Protocol


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


def size_of(source: Source) -> int:
    """Bytes of a source.

    Raises:
        OSError: it cannot be opened.
    """
    with source.open("rb") as file:
        return file.seek(0, os.SEEK_END)
