"""Taking the files of a site into a back-up: from its data folder, and from wherever its recordings stand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from qa.backup.manifest import Entry
from qa.backup.objects import Holder, Pour
from qa.backup.seals import pour_for, still_good
from qa.errors import StoreUnavailable
from qa.store.shelf.shelves import Folder, Shelf
from qa.vault import Keyring
from qa.vault.sealing import HEADER

RECORDINGS = "recordings/"


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the site: its place, its bytes, its time in nanoseconds, and how it is opened."""

    place: str
    size: int
    changed: int
    open: Callable[[], BinaryIO]


def in_folder(place: str, file: Path) -> Found | None:
    """A file of this machine; ``None`` when it is gone."""
    try:
        facts = file.stat()
    except FileNotFoundError:
        return None
    return Found(place, facts.st_size, facts.st_mtime_ns, lambda: file.open("rb"))


def on_shelf(shelf: Shelf, media: Iterable[str]) -> Iterator[tuple[str, Found | None]]:
    """Recordings by their places, from a folder, or from a store far away, which is asked once for all."""
    if isinstance(shelf, Folder):
        for place in media:
            yield place, in_folder(RECORDINGS + place, shelf.root / place)
        return
    facts = {one.place: one for one in shelf.stored()}
    for place in media:
        one = facts.get(place)
        yield place, one and Found(RECORDINGS + place, one.size, one.changed, lambda at=place: shelf.open(at))  # type: ignore[misc]


@dataclass(slots=True)
class Work:
    """One back-up in the making; ``known`` are the files of the one before, ``fresh`` objects of this one."""

    objects: Holder
    keys: Keyring
    known: dict[str, Entry] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    added: int = 0

    def take(self, found: Found | None, pour: Pour | None = None) -> bool:
        """One file; one that has not changed since the last back-up is not read again. False: it is gone.

        Raises:
            StoreUnavailable: it is there and cannot be read.
            WriteFailed: there is no room.
        """
        if found is None:
            return False
        before = self._before(found, pour)
        if before is not None:
            self.entries.append(before)
            return True
        try:
            source = found.open()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StoreUnavailable(
                f"A file below {found.place.partition('/')[0]} cannot be read"
                f" ({error.strerror or type(error).__name__}); look at the disk or store that it lies on.",
                permanent=False,
            ) from error
        with source:
            pour = pour or pour_for(found.place, source.read(HEADER), self.keys)
            source.seek(0)
            kept = self.objects.keep(source, pour)
        self.added += kept.new
        self.fresh += [kept.object] if kept.new else []
        sealed = kept.object != kept.sha256
        self.entries.append(Entry(found.place, kept.size, kept.sha256, kept.object, found.changed, sealed))
        return True

    def _before(self, found: Found, pour: Pour | None) -> Entry | None:
        """What the last back-up holds of a file that is the same, as this one would hold it."""
        before = self.known.get(found.place)
        if before is None or (before.size, before.changed) != (found.size, found.changed):
            return None
        path = self.objects.holds(before.object, before.size)
        if path is None:
            return None
        if pour is not None:  # said by hand: as it is
            return None if before.sealed else before
        with path.open("rb") as stored:
            return before if still_good(before, stored.read(HEADER), self.keys) else None
