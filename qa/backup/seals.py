"""Sealed back-ups: which files are sealed on their way in, how they are opened, and the seal of the list."""

import io
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from qa.backup.manifest import Entry, Manifest
from qa.backup.objects import Objects, Pour, plainly, unfinished
from qa.errors import BadBackup
from qa.vault import Keyring, is_sealed, open_sealed, seal, sealed_with

SEAL = ".sealed"
HEADER = 64
"""Bytes that hold the beginning of a sealed file."""


@dataclass(frozen=True, slots=True)
class Opener:
    """Gives the bytes of a file as they were in the site."""

    objects: Objects
    keys: Keyring

    def open(self, entry: Entry) -> BinaryIO:
        """The plain bytes of one file.

        Raises:
            KeyMissing: it is sealed with a key that is not here.
            Damaged: it was changed, or is another file of a sealed back-up.
        """
        path = self.objects.path(entry.object)
        return open_sealed(path, self.keys, entry.path) if entry.sealed else path.open("rb")


def pour_for(place: str, file: Path, keys: Keyring) -> Pour:
    """How a file goes in: sealed when the site has a key, as it is when it is sealed already."""
    if keys.current is None or is_sealed(_head(file)):
        return plainly
    return partial(seal, keys=keys, name=place)


def still_good(before: Entry, pour: Pour, stored: Path, keys: Keyring) -> bool:
    """True when the object of the last back-up is what this one would store: as plain, or under this key."""
    if pour is plainly or keys.current is None:
        return not before.sealed
    return before.sealed and sealed_with(_head(stored)) == keys.current.id


def seal_list(path: Path, manifest: Manifest, keys: Keyring) -> None:
    """Write the list a second time, sealed, so that nobody without the key can change the first.

    Raises:
        WriteFailed: there is no room.
    """
    with unfinished(path.parent) as (part, out):
        seal(io.BytesIO(manifest.text().encode()), out, keys, path.name)
        out.flush()
        part.replace(twin(path))


def check_seal(path: Path, manifest: Manifest, keys: Keyring) -> None:
    """Compare the list with its seal.

    Raises:
        KeyMissing: it is sealed with a key that is not here.
        BadBackup: it was changed, or its seal is gone.
    """
    try:
        with open_sealed(twin(path), keys, path.name) as sealed:
            same = sealed.read() == manifest.text().encode()
    except OSError as error:
        raise BadBackup(f"{path.name} has no seal ({error.strerror}); use another back-up.") from error
    if not same:
        raise BadBackup(f"{path.name} was changed after it was sealed; use another back-up.")


def twin(path: Path) -> Path:
    """Where the seal of a list lies."""
    return path.with_name(path.name + SEAL)


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(HEADER)
