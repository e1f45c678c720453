"""Kinds of things that have a retention rule and lie in files of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qa.settings import Settings
from qa.store.erasing.aging import Holding
from qa.store.erasing.scrub import copies
from qa.store.shelf.quarantine import DONE, REFUSED
from qa.store.shelf.recordings import COPY


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind: its files, which count from the moment they were written; ``moved``: from when they were put
    where they are, for what came from elsewhere may be old.
    """

    name: str
    files: Callable[[Settings], tuple[Path, ...]]
    moved: bool = False

    def look(self, settings: Settings, before: datetime | None) -> Holding:
        """How many there are, and how many are over their time."""
        found = [(path.stat(), path) for path in self.files(settings)]
        times = [datetime.fromtimestamp(self._since(path), UTC) for _, path in found]
        due = sum(at < before for at in times) if before is not None else 0
        return Holding(len(found), sum(stat.st_size for stat, _ in found), min(times, default=None), due)

    def take(self, settings: Settings, before: datetime) -> int:
        """Delete those that are over their time; gives how many."""
        old = [path for path in self.files(settings) if self._since(path) < before.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _since(self, path: Path) -> float:
        stat = path.stat()
        return max(stat.st_mtime, stat.st_ctime) if self.moved else stat.st_mtime


def _under(folder: Path, pattern: str = "*") -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob(pattern) if path.is_file())) if folder.is_dir() else ()


def _imported(settings: Settings) -> tuple[Path, ...]:
    """What the worker moved away in the folder that is watched for tables, and the rows it refused."""
    folder = settings.import_folder
    if folder is None:
        return ()
    places = sorted(place for name in (DONE, REFUSED) for place in folder.glob(f"*/*/{name}"))
    own = (place for place in places if not place.is_symlink() and not place.parent.is_symlink())
    return tuple(path for place in own for path in _under(place))


FILE_KINDS: tuple[FileKind, ...] = (
    FileKind("playable", lambda settings: _under(settings.recordings_dir, f"*{COPY}")),
    FileKind("quarantine", lambda settings: _under(settings.quarantine_dir)),
    FileKind("import files", _imported, moved=True),
    FileKind("reports", lambda settings: _under(settings.data_dir / "reports")),
    FileKind("copies", lambda settings: copies(settings.url)),
)
