"""Master keys: 32 random bytes each, as base64, told apart by a fingerprint that gives nothing away."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field

from qa.errors import InvalidSetting, KeyMissing

LENGTH, ID_LENGTH = 32, 8
LABEL = b"shenava vault key id 1\x00"


@dataclass(frozen=True, slots=True)
class Key:
    """One master key; ``id`` stands in the header of every file that it seals."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """Eight bytes of a hash of the key."""
        return hashlib.sha256(LABEL + self.secret).digest()[:ID_LENGTH]

    @property
    def name(self) -> str:
        """The fingerprint as people read it: sixteen hexadecimal digits."""
        return self.id.hex()

    @property
    def text(self) -> str:
        """The secret as it stands in a key file."""
        return base64.b64encode(self.secret).decode()


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key that new files are sealed with, and older ones that still open files. May be empty."""

    keys: tuple[Key, ...] = ()

    @property
    def current(self) -> Key | None:
        """The key of new files; ``None``: files are kept as they are."""
        return self.keys[0] if self.keys else None

    @property
    def older(self) -> tuple[Key, ...]:
        """Keys that a rotation has not dropped yet."""
        return self.keys[1:]

    def find(self, key_id: bytes) -> Key:
        """The key of a file's header.

        Raises:
            KeyMissing: it is not here.
        """
        for key in self.keys:
            if key.id == key_id:
                return key
        raise KeyMissing(
            f"The key {key_id.hex()} that this file is sealed with is not here; put it into QA_VAULT_KEY, "
            "QA_VAULT_KEY_FILE or keys/vault.key from where it is kept."
        )


def fresh_key() -> Key:
    """A new key."""
    return Key(secrets.token_bytes(LENGTH))


def parse(text: str, place: str) -> Keyring:
    """Keys as base64, the current one first, between them commas or white space.

    Raises:
        InvalidSetting: one of them is no key; never quotes it.
    """
    return Keyring(tuple(_key(word, place) for word in text.replace(",", " ").split()))


def _key(word: str, place: str) -> Key:
    try:
        secret = base64.b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != LENGTH:
        raise InvalidSetting(
            f"{place} holds something that is no key of {LENGTH} bytes in base64; "
            "put in what `python -m qa vault key` prints."
        )
    return Key(secret)
