"""The one-time token of the first run: a file that only its owner reads, gone after use."""

import hmac
import os
import secrets
from pathlib import Path

from dashboard.data.site import settings
from qa.errors import WriteFailed


def path() -> Path:
    """Where the token stands."""
    return settings().keys_dir / "first-run-token"


def read_or_make() -> str:
    """The token of this site; the same until it is used, so an old line in the terminal still works.

    Raises:
        WriteFailed: the folder for keys cannot be written.
    """
    try:
        path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = secrets.token_urlsafe(24)
        with os.fdopen(os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(made)
    except FileExistsError:
        return path().read_text()
    except OSError as error:
        raise WriteFailed(
            f"The key file {path()} cannot be written ({error.strerror}); change QA_DATA_DIR."
        ) from error
    return made


def holds(given: str) -> bool:
    """True when this is the token."""
    try:
        kept = path().read_text()
    except FileNotFoundError:
        return False
    return bool(kept) and hmac.compare_digest(kept.encode(), given.encode())


def remove() -> None:
    """Use it up."""
    path().unlink(missing_ok=True)
