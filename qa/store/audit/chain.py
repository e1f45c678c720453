"""What is hashed of an entry. The form is fixed: logs of sites are checked by it (docs/audit.md)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any, Final

START: Final = "0" * 64
"""What stands before the first entry."""
HASHED: Final = ("position", "at", "act", "user_id", "user_name", "user_role", "subject", "detail")


def detail_text(detail: Mapping[str, Any]) -> str:
    """The details as the one text that is stored and hashed."""
    return json.dumps(dict(detail), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def entry_hash(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256, in hex, over the hash before it, a line feed, and the entry's columns as canonical JSON."""
    content = {name: row[name] for name in HASHED}
    content["at"] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
