"""A back-up as one file: a tar archive of the objects and, at its end, the list that names them."""

import io
import os
import tarfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from qa.backup.folder import LIST
from qa.backup.making import Made, Plan, Wanted, gathered, note_made
from qa.backup.objects import FOLDER, Kept, Pour, Summed, unfinished
from qa.backup.restoring import check_backup
from qa.backup.seals import SEAL, sealed_text
from qa.backup.taking import Work
from qa.errors import BadBackup, InvalidSetting
from qa.settings import Settings
from qa.small_files import sync_folder
from qa.store.database import Database
from qa.store.locks import shared_lock
from qa.store.shelf.recordings import ingest_lock
from qa.vault import keyring


@dataclass(slots=True)
class Packed:
    """Objects that are put into an archive one after another; ``beside`` is where each waits for its sum."""

    tar: tarfile.TarFile
    beside: Path
    names: set[str] = field(default_factory=set)

    def holds(self, _name: str, _size: int) -> Path | None:
        """Nothing is there from the last time."""
        return None

    def keep(self, source: BinaryIO, pour: Pour) -> Kept:
        """Take a stream in; the same bytes twice are one object.

        Raises:
            WriteFailed: there is no room; nothing is left behind.
        """
        read = Summed(source)
        with unfinished(self.beside) as (part, out):
            written = Summed(out)
            pour(read, written)  # type: ignore[arg-type]
            out.flush()
            new = written.sha256 not in self.names
            if new:
                with part.open("rb") as packed:
                    self.add(f"{FOLDER}/{written.sha256[:2]}/{written.sha256}", packed, written.size)
                self.names.add(written.sha256)
            return Kept(read.size, read.sha256, written.sha256, written.size if new else 0)

    def add(self, name: str, data: BinaryIO, size: int) -> None:
        """One member, readable by its owner alone."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self.tar.addfile(member, data)


def pack(database: Database, settings: Settings, wanted: Wanted) -> Made:
    """Back the site up into one new file while everything runs, and read it back before it gets its name.

    Raises:
        InvalidSetting: the file is there already, lies in the data folder, or ``pg_dump`` is missing.
        StoreUnavailable: the database or a store of recordings cannot be read.
        WriteFailed: there is no room; nothing is left behind.
        BadBackup: the disk gives back something else than was written; nothing is left behind.
    """
    to = wanted.to.absolute()
    if to.exists():
        raise InvalidSetting(f"{to} is there already and is never overwritten; name another file.")
    if to.resolve().is_relative_to(settings.data_dir.resolve()):
        raise InvalidSetting(
            f"{to} lies in the data folder {settings.data_dir}, and would be lost with it;"
            " name a file elsewhere."
        )
    with ExitStack() as held:
        held.enter_context(shared_lock(ingest_lock(settings)))
        part, out = held.enter_context(unfinished(to.parent))
        at = datetime.now(UTC)
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            packed = Packed(tar, to.parent)
            work = Work(packed, keyring(settings))
            manifest = gathered(work, database, settings, Plan(to.parent, wanted.with_keys, at))
            name = LIST.format(at)
            if manifest.sealed:
                seal = sealed_text(manifest, work.keys, name)
                packed.add(name + SEAL, io.BytesIO(seal), len(seal))
            text = manifest.text().encode()
            packed.add(name, io.BytesIO(text), len(text))
        out.flush()
        os.fsync(out.fileno())
        if check_backup(part, work.keys)[1] != manifest:
            raise BadBackup(f"{to.name} does not read as it was written; look at the disk of {to.parent}.")
        part.replace(to)
        sync_folder(to.parent)
    note_made(database, manifest)
    return Made(to, manifest, work.added, 0)
