"""Seals noted outside: a line each in a file that lies where nobody with the database can write, such as a
mount that only takes additions. By it a log that was put back to an older state of everything is found out.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from qa.errors import WriteFailed

LINE = re.compile(r"(\S+) (\d{1,18}) ([0-9a-f]{64})")


def note_outside(file: Path, at: str, position: int, head: str) -> None:
    """Add a line: when, the entry's position, its hash. It is on the disk when this returns.

    Raises:
        WriteFailed: it cannot be written there.
    """
    try:
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{at} {position} {head}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise WriteFailed(
            f"{file} cannot be written ({error.strerror}); correct QA_AUDIT_HEADS or the place's rights."
        ) from error


def noted(file: Path | None) -> Mapping[int, str]:
    """Hash by position of every line; nothing where there is no file yet.

    Raises:
        WriteFailed: it is there and cannot be read.
    """
    if file is None:
        return {}
    try:
        lines = file.read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise WriteFailed(f"{file} cannot be read ({error.strerror}); correct the place's rights.") from error
    found = (LINE.fullmatch(line) for line in lines)
    return {int(one[2]): one[3] for one in found if one}
