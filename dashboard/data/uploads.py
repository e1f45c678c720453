"""Files that came with the browser, on the disk as long as somebody works on them."""

import io
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from dashboard.data.site import settings
from qa import ingest
from qa.errors import WriteFailed, shown_name
from qa.vault import pass_in

FOLDER = "uploads"
LEFT_BEHIND = 6 * 3600.0  # seconds after which a folder belongs to a process that died
LONGEST_NAME = 180  # bytes; file systems allow 255


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the browser; ``id`` is the same as long as its content is."""

    id: str
    name: str
    data: BinaryIO = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a batch lies while somebody works on it."""

    files: dict[str, Path]
    table: Path | None


@contextmanager
def on_disk(uploads: Sequence[Upload], table: Upload | None, empty: frozenset[str]) -> Iterator[Place]:
    """Write a batch to the disk, sealed under a key of this process alone; it is gone at the end.

    Raises:
        WriteFailed: there is no room for the files.
    """
    # Each file has a folder of its own, so that two of the same name stay two. Files in ``empty`` were
    # heard before: only their names are needed.
    root = settings().data_dir / FOLDER
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(root)
    with tempfile.TemporaryDirectory(prefix="batch-", dir=root) as folder:
        places = _places(uploads)
        files = {
            upload.id: _write(Path(folder) / places[upload.id], upload, upload.name, empty=upload.id in empty)
            for upload in uploads
        }
        named = None if table is None else _write(Path(folder) / FOLDER, table, shown_name(table.name))
        yield Place(files, named)


def _places(uploads: Sequence[Upload]) -> dict[str, str]:
    """The folder of each file: one of its own, but a transcript lies beside the recording of its name."""
    first: dict[str, str] = {}
    places: dict[str, str] = {}
    for number, upload in enumerate(uploads):
        if not ingest.is_transcript(Path(upload.name)):
            first.setdefault(_stem(upload), str(number))
            places[upload.id] = str(number)
    beside: set[str] = set()
    for number, upload in enumerate(uploads):
        if upload.id not in places:
            name = safe_name(upload.name)
            places[upload.id] = str(number) if name in beside else first.get(_stem(upload), str(number))
            beside.add(name)
    return places


def _stem(upload: Upload) -> str:
    return Path(safe_name(upload.name)).stem


def _write(folder: Path, upload: Upload, name: str, *, empty: bool = False) -> Path:
    path = folder / safe_name(name)
    upload.data.seek(0)
    try:
        folder.mkdir(exist_ok=True)
        return pass_in(path, io.BytesIO() if empty else upload.data)
    except OSError as error:
        raise WriteFailed(
            f"The upload cannot be written to {folder.parent.parent} ({error.strerror}); "
            "free space or change the folder's rights.",
            permanent=False,
        ) from error


def safe_name(name: str) -> str:
    """The last part of a name that a browser sent, short enough for every file system, with its ending."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = (
        "".join("_" if ord(letter) < 32 else letter for letter in last).encode("utf-8", "replace").decode()
    )
    if plain.strip(". ") == "":
        return "_"
    stem, suffix = Path(plain).stem, Path(plain).suffix[:16]
    while len(f"{stem}{suffix}".encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{suffix}"


def _sweep(root: Path) -> None:
    for folder in root.glob("batch-*"):
        try:
            old = time.time() - folder.stat().st_mtime > LEFT_BEHIND
        except FileNotFoundError:
            continue
        if old:
            shutil.rmtree(folder, ignore_errors=True)
