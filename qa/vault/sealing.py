"""The format of a sealed file, and how one is written.

Header of 49 bytes: magic (8), version (1), id of the master key (8), salt (32). Behind it chunks of 64
KiB of plain text, each sealed by AES-256-GCM (16 bytes more); the last one is shorter or as long, and an
empty file has one empty chunk. The key of a file is HKDF-SHA256 of the master key, with the header's
salt, and as info the whole header and the name that the file was sealed under: a flipped bit in the
header, a file put in the place of another, or a chunk of another file opens with no key. The nonce is the
number of the chunk (11 bytes, big endian) and 1 for the last chunk, else 0: the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár (CRYPTO 2015), under which chunks that are swapped, doubled, left
out or cut off at the end are found.
"""

import os
from typing import TYPE_CHECKING, BinaryIO

from qa.errors import Damaged, KeyMissing
from qa.vault.keys import ID_LENGTH, Key, Keyring

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"\x89SHENAVA"
VERSION = 1
SALT = 32
HEADER = len(MAGIC) + 1 + ID_LENGTH + SALT
CHUNK, TAG = 1 << 16, 16
INFO = b"shenava vault file 1\x00"


def is_sealed(first_bytes: bytes) -> bool:
    """True when a file that begins so is a sealed one; eight bytes are enough."""
    return first_bytes.startswith(MAGIC)


def sealed_with(header: bytes) -> bytes:
    """The id of the key that a file of this header is sealed with.

    Raises:
        Damaged: it is no header of a version that is known here.
    """
    if len(header) < HEADER or not is_sealed(header):
        raise Damaged("A file is no sealed one, or its beginning is damaged; restore it from a copy.")
    if header[len(MAGIC)] != VERSION:
        raise Damaged(
            f"A file is sealed in version {header[len(MAGIC)]} and version {VERSION} is known here; "
            "update Shenava."
        )
    return header[len(MAGIC) + 1 : len(MAGIC) + 1 + ID_LENGTH]


def seal(source: BinaryIO, target: BinaryIO, keys: Keyring, name: str = "") -> None:
    """Write everything that is left in ``source``, sealed, into ``target``; memory does not grow with it.

    Args:
        source: what to seal.
        target: where to; written from its place on, never read or rewound.
        keys: sealed with the current one.
        name: what the file can be opened under alone, such as its place; kept nowhere.

    Raises:
        KeyMissing: there is no current key.
    """
    with Sealer(target, keys, name) as sealer:
        while block := source.read(CHUNK):
            sealer.write(block)


class Sealer:
    """Takes bytes and writes them sealed; finished by ``close``, or by a block that ends well."""

    def __init__(self, target: BinaryIO, keys: Keyring, name: str = "") -> None:
        if keys.current is None:
            raise KeyMissing("There is no key to seal with; make one with `python -m qa vault enable`.")
        header = MAGIC + bytes((VERSION,)) + keys.current.id + os.urandom(SALT)
        self._cipher = file_cipher(keys.current, header, name)
        self._target = target
        self._rest = bytearray()
        self._number = 0
        target.write(header)

    def write(self, data: bytes) -> int:
        """Take bytes; gives how many, which is all."""
        self._rest += data
        while len(self._rest) > CHUNK:  # a full one is kept back: it may be the last
            self._put(bytes(self._rest[:CHUNK]), last=False)
            del self._rest[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the last chunk; the target stays open."""
        self._put(bytes(self._rest), last=True)

    def __enter__(self) -> "Sealer":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            self.close()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(nonce(self._number, last=last), chunk, None))
        self._number += 1


def file_cipher(key: Key, header: bytes, name: str) -> "AESGCM":
    """The cipher of one file."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = INFO + header + name.encode("utf-8", "surrogateescape")
    return AESGCM(HKDF(SHA256(), 32, header[-SALT:], info).derive(key.secret))


def nonce(number: int, *, last: bool) -> bytes:
    """The nonce of a chunk."""
    return number.to_bytes(11, "big") + bytes((last,))
