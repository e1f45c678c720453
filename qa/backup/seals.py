"""Sealed back-ups: which files are sealed on their way in, how they are opened, and the seal of the list."""

import io
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from qa.backup.manifest import Entry, Manifest
from qa.backup.objects import Held, Pour, plainly, unfinished
from qa.errors import BadBackup
from qa.vault import Keyring, is_sealed, open_sealed, seal, sealed_with

SEAL = ".sealed"


@dataclass(frozen=True, slots=True)
class Opener:
    """Gives the bytes of a file as they were in the site."""

    objects: Held
    keys: Keyring

    def open(self, entry: Entry) -> BinaryIO:
        """The plain bytes of one file.

        Raises:
            KeyMissing: it is sealed with a key that is not here.
            Damaged: it was changed, or is another file of a sealed back-up.
        """
        stored = self.objects.open(entry.object)
        return open_sealed(stored, self.keys, entry.path) if entry.sealed else stored


def pour_for(place: str, head: bytes, keys: Keyring) -> Pour:
    """How a file that begins so goes in: sealed when there is a key, as it is when it was sealed before."""
    if keys.current is None or is_sealed(head):
        return plainly
    return partial(seal, keys=keys, name=place)


def still_good(before: Entry, head: bytes, keys: Keyring) -> bool:
    """True when an object of the last back-up that begins so is what this one would store for the same file:
    sealed with the key of today, or as it is because the site has no key or sealed the file itself.
    """
    if before.sealed:
        return keys.current is not None and sealed_with(head) == keys.current.id
    return keys.current is None or is_sealed(head)


def seal_list(path: Path, manifest: Manifest, keys: Keyring) -> None:
    """Write the list a second time, sealed, so that nobody without the key can change the first.

    Raises:
        WriteFailed: there is no room.
    """
    with unfinished(path.parent) as (part, out):
        out.write(sealed_text(manifest, keys, path.name))
        out.flush()
        part.replace(twin(path))


def sealed_text(manifest: Manifest, keys: Keyring, name: str) -> bytes:
    """A list of this name, sealed."""
    out = io.BytesIO()
    seal(io.BytesIO(manifest.text().encode()), out, keys, name)
    return out.getvalue()


def check_seal(sealed: BinaryIO, name: str, manifest: Manifest, keys: Keyring) -> None:
    """Compare a list with its seal.

    Raises:
        KeyMissing: it is sealed with a key that is not here.
        Damaged: the seal is another file's.
        BadBackup: the list was changed.
    """
    with open_sealed(sealed, keys, name) as file:
        same = file.read() == manifest.text().encode()
    if not same:
        raise BadBackup(f"{name} was changed after it was sealed; use another back-up.")


def twin(path: Path) -> Path:
    """Where the seal of a list lies."""
    return path.with_name(path.name + SEAL)
