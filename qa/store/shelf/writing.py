"""Files that are there whole or not at all, even after a power cut."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from qa.errors import BadRecording, WriteFailed, shown_name
from qa.small_files import sync_folder

UNFINISHED = ".part-"


def write_atomically(target: Path, data: BinaryIO) -> None:
    """Write a file so that it is there whole or not at all, even after a power cut.

    Raises:
        WriteFailed: it could not be written; what was there before is still there.
    """
    with written_whole(target) as out:
        shutil.copyfileobj(data, out, 1 << 20)


@contextmanager
def written_whole(target: Path) -> Iterator[BinaryIO]:
    """A file to write into that takes its place when the block ends well, else leaves nothing behind.

    Raises:
        WriteFailed: it could not be written; what was there before is still there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
    except OSError as error:
        raise failed(target, error) from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise failed(target, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


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


def failed(target: Path, error: OSError) -> WriteFailed:
    """The sentence for a file that could not be written."""
    return WriteFailed(
        f"The file {shown_name(target)} cannot be written in {target.parent} ({error.strerror}); "
        "free space or change the folder's rights.",
        permanent=False,
    )
