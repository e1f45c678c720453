"""The way back: checked, put together beside the place, checked again, then moved there in one step."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.backup.manifest import Entry, Manifest, parse_manifest
from qa.backup.objects import Summed, check_object, plainly
from qa.backup.seals import Opener, check_seal
from qa.backup.sources import Source, opened_source
from qa.errors import BadBackup, InvalidSetting, QAError, WriteFailed
from qa.small_files import sync_folder
from qa.store.audit import Act, by_command
from qa.store.engine import pg_programs
from qa.store.engine.snapshot import (
    Picture,
    begin_again,
    empty_server,
    is_empty_server,
    is_known,
    look_at,
    look_at_server,
)
from qa.vault import Keyring

NO_KEYS = Keyring()


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place. ``into`` is the data folder, ``sessions`` how many people were signed out."""

    list: Path
    manifest: Manifest
    into: Path
    sessions: int

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.manifest.files)


def check_backup(place: Path, keys: Keyring = NO_KEYS) -> tuple[Path, Manifest]:
    """Read every file of a back-up and compare it with its list; nothing is written.

    Raises:
        BadBackup: a file is missing or was changed, the list is damaged, or its schema is too new.
    """
    with opened_source(place) as source:
        return source.path, _checked(source, keys)


def _checked(source: Source, keys: Keyring) -> Manifest:
    manifest = parse_manifest(source.text, source.name)
    if not is_known(manifest.schema):
        raise BadBackup(
            f"{source.name} was made by a newer version (schema {manifest.schema}, Shenava"
            f" {manifest.product}); install that version or restore an older back-up."
        )
    if manifest.sealed:
        check_seal(source.open_seal(), source.name, manifest, keys)
    for name in dict.fromkeys(entry.object for entry in manifest.files):
        check_object(source.objects, name)
    return manifest


def restore(place: Path, into: Path, url: str | None = None, keys: Keyring = NO_KEYS) -> Restored:
    """Put a back-up into a data folder that is not there yet or is empty.

    Args:
        place: the folder of back-ups (its newest is taken), the list of one, or an archive.
        into: the data folder; never one that holds anything.
        url: the empty PostgreSQL database, for a back-up of PostgreSQL.
        keys: those that a sealed back-up opens with.

    Raises:
        BadBackup: the back-up is not what its list says; nothing was restored.
        KeyMissing: the back-up is sealed with a key that is not here.
        InvalidSetting: the folder or the database holds something, or PostgreSQL is not named.
        WriteFailed: there is no room; nothing was restored.
    """
    _refuse_live(into)
    with opened_source(place) as source:
        manifest = _checked(source, keys)
        server = _server(manifest, url)
        room = _beside(into)
        try:
            _put_together(manifest, Opener(source.objects, keys), room)
            sessions = _database(manifest, room, server)
            _move(room, into)
        except BaseException as error:
            shutil.rmtree(room, ignore_errors=True)
            if isinstance(error, OSError):
                raise _no_room(into, error) from error
            raise
        return Restored(source.path, manifest, into, sessions)


def _refuse_live(into: Path) -> None:
    if into.is_file() or (into.is_dir() and (found := next(iter(sorted(into.iterdir())), None))):
        raise InvalidSetting(
            f"{into} holds {'a file' if into.is_file() else found.name!r} and is never overwritten;"  # type: ignore[union-attr]
            " name another folder with --into, or move it away first."
        )


def _server(manifest: Manifest, url: str | None) -> str | None:
    if manifest.database == "sqlite":
        return None
    if url is None or url.startswith("sqlite"):
        raise InvalidSetting("The back-up is one of PostgreSQL; name an empty database with QA_DATABASE_URL.")
    if not is_empty_server(url):
        raise InvalidSetting(
            "The database of QA_DATABASE_URL holds tables and is never overwritten; make an empty one with"
            " `createdb`."
        )
    return url


def _beside(into: Path) -> Path:
    try:
        into.absolute().parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{into.name}.restoring-", dir=into.absolute().parent))
    except OSError as error:
        raise _no_room(into, error) from error


def _put_together(manifest: Manifest, opener: Opener, room: Path) -> None:
    for entry in manifest.files:
        target = room / entry.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.parent.name == "keys":
            target.parent.chmod(0o700)
        _copy(entry, opener, target)


def _copy(entry: Entry, opener: Opener, target: Path) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, opener.open(entry) as source:
        read = Summed(source)
        plainly(read, out)  # type: ignore[arg-type]
        out.flush()
        os.fsync(out.fileno())
    if (read.size, read.sha256) != (entry.size, entry.sha256):
        raise BadBackup(f"The file {entry.path} is not what its list says; use another back-up.")
    os.utime(target, ns=(entry.changed, entry.changed))


def _database(manifest: Manifest, room: Path, server: str | None) -> int:
    """Check the database in place against the list; a server is emptied again when it differs."""
    file = room / manifest.database_file
    told = by_command(Act.RESTORED, "site", made_at=manifest.made_at, audit_head=manifest.audit_head)
    if server is None:
        _compare(manifest, look_at(file))
        return begin_again(f"sqlite:///{file}", told)
    try:
        pg_programs.load(server, file)
        _compare(manifest, look_at_server(server))
        file.unlink()
        return begin_again(server, told)
    except QAError:
        empty_server(server)
        raise


def _compare(manifest: Manifest, found: Picture) -> None:
    if found.schema != manifest.schema:
        raise BadBackup(
            f"The database has schema {found.schema}, its list says {manifest.schema}; use another one."
        )
    different = _difference(manifest.counts, found.counts)
    if different is not None:
        was, told = found.counts.get(different, 0), manifest.counts.get(different, 0)
        raise BadBackup(f"The table {different} has {was} rows, its list says {told}; use another back-up.")
    there = {entry.path for entry in manifest.files} | {f"recordings/{name}" for name in manifest.missing}
    lacking = sorted(name for name in found.media if f"recordings/{name}" not in there)
    if lacking:
        raise BadBackup(
            f"{len(lacking)} recordings of the rows are not in the back-up (the first is {lacking[0]});"
            " use another back-up."
        )


def _difference(told: Mapping[str, int], found: Mapping[str, int]) -> str | None:
    names = sorted({*told, *found})
    return next((name for name in names if told.get(name) != found.get(name)), None)


def _move(room: Path, into: Path) -> None:
    """All at once: a folder of the same file system takes its name."""
    for folder in sorted({file.parent for file in room.rglob("*")} | {room}):
        sync_folder(folder)
    room.chmod(0o750)
    room.replace(into.absolute())
    sync_folder(into.absolute().parent)


def _no_room(into: Path, error: OSError) -> WriteFailed:
    return WriteFailed(
        f"{into} cannot be written ({error.strerror}); free some space or name another folder.",
        permanent=False,
    )
