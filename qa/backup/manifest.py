"""The list of a back-up: each file with its sum, rows of each table, schema, version (docs/formats.md)."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from qa.errors import BadBackup

FORMAT = 1
SHA256 = re.compile(r"[0-9a-f]{64}")
FOLDERS = ("recordings", "reports", "certificates", "keys")
"""What of the data folder a back-up may hold, and restore may write."""

DATABASES = {"sqlite": "shenava.db", "postgresql": "shenava.dump"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its place in the data folder, its bytes and sum there, and the object that holds it.

    ``object`` is the sum of what lies in the back-up; it differs from ``sha256`` when ``sealed``.
    ``changed`` is the file's time in nanoseconds, by which the next back-up sees that it is the same.
    """

    path: str
    size: int
    sha256: str
    object: str
    changed: int
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """One back-up. ``missing`` are recordings that rows name and that were not there; ``keys`` says how the
    site's keys are in it: ``none``, ``sealed`` or ``clear``; ``audit_head`` is the end of the audit chain.
    """

    made_at: str
    product: str
    database: str
    schema: str
    counts: Mapping[str, int]
    files: tuple[Entry, ...]
    missing: tuple[str, ...] = ()
    keys: str = "none"
    sealed: bool = False
    audit_head: str | None = None
    format: int = FORMAT

    @property
    def database_file(self) -> str:
        """The place of the database's copy."""
        return DATABASES[self.database]

    def text(self) -> str:
        """As it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def read_manifest(path: Path) -> Manifest:
    """A list that was written whole.

    Raises:
        BadBackup: it cannot be read, is cut off or of a newer format, or names a place elsewhere.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadBackup(f"{path} cannot be read ({error.strerror}); name a folder of back-ups.") from error
    return parse_manifest(data, path.name)


def parse_manifest(data: bytes, name: str) -> Manifest:
    """The list in these bytes, of a file of this name.

    Raises:
        BadBackup: it is cut off or of a newer format, or names a place elsewhere.
    """
    try:
        return _manifest(json.loads(data.decode("utf-8")))
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadBackup(
            f"{name} is damaged ({type(error).__name__}: {str(error)[:80]}); use another back-up."
        ) from error


def _manifest(raw: dict[str, Any]) -> Manifest:
    if int(raw["format"]) > FORMAT:
        raise BadBackup(f"The back-up has format {raw['format']}, newer than {FORMAT}; use a newer Shenava.")
    given = {one.name: raw[one.name] for one in fields(Manifest)}
    files = tuple(_entry(one) for one in given["files"])
    made = Manifest(**given | {"files": files, "missing": tuple(given["missing"])})
    if made.database not in DATABASES:
        raise ValueError(f"database {made.database!r}")
    counts = dict(made.counts)
    if not all(isinstance(name, str) and isinstance(rows, int) for name, rows in counts.items()):
        raise ValueError("counts that are no numbers")
    _check_places(made)
    return made


def _entry(raw: dict[str, Any]) -> Entry:
    entry = Entry(**{one.name: raw[one.name] for one in fields(Entry)})
    if not (isinstance(entry.size, int) and entry.size >= 0 and isinstance(entry.changed, int)):
        raise ValueError("a size that is no number")
    if not (SHA256.fullmatch(entry.sha256) and SHA256.fullmatch(entry.object)):
        raise ValueError("a sum that is no SHA-256")
    return entry


def _check_places(made: Manifest) -> None:
    """Nothing is written outside the data folder, whatever a list says."""
    places = [entry.path for entry in made.files]
    if len(set(places)) < len(places) or made.database_file not in places:
        raise ValueError("a file twice, or no database")
    for place in places:
        parts = PurePosixPath(place).parts
        plain = place == "/".join(parts) and "\\" not in place and "\0" not in place
        inside = len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts
        if place != made.database_file and not (plain and inside):
            raise ValueError(f"the place {place[:60]!r} outside the data folder")
