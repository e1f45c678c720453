"""A back-up of a site that goes on working: first one picture of the database, then every file that it names.

Recordings are only ever added, so files that are read after the picture was taken hold all that it names.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from qa import __version__
from qa.backup.folder import Folder, Keeping, opened, superseded
from qa.backup.manifest import DATABASES, Entry, Manifest
from qa.backup.objects import Objects, Pour, plainly
from qa.backup.seals import pour_for, still_good
from qa.errors import StoreUnavailable, WriteFailed
from qa.settings import Settings
from qa.store import shelves
from qa.store.audit import Act, by_command, note
from qa.store.database import Database
from qa.store.locks import shared_lock
from qa.store.recordings import open_recordings
from qa.store.snapshot import Picture, copy_database
from qa.vault import KEY_FILE, Keyring, keyring

FILES = ("reports", "certificates")
UNFINISHED = ".part-"
WORKROOM = ".part-backup-"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where to, whether the site's keys go along in the clear, and how many older back-ups stay."""

    to: Path
    with_keys: bool = False
    keeping: Keeping | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A whole back-up. ``added``: bytes that the folder did not hold yet; ``freed``: those of old ones."""

    list: Path
    manifest: Manifest
    added: int
    freed: int


@dataclass(slots=True)
class _Work:
    """One back-up in the making; ``known`` are the files of the one before."""

    folder: Folder
    keys: Keyring
    known: dict[str, Entry]
    entries: list[Entry] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    added: int = 0

    def take(self, place: str, file: Path, pour: Pour | None = None) -> None:
        """One file; one that has not changed since the last back-up is not read again."""
        try:
            facts = file.stat()
            pour = pour or pour_for(place, file, self.keys)
            before = self._stored(place, facts, pour)
            if before is not None:
                self.entries.append(before)
                return
            source = file.open("rb")
        except FileNotFoundError:
            if place.startswith("recordings/"):
                self.missing.append(place.removeprefix("recordings/"))
            return
        with source:
            kept = self.objects.keep(source, pour)
        self.added += kept.new
        sealed = kept.object != kept.sha256
        self.entries.append(Entry(place, kept.size, kept.sha256, kept.object, facts.st_mtime_ns, sealed))

    def _stored(self, place: str, facts: os.stat_result, pour: Pour) -> Entry | None:
        """What the last back-up holds of a file that is the same, as this one would hold it."""
        before = self.known.get(place)
        if before is None or (before.size, before.changed) != (facts.st_size, facts.st_mtime_ns):
            return None
        path = self.objects.path(before.object)
        whole = path.is_file() and path.stat().st_size >= before.size
        return before if whole and still_good(before, pour, path, self.keys) else None

    @property
    def objects(self) -> Objects:
        """Where files go."""
        return self.folder.objects


def back_up(database: Database, settings: Settings, wanted: Wanted) -> Made:
    """Back the site up while everything runs. Until the last step nothing can be taken for a back-up.

    Raises:
        InvalidSetting: the folder cannot be used, or ``pg_dump`` is missing.
        StoreUnavailable: the database cannot be read.
        WriteFailed: there is no room; the back-ups that were there before stay whole.
    """
    with (
        opened(wanted.to, settings.data_dir) as folder,
        shared_lock(settings.data_dir / "locks" / "ingest.lock"),
    ):
        before = folder.newest()
        folder.sweep()
        known = {entry.path: entry for entry in before.files} if before else {}
        work = _Work(folder, keyring(settings), known)
        at = datetime.now(UTC)
        picture = _database(work, database, settings)
        _recordings(work, settings, picture.media)
        for place in _others(settings):
            work.take(place, settings.data_dir / place)
        told = _keys(work, settings, in_the_clear=wanted.with_keys)
        manifest = Manifest(
            made_at=f"{at:%Y-%m-%dT%H:%M:%SZ}",
            product=__version__,
            database=database.dialect,
            schema=picture.schema,
            counts=picture.counts,
            files=tuple(work.entries),
            missing=tuple(work.missing),
            keys=told,
            sealed=work.keys.current is not None,
            audit_head=picture.audit_head,
        )
        made = folder.add(manifest, at, work.keys)
        _note(database, manifest)
        return Made(made, manifest, work.added, _rotate(folder, wanted.keeping))


def _recordings(work: _Work, settings: Settings, media: Iterable[str]) -> None:
    """Those of a folder, as they stand there; a far store is backed up by its own means."""
    shelf = open_recordings(settings).shelf
    for place in sorted(media):
        if isinstance(shelf, shelves.Folder):
            work.take(f"recordings/{place}", shelf.root / place)
        else:
            work.missing.append(place)


def _note(database: Database, manifest: Manifest) -> None:
    entry = by_command(
        Act.BACKUP_MADE, "site", made_at=manifest.made_at, files=len(manifest.files), keys=manifest.keys
    )
    try:
        with database.write() as tx:
            note(tx, entry)
    except StoreUnavailable as error:  # a disk that went read-only is what back-ups are for
        log.warning("the back-up is whole but not in the audit log: %s", error.message)


def _database(work: _Work, database: Database, settings: Settings) -> Picture:
    room = _workroom(work.folder.root if work.keys.current is None else settings.data_dir)
    try:
        copy = room / DATABASES[database.dialect]
        picture = copy_database(database, settings.url, copy)
        work.take(copy.name, copy)
        return picture
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _workroom(root: Path) -> Path:
    """A folder for the copy of the database; where the back-up is sealed, one inside the house."""
    try:
        for left in root.glob(f"{WORKROOM}*"):
            shutil.rmtree(left, ignore_errors=True)
        return Path(tempfile.mkdtemp(prefix=WORKROOM, dir=root))
    except OSError as error:
        raise WriteFailed(
            f"The back-up cannot be written into {root} ({error.strerror}); free some space there, or choose"
            " another folder.",
            permanent=False,
        ) from error


def _keys(work: _Work, settings: Settings, *, in_the_clear: bool) -> str:
    """Keys go along in the clear when that was asked for, else sealed, without the one that seals."""
    if not in_the_clear and work.keys.current is None:
        return "none"
    for place in _files(settings, "keys"):
        if in_the_clear or not place.endswith(KEY_FILE):
            work.take(place, settings.data_dir / place, plainly if in_the_clear else None)
    return "clear" if in_the_clear else "sealed"


def _others(settings: Settings) -> Iterator[str]:
    """Places of the files that no row names."""
    for name in FILES:
        yield from _files(settings, name)


def _files(settings: Settings, *names: str) -> Iterator[str]:
    for name in names:
        for file in sorted((settings.data_dir / name).rglob("*")):
            if file.is_file() and not file.is_symlink() and not file.name.startswith(UNFINISHED):
                yield file.relative_to(settings.data_dir).as_posix()


def _rotate(folder: Folder, keeping: Keeping | None) -> int:
    if keeping is None:
        return 0
    for path in superseded(folder.lists(), keeping):
        folder.drop(path)
    return folder.sweep()
