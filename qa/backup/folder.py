"""A back-up folder: the lists in it, the objects that they name, and who works in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qa.backup.manifest import Manifest, read_manifest
from qa.backup.objects import FOLDER, Objects, unfinished
from qa.backup.seals import seal_list, twin
from qa.errors import BadBackup, InvalidSetting
from qa.small_files import sync_folder
from qa.store.locks import sole_lock
from qa.vault import Keyring

LIST = "backup-{:%Y%m%dT%H%M%S%fZ}.json"
PATTERN = "backup-*.json"
LIST_NAME = re.compile(r"backup-\d{8}T\d{12}Z\.json")
STEP = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder with as many back-ups as it has lists. A back-up is there when its list is there."""

    root: Path

    @property
    def objects(self) -> Objects:
        """What the lists name."""
        return Objects(self.root)

    def lists(self) -> tuple[Path, ...]:
        """Every list, the oldest first."""
        return tuple(sorted(self.root.glob(PATTERN)))

    def newest(self) -> Manifest | None:
        """The list of the last back-up, ``None`` when there is none or it is damaged."""
        for path in reversed(self.lists()):
            try:
                return read_manifest(path)
            except BadBackup:
                continue
        return None

    def moment(self, now: datetime) -> datetime:
        """When the next back-up was made: ``now``, but always after those that are here, because names tell
        which is the newest, also when the clock was ahead and went back.
        """
        lists = self.lists()
        return max(now, moment_of(lists[-1]) + STEP) if lists else now

    def add(self, manifest: Manifest, at: datetime, keys: Keyring) -> Path:
        """Write the list of a back-up whose objects are all there: from now on it is one."""
        target = self.root / LIST.format(at.astimezone(UTC))
        if manifest.sealed:
            seal_list(target, manifest, keys)
        with unfinished(self.root / FOLDER) as (part, out):
            out.write(manifest.text().encode())
            out.flush()
            part.replace(target)
        sync_folder(self.root)
        return target

    def drop(self, path: Path) -> None:
        """Take a back-up away; its objects go with the next sweep."""
        path.unlink()
        twin(path).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Delete objects that no list names. Nothing is deleted while a list cannot be read."""
        wanted: set[str] = set()
        for path in self.lists():
            try:
                wanted |= {entry.object for entry in read_manifest(path).files}
            except BadBackup:
                return 0
        return self.objects.sweep(wanted)


@contextmanager
def opened(root: Path, site: Path) -> Iterator[Folder]:
    """A folder to back up into, for one process at a time.

    Raises:
        InvalidSetting: it lies in the site's data folder, holds other things, or another process backs up.
    """
    if root.resolve().is_relative_to(site.resolve()):
        raise InvalidSetting(
            f"{root} lies in the data folder {site}, and would be lost with it; name a folder elsewhere."
        )
    folder = Folder(root)
    if root.is_file() or (root.is_dir() and any(root.iterdir()) and not (root / FOLDER).is_dir()):
        raise InvalidSetting(f"{root} is no back-up folder and holds other things; name an empty or new one.")
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        (root / FOLDER).mkdir(exist_ok=True)
        lock = sole_lock(root / ".lock")
    except OSError as error:
        raise InvalidSetting(
            f"{root} cannot be made ({error.strerror}); name a folder that can be written."
        ) from error
    with lock as alone:
        if not alone:
            raise InvalidSetting(f"Another process backs up into {root}; wait for it.")
        yield folder


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many back-ups stay: the newest of each of the last ``days`` days and ``weeks`` weeks."""

    days: int = 7
    weeks: int = 4


def superseded(lists: tuple[Path, ...], keeping: Keeping) -> tuple[Path, ...]:
    """The lists that rotation takes away; the newest back-up always stays."""
    stay: set[Path] = set(lists[-1:])
    for count, unit in ((keeping.days, timedelta(days=1)), (keeping.weeks, timedelta(weeks=1))):
        newest = {int((moment_of(path) - datetime(2000, 1, 1, tzinfo=UTC)) / unit): path for path in lists}
        stay |= {newest[period] for period in sorted(newest, reverse=True)[:count]}
    return tuple(path for path in lists if path not in stay)


def moment_of(path: Path) -> datetime:
    """When a back-up was made, to the second, by the name of its list."""
    digits = path.stem.removeprefix("backup-")[:15]
    return datetime.strptime(digits, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
