"""Small files that hold a secret or a state: whole or not at all, durable, readable by their owner alone."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from qa.errors import InvalidSetting, WriteFailed

KEY_BYTES = 32


def write_small(path: Path, data: bytes, *, replacing: bool) -> None:
    """Write a file through a nameless one beside it; its folder is made if need be.

    Without ``replacing`` a file that is there stays as it is: the process that was first wins.

    Raises:
        OSError: it cannot be written; what was there before is still there, and nothing is left beside it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", dir=path.parent)  # mkstemp gives it to the owner alone
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replacing:
            unfinished.replace(path)
        else:
            with suppress(FileExistsError):
                os.link(unfinished, path)  # unlike a rename, never replaces what is there
        sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable.

    Raises:
        OSError: it cannot be opened.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_key(path: Path) -> bytes | None:
    """The 32 bytes of a key file; ``None`` where there is none.

    Raises:
        InvalidSetting: the file is damaged; another key would not fit what was made with this one.
        WriteFailed: it cannot be read.
    """
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WriteFailed(_refused(path, error)) from error
    if len(key) != KEY_BYTES:
        raise InvalidSetting(f"The key file {path} has {len(key)} bytes, not {KEY_BYTES}; restore a back-up.")
    return key


def ensure_key(path: Path) -> bytes:
    """The key of a file, made at the first call; two processes that start together get the same one.

    Raises:
        InvalidSetting: the file is damaged.
        WriteFailed: it cannot be made or read.
    """
    if (found := read_key(path)) is not None:
        return found
    try:
        write_small(path, secrets.token_bytes(KEY_BYTES), replacing=False)
    except OSError as error:
        raise WriteFailed(_refused(path, error)) from error
    return ensure_key(path)


def _refused(path: Path, error: OSError) -> str:
    return f"The key file {path} cannot be made or read ({error.strerror}); correct the folder's rights."
