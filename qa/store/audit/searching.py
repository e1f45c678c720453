"""How the log names what somebody looked for in the words of calls, without the words."""

import hashlib
import hmac
from pathlib import Path

from qa.errors import WriteFailed
from qa.small_files import ensure_key
from qa.store.audit.sealing import KEY_FILE

UNKEYED = "search"


def search_subject(keys: Path, folded: str) -> str:
    """``search:`` and 16 hex digits of an HMAC-SHA256 under the key of the seals: the same search has the
    same name, and whoever has the log alone cannot try words against it. On a read-only disk without a key
    it is ``search``.

    Raises:
        InvalidSetting: the key file is damaged.
    """
    try:
        key = ensure_key(keys / KEY_FILE)
    except WriteFailed:
        return UNKEYED
    return f"{UNKEYED}:{hmac.new(key, f'search|{folded}'.encode(), hashlib.sha256).hexdigest()[:16]}"
