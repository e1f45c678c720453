"""Refused files, sealed where there is a key, each with its reason beside it, until a person removes them."""

import io
import shutil
from pathlib import Path
from typing import BinaryIO

from qa.errors import QAError
from qa.store.shelf.recordings import Kept, Out, Recordings
from qa.store.shelf.writing import readable, write_atomically

REASON = ".reason.txt"
BLOCK = 1 << 20

DONE, REFUSED = "done", "refused"
"""Folders beside watched tables: what was taken in, and what could not be used."""


def refused_files(recordings: Recordings, folder: Path) -> Recordings:
    """The quarantine of a site, kept by the keys and locks of its recordings."""
    return Recordings(folder, recordings.ring, recordings.lock, recordings.seal, (REASON,))


def quarantine(source: Path, refused: Recordings, reason: str, *, name: str | None = None) -> str:
    """Copy a refused file into quarantine with ``<name>.reason.txt`` beside it; gives the copy's name.

    The same name with other content gets a number; the same content again is one file.

    Raises:
        BadRecording: the source cannot be read.
        WriteFailed: the quarantine cannot be written; the file stays where it was.
    """
    wanted = Path(name or source.name).name
    with readable(source) as data:
        place = _free_place(refused, wanted, data)
        data.seek(0)

        def write(out: Out) -> None:
            shutil.copyfileobj(data, out, BLOCK)

        refused.put(place, write)
    write_atomically(Path(refused.root) / f"{place}{REASON}", io.BytesIO(f"{reason}\n".encode()))
    return place


def _free_place(refused: Recordings, wanted: str, data: BinaryIO) -> str:
    stem, suffix = Path(wanted).stem, Path(wanted).suffix
    number, place = 1, wanted
    while refused.shelf.has(place) and not _same(Kept(refused, place), data):
        number += 1
        place = f"{stem}-{number}{suffix}"
    return place


def _same(kept: Kept, data: BinaryIO) -> bool:
    data.seek(0)
    try:
        with kept.open() as file:
            while block := file.read(BLOCK):
                if data.read(len(block)) != block:
                    return False
    except QAError:
        return False  # sealed with a key that is not here
    return data.read(1) == b""
