"""The file itself, before anybody looks for sound in it."""

import hashlib
import stat
from pathlib import Path

from qa.audio.source import Source, on_disk, size_of
from qa.errors import BadRecording, shown_name

BLOCK = 1 << 20


def content_hash(path: Source) -> str:
    """SHA-256 of the bytes of a file, 64 hex digits; reads in blocks, so any size will do.

    Raises:
        BadRecording: the file cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except OSError as error:
        raise unreadable(path, error) from error
    return digest.hexdigest()


def readable_size(path: Source) -> int:
    """Bytes of an ordinary file that may be opened and is not empty.

    Raises:
        BadRecording: missing, a folder or a device, no permission, or empty.
    """
    size = _of_disk(path) if on_disk(path) else _of_shelf(path)
    if size == 0:
        raise BadRecording(f"{shown_name(path.name)} is empty (0 bytes); copy it again from the recorder.")
    return size


def _of_shelf(source: Source) -> int:
    try:
        return size_of(source)
    except OSError as error:
        raise unreadable(source, error) from error


def _of_disk(path: Path) -> int:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise BadRecording(f"{shown_name(path.name)} is a folder; name the recordings in it.")
        if not stat.S_ISREG(found.st_mode):
            raise BadRecording(
                f"{shown_name(path.name)} is not an ordinary file; copy the recording to a file first."
            )
        with path.open("rb"):
            pass
    except OSError as error:
        raise unreadable(path, error) from error
    return found.st_size


def unreadable(path: Source, error: OSError) -> BadRecording:
    """The plain sentence for a file that the system will not give."""
    if isinstance(error, FileNotFoundError):
        return BadRecording(f"{shown_name(path.name)} is not there; check the path.")
    if isinstance(error, PermissionError):
        return BadRecording(f"{shown_name(path.name)} may not be read; give this user permission to read it.")
    if isinstance(error, IsADirectoryError):
        return BadRecording(f"{shown_name(path.name)} is a folder; name the recordings in it.")
    reason = error.strerror or type(error).__name__
    return BadRecording(
        f"{shown_name(path.name)} cannot be read ({reason}); check the disk or share.", permanent=False
    )
