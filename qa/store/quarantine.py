"""Refused files, each with its reason beside it, until a person removes them."""

import io
from pathlib import Path
from typing import BinaryIO

from qa.errors import BadRecording, shown_name
from qa.store.writing import write_atomically

DONE, REFUSED = "done", "refused"
"""Folders beside watched tables: what was taken in, and what could not be used."""


def quarantine(source: Path, folder: Path, reason: str, *, name: str | None = None) -> Path:
    """Copy a refused file into quarantine with ``<name>.reason.txt`` beside it; gives the copy.

    The same name with other content gets a number; the same content again is one file.

    Raises:
        BadRecording: the source cannot be read.
        WriteFailed: the quarantine cannot be written; the file stays where it was.
    """
    wanted = Path(name or source.name).name
    with readable(source) as data:
        target = _free_place(folder, wanted, source)
        write_atomically(target, data)
    write_atomically(target.with_name(f"{target.name}.reason.txt"), io.BytesIO(f"{reason}\n".encode()))
    return target


def readable(source: Path) -> BinaryIO:
    """A file to take in, opened.

    Raises:
        BadRecording: it cannot be read.
    """
    try:
        return source.open("rb")
    except OSError as error:
        raise BadRecording(
            f"The file {shown_name(source)} cannot be read ({error.strerror}); "
            "give this user the right to read it."
        ) from error


def _free_place(folder: Path, wanted: str, source: Path) -> Path:
    stem, suffix = Path(wanted).stem, Path(wanted).suffix
    number = 1
    place = folder / wanted
    while place.exists() and not _same(place, source):
        number += 1
        place = folder / f"{stem}-{number}{suffix}"
    return place


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
