"""Kinds of things that have a retention rule and lie in files of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qa.settings import Settings
from qa.store.erasing.aging import Holding
from qa.store.erasing.scrub import copies
from qa.store.recordings import COPY


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind: its files, which count from the moment they were written."""

    name: str
    files: Callable[[Settings], tuple[Path, ...]]

    def look(self, settings: Settings, before: datetime | None) -> Holding:
        """How many there are, and how many are over their time."""
        found = [(path.stat(), path) for path in self.files(settings)]
        times = [datetime.fromtimestamp(stat.st_mtime, UTC) for stat, _ in found]
        due = sum(at < before for at in times) if before is not None else 0
        return Holding(len(found), sum(stat.st_size for stat, _ in found), min(times, default=None), due)

    def take(self, settings: Settings, before: datetime) -> int:
        """Delete those that are over their time; gives how many."""
        old = [path for path in self.files(settings) if path.stat().st_mtime < before.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def _under(folder: Path, pattern: str = "*") -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob(pattern) if path.is_file())) if folder.is_dir() else ()


FILE_KINDS: tuple[FileKind, ...] = (
    FileKind("playable", lambda settings: _under(settings.recordings_dir, f"*{COPY}")),
    FileKind("quarantine", lambda settings: _under(settings.quarantine_dir)),
    FileKind("reports", lambda settings: _under(settings.data_dir / "reports")),
    FileKind("copies", lambda settings: copies(settings.url)),
)
