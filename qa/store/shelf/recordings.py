"""The recordings of a site: one file for each content, sealed where there is a key, with its copies.

Every reading and writing of a recording goes through here, wherever the files stand.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, Protocol

from qa.errors import NotFound, StoreUnavailable
from qa.records import Seconds
from qa.settings import Settings
from qa.store.locks import shared_lock
from qa.store.shelf.shelves import Shelf, shelf_at
from qa.store.shelf.writing import UNFINISHED, readable
from qa.vault import Keyring, ensure_key, is_sealed, keyring, open_sealed
from qa.vault.sealing import HEADER, Sealer

COPY = ".heard.wav"
"""Ending of a copy that browsers play; before it stand the whole name of the recording and a mark."""


DAY: Seconds = 86_400.0


class Out(Protocol):
    """What bytes are written into."""

    def write(self, data: bytes, /) -> int:
        """Take them."""


Write = Callable[[Out], None]


@dataclass(frozen=True, slots=True)
class Recordings:
    """Recordings as ``ab/abcd….wav``, named by SHA-256, in a folder or behind an fsspec URL.

    ``ring`` gives the keys of the moment; new files stay as they are when it is empty or ``seal`` is False.
    ``lock`` is held, shared, while a file is written, so that a new key comes between two writings. Files of
    the endings ``plain`` are never sealed.
    """

    root: Path | str
    ring: Callable[[], Keyring] = Keyring
    lock: Path | None = None
    seal: bool = True
    plain: tuple[str, ...] = ()

    @property
    def shelf(self) -> Shelf:
        """Where they stand."""
        return shelf_at(self.root)

    def keep(self, source: Path, sha256: str) -> str:
        """Copy a file in, durably; gives its place. The same content twice is one file.

        Raises:
            BadRecording: the source cannot be read.
            WriteFailed: it cannot be written or the disk is full; nothing is left behind.
        """
        place = place_of(source, sha256)
        if not self.shelf.has(place):
            with readable(source) as data:
                self.put(place, lambda out: shutil.copyfileobj(data, out, 1 << 20))
        return place

    def put(self, place: str, write: Write) -> None:
        """Write a file to its place, sealed, whole or not at all.

        Raises:
            WriteFailed: it cannot be written; what was there before is still there.
        """
        with self._writing(place) as out:
            write(out)

    def file(self, media: str) -> "Kept":
        """The file of a place that ``keep`` gave.

        Raises:
            NotFound: the place is outside, or the file is gone.
        """
        if not self.shelf.has(media):
            raise _gone(Path(media).name)
        return Kept(self, media)

    def copy(self, media: str, mark: str, write: Write) -> "Kept":
        """A copy beside the recording; ``write`` makes it when there is none of this mark, and copies of
        other marks go.

        Raises:
            WriteFailed: it cannot be written; nothing is left behind.
        """
        place = f"{media}.{mark}{COPY}"
        if not self.shelf.has(place):
            self.put(place, write)
            self.remove_copies(media, but=place)
        return Kept(self, place)

    def remove(self, media: str) -> None:
        """Delete a file and the copies made of it; one that is gone is fine."""
        self.shelf.remove(media)
        self.remove_copies(media)

    def remove_copies(self, media: str, but: str | None = None) -> None:
        """Delete the copies of a recording, but one."""
        for place in tuple(self.shelf.beside(media)):
            if place.endswith(COPY) and place != but:
                self.shelf.remove(place)

    def orphans(self, known: frozenset[str]) -> tuple[str, ...]:
        """Files that no call owns, and copies that were never finished. Of a store that other machines write
        to as well, those of the last day may still get their row and are left out.
        """
        found = (place for place in self.shelf.places() if owner_of(place) not in known)
        if isinstance(self.root, Path):
            return tuple(sorted(found))
        before = time.time() - DAY
        return tuple(sorted(place for place in found if self.shelf.changed(place) < before))

    def whole(self) -> Iterator[str]:
        """All files but those whose writing a process died over."""
        for place in self.shelf.places():
            if not PurePosixPath(place).name.startswith(UNFINISHED) and not place.endswith(self.plain):
                yield place

    def missing(self, known: frozenset[str]) -> tuple[str, ...]:
        """Places that a call owns and that hold no file."""
        return tuple(sorted(known - set(self.shelf.places())))

    @contextmanager
    def _writing(self, place: str) -> Iterator[Out]:
        with ExitStack() as held:
            if self.lock is not None:
                held.enter_context(shared_lock(self.lock))
            keys = self.ring() if self.seal else Keyring()
            out = held.enter_context(self.shelf.writing(place))
            yield out if keys.current is None else held.enter_context(Sealer(out, keys, place))


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the recordings; it reads as before it was sealed, without being written out anywhere."""

    recordings: Recordings
    place: str

    @property
    def name(self) -> str:
        """The name without folders."""
        return PurePosixPath(self.place).name

    @property
    def suffix(self) -> str:
        """Its ending with the dot."""
        return PurePosixPath(self.place).suffix

    def open(self, _mode: Literal["rb"] = "rb", /) -> BinaryIO:
        """The bytes, seekable.

        Raises:
            NotFound: the file is gone.
            KeyMissing, Damaged: it is sealed and cannot be opened.
            StoreUnavailable: the store does not answer.
        """
        try:
            file = self.recordings.shelf.open(self.place)
            sealed = is_sealed(file.read(HEADER))
            file.seek(0)
        except FileNotFoundError as error:
            raise _gone(self.name) from error
        except OSError as error:
            raise StoreUnavailable(
                f"The recording {self.name} cannot be read ({error.strerror or type(error).__name__}); "
                "look at the folder or store of the recordings.",
                permanent=False,
            ) from error
        return open_sealed(file, self.recordings.ring(), self.place) if sealed else file

    def size(self) -> int:
        """Bytes before it was sealed."""
        with self.open() as file:
            return file.seek(0, os.SEEK_END)


def _gone(name: str) -> NotFound:
    return NotFound(f"The recording {name} is not in the recordings folder; restore it.")


def open_recordings(settings: Settings) -> Recordings:
    """The recordings of a site."""
    root = settings.recordings_url or settings.recordings_dir
    return Recordings(root, partial(keyring, settings), vault_lock(settings), settings.seal)


def recordings_to_fill(settings: Settings) -> Recordings:
    """The recordings of a site that is about to take some in: a new site gets its key first.

    One that has recordings and no key stays as it is until somebody says ``vault enable``.

    Raises:
        WriteFailed: the key file cannot be written.
        InvalidSetting: what is there is no key.
    """
    found = open_recordings(settings)
    if settings.seal and keyring(settings).current is None and next(found.shelf.places(), None) is None:
        ensure_key(settings)
    return found


def vault_lock(settings: Settings) -> Path:
    """Held alone while a new key is put in front, so that no writing with the older one is under way."""
    return settings.data_dir / "locks" / "vault.lock"


def ingest_lock(settings: Settings) -> Path:
    """Held, shared, while files stand here before a call points to them; who cleans up holds it alone."""
    return settings.data_dir / "locks" / "ingest.lock"


def place_of(source: Path, sha256: str) -> str:
    """Where ``keep`` puts a file."""
    return f"{sha256[:2]}/{sha256}{source.suffix.lower()}"


def owner_of(place: str) -> str:
    """The recording that a copy was made of; of everything else its own place."""
    return place.removesuffix(COPY).rpartition(".")[0] if place.endswith(COPY) else place
