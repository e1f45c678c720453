"""Files that only pass through, such as uploads: sealed under a key that one process has in memory.

A process that dies takes it along, so what it left behind on the disk can be read by nobody.
"""

import os
import shutil
from functools import cache
from pathlib import Path, PosixPath
from typing import Any, BinaryIO

from qa.vault.keys import Keyring, fresh_key
from qa.vault.opening import open_sealed
from qa.vault.sealing import Sealer

BLOCK = 1 << 20


class Passing(PosixPath):
    """The place of such a file; opened as bytes it gives what was written, whatever it is named now."""

    __slots__ = ()

    def open(self, mode: str = "r", *rest: Any, **named: Any) -> Any:
        """The plain bytes for ``rb``; every other way it is the sealed file.

        Raises:
            Damaged: it was changed since it was written.
            KeyMissing: another process wrote it.
        """
        if mode != "rb":
            return super().open(mode, *rest, **named)
        return open_sealed(super().open("rb"), _ring())

    def size(self) -> int:
        """Bytes before it was sealed."""
        with self.open("rb") as file:
            return int(file.seek(0, os.SEEK_END))


def pass_in(path: Path, data: BinaryIO) -> Passing:
    """Write a new file, sealed.

    Raises:
        OSError: it cannot be written, or is there already.
    """
    with path.open("xb") as out, Sealer(out, _ring()) as sealer:
        shutil.copyfileobj(data, sealer, BLOCK)
    return Passing(path)


@cache
def _ring() -> Keyring:
    return Keyring((fresh_key(),))
