"""Which files to take in: named ones always, those found in folders by their names."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.errors import shown_name
from qa.ingest.companions import is_transcript, looks_like_words

UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", ".download", "~")
NOT_SOUND = frozenset(
    {".csv", ".tsv", ".txt", ".md", ".xls", ".xlsx", ".ods", ".pdf", ".html", ".xml"}
    | {".yaml", ".yml", ".ini", ".log", ".db", ".zip", ".gz", ".jpg", ".jpeg", ".png", ".sha256", ".md5"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """Files in order, paths that could not be read with the reason, and notes about what was left out."""

    files: tuple[Path, ...]
    unreadable: tuple[tuple[Path, str], ...]
    notes: tuple[str, ...]


def find_files(paths: Iterable[Path]) -> Found:
    """Every recording and transcript under the paths, each once, folders in the order of their names.

    In folders, hidden files, unfinished copies and files whose endings name something else than sound or
    words are left out, and so is JSON that is no transcript; a file that is named itself is always tried.
    """
    walk = _Walk([], [], [])
    for path in paths:
        walk.add(path)
    once = {os.path.realpath(file): file for file in reversed(walk.files)}
    files = tuple(file for file in walk.files if once.pop(os.path.realpath(file), None) is not None)
    return Found(files, tuple(walk.unreadable), tuple(walk.notes()))


@dataclass(frozen=True, slots=True)
class _Walk:
    files: list[Path]
    unreadable: list[tuple[Path, str]]
    other: list[Path]

    def add(self, path: Path) -> None:
        if path.is_dir():
            self.files.extend(self._inside(path))
        elif path.exists() or path.is_symlink():
            self.files.append(path)
        else:
            self.unreadable.append((path, f"There is no file or folder {shown_name(path)}; check the path."))

    def notes(self) -> Iterator[str]:
        if self.other:
            yield (
                f"{len(self.other)} files in the folders are no recordings by their names and were left out "
                f"(the first is {shown_name(self.other[0])}); name them one by one to try them."
            )

    def _inside(self, folder: Path) -> Iterator[Path]:
        for place, folders, names in os.walk(folder, onerror=self._refused):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = Path(place) / name
                if is_unfinished(name) or not file.is_file():
                    continue
                if file.suffix.lower() in NOT_SOUND or (is_transcript(file) and not looks_like_words(file)):
                    self.other.append(file)
                else:
                    yield file

    def _refused(self, error: OSError) -> None:
        folder = Path(str(error.filename))
        self.unreadable.append(
            (
                folder,
                f"The folder {shown_name(folder)} cannot be read ({error.strerror}); correct its rights.",
            )
        )


def is_unfinished(name: str) -> bool:
    """A hidden file, or one that another program has not finished."""
    return name.startswith(".") or name.lower().endswith(UNFINISHED)
