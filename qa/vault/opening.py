"""Reading a sealed file: any part of it, by opening the chunks alone that it lies in."""

import io
import os
from pathlib import Path
from typing import BinaryIO, Protocol

from qa.errors import Damaged, shown_name
from qa.vault.keys import Keyring
from qa.vault.sealing import CHUNK, HEADER, TAG, file_cipher, nonce, sealed_with

SEALED_CHUNK = CHUNK + TAG


class Buffer(Protocol):
    """Memory that bytes are read into."""

    def __len__(self) -> int:
        """Bytes."""

    def __setitem__(self, where: slice, what: bytes, /) -> None:
        """Fill a part."""


def open_sealed(file: Path | BinaryIO, keys: Keyring, name: str = "") -> BinaryIO:
    """A sealed file as it was before: seekable, read-only, never written out. Closing it closes ``file``.

    Args:
        file: its path, or the sealed bytes (seekable).
        keys: must hold the key that it is sealed with.
        name: as it was given to ``seal``.

    Raises:
        KeyMissing: the key of the file is not here.
        Damaged: the file is not as it was sealed: its header and last chunk are proved here, every other
            chunk when it is read.
        OSError: the file cannot be opened.
    """
    sealed = file.open("rb") if isinstance(file, Path) else file
    try:
        return io.BufferedReader(_Opened(sealed, keys, name), CHUNK)
    except BaseException:
        sealed.close()
        raise


class _Opened(io.RawIOBase):
    """The plain bytes of a sealed file; holds one open chunk."""

    def __init__(self, sealed: BinaryIO, keys: Keyring, name: str) -> None:
        super().__init__()
        self.name = str(getattr(sealed, "name", ""))
        self._sealed = sealed
        header = _read(sealed, 0, HEADER)
        self._cipher = file_cipher(keys.find(sealed_with(header)), header, name)
        body = sealed.seek(0, os.SEEK_END) - HEADER
        self._chunks = -(-body // SEALED_CHUNK)
        last = body - (self._chunks - 1) * SEALED_CHUNK
        if body < TAG or last < TAG or (last == TAG and self._chunks > 1):
            raise self._damaged()
        self._size = body - self._chunks * TAG
        self._at = 0
        self._open: tuple[int, bytes] = (-1, b"")
        self._chunk(self._chunks - 1)  # a file that was cut off or made longer is refused before it is used

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError(f"there is no place {base + offset} in a file")
        self._at = base + offset
        return self._at

    def readinto(self, into: Buffer, /) -> int:  # type: ignore[override]
        number, begin = divmod(self._at, CHUNK)
        if number >= self._chunks:
            return 0
        found = self._chunk(number)[begin : begin + len(into)]
        into[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._sealed.close()
            self._open = (-1, b"")
        super().close()

    def _chunk(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        if self._open[0] != number:
            sealed = _read(self._sealed, HEADER + number * SEALED_CHUNK, SEALED_CHUNK)
            try:
                plain = self._cipher.decrypt(nonce(number, last=number == self._chunks - 1), sealed, None)
            except (InvalidTag, ValueError) as error:
                raise self._damaged() from error
            self._open = (number, plain)
        return self._open[1]

    def _damaged(self) -> Damaged:
        return Damaged(
            f"The sealed file {shown_name(self.name)} was damaged, changed or put in the place of another; "
            "restore it from a copy."
        )


def _read(file: BinaryIO, begin: int, count: int) -> bytes:
    file.seek(begin)
    parts = bytearray()
    while len(parts) < count and (part := file.read(count - len(parts))):
        parts += part
    return bytes(parts)
