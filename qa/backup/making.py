"""A back-up of a site that goes on working: first one picture of the database, then every file that it names.

Recordings are only ever added, so files that are read after the picture was taken hold all that it names.
"""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qa import __version__
from qa.backup.folder import Folder, Keeping, opened, superseded
from qa.backup.manifest import DATABASES, Manifest, read_manifest
from qa.backup.objects import check_object, plainly
from qa.backup.taking import Work, in_folder, on_shelf
from qa.errors import BadBackup, QAError, StoreUnavailable, WriteFailed
from qa.settings import Settings
from qa.store.audit import Act, by_command, note
from qa.store.audit.sealing import seal
from qa.store.database import Database
from qa.store.engine.snapshot import Picture, copy_database
from qa.store.locks import shared_lock
from qa.store.shelf.recordings import ingest_lock, open_recordings
from qa.vault import KEY_FILE, keyring

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


def back_up(database: Database, settings: Settings, wanted: Wanted) -> Made:
    """Back the site up while everything runs. Until the last step nothing can be taken for a back-up.

    Raises:
        InvalidSetting: the folder cannot be used, or ``pg_dump`` is missing.
        StoreUnavailable: the database cannot be read.
        WriteFailed: there is no room; the back-ups that were there before stay whole.
        BadBackup: the disk gives back something else than was written; older back-ups stay, all of them.
    """
    with opened(wanted.to, settings.data_dir) as folder, shared_lock(ingest_lock(settings)):
        before = folder.newest()
        folder.sweep()
        known = {entry.path: entry for entry in before.files} if before else {}
        work = Work(folder.objects, keyring(settings), known)
        at = folder.moment(datetime.now(UTC))
        manifest = gathered(work, database, settings, Plan(folder.root, wanted.with_keys, at))
        for name in work.fresh:
            check_object(folder.objects, name)
        made = folder.add(manifest, at, work.keys)
        if read_manifest(made) != manifest:
            folder.drop(made)
            raise BadBackup(f"{made.name} does not read as it was written; look at the disk of {wanted.to}.")
        note_made(database, manifest)
        return Made(made, manifest, work.added, _rotate(folder, wanted.keeping))


@dataclass(frozen=True, slots=True)
class Plan:
    """``room``: where a plain copy of the database may lie when nothing is sealed; ``at``: the moment."""

    room: Path
    with_keys: bool
    at: datetime


def gathered(work: Work, database: Database, settings: Settings, plan: Plan) -> Manifest:
    """Take everything in; gives the list of it.

    Raises:
        InvalidSetting: ``pg_dump`` is missing.
        StoreUnavailable: the database or a store of recordings cannot be read.
        WriteFailed: there is no room.
    """
    _seal(database, settings)
    picture = _database(work, database, settings, plan.room)
    for place, found in on_shelf(open_recordings(settings).shelf, sorted(picture.media)):
        if not work.take(found):
            work.missing.append(place)
    for place in _others(settings):
        work.take(in_folder(place, settings.data_dir / place))
    told = _keys(work, settings, in_the_clear=plan.with_keys)
    return Manifest(
        made_at=f"{plan.at:%Y-%m-%dT%H:%M:%SZ}",
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


def _seal(database: Database, settings: Settings) -> None:
    """So that no entry of the back-up's log is unsealed."""
    try:
        seal(database, settings.keys_dir, settings.data_dir, settings.audit_heads)
    except QAError as error:  # a disk that went read-only is what back-ups are for
        log.warning("the audit log was not sealed: %s", error.message)


def note_made(database: Database, manifest: Manifest) -> None:
    """Write into the audit log that a back-up was made."""
    entry = by_command(
        Act.BACKUP_MADE, "site", made_at=manifest.made_at, files=len(manifest.files), keys=manifest.keys
    )
    try:
        with database.write() as tx:
            note(tx, entry)
    except StoreUnavailable as error:  # a disk that went read-only is what back-ups are for
        log.warning("the back-up is whole but not in the audit log: %s", error.message)


def _database(work: Work, database: Database, settings: Settings, room: Path) -> Picture:
    room = _workroom(room if work.keys.current is None else settings.data_dir)
    try:
        copy = room / DATABASES[database.dialect]
        picture = copy_database(database, settings.url, copy)
        work.take(in_folder(copy.name, copy))
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


def _keys(work: Work, settings: Settings, *, in_the_clear: bool) -> str:
    """Keys go along in the clear when that was asked for, else sealed, without the one that seals."""
    if not in_the_clear and work.keys.current is None:
        return "none"
    for place in _files(settings, "keys"):
        if in_the_clear or not place.endswith(KEY_FILE):
            work.take(in_folder(place, settings.data_dir / place), plainly if in_the_clear else None)
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
