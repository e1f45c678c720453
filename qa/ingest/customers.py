"""The customer key: a keyed hash of a telephone number or id, the same however it is written.

Without the site's key file nobody can turn a hash into a number, not even by trying all numbers; with
another key file the same customer would get another hash, so it is made once and kept with the back-ups.
"""

import hashlib
import hmac
from datetime import tzinfo
from pathlib import Path

import phonenumbers
from babel.core import get_global

from qa.ingest.words import plain
from qa.small_files import ensure_key
from qa.text import to_ascii_digits

KEY_FILE = "customer.key"
_WITHHELD = frozenset({"unknown", "anonymous", "unavailable", "private", "restricted", "withheld"})


def site_key(folder: Path) -> bytes:
    """The site's key, made at the first call; two processes that start together get the same one.

    Args:
        folder: ``settings.keys_dir``; the key file in it is readable by its owner alone.

    Raises:
        InvalidSetting: the key file is damaged; a new one would split every customer in two.
        WriteFailed: the key cannot be written or read.
    """
    return ensure_key(folder / KEY_FILE)


def region_of(zone: tzinfo) -> str:
    """The country of a time zone ("IR" for Asia/Tehran): numbers are read as written there."""
    return str(get_global("zone_territories").get(str(zone), "ZZ"))


def customer_hash(number: str, key: bytes, region: str) -> str | None:
    """64 hex digits for a number or an id; ``None`` when the number was withheld."""
    text = normal_number(number, region)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest() if text else None


def normal_number(number: str, region: str) -> str:
    """One spelling for one customer: E.164 for a telephone number, else the folded id; empty if withheld."""
    text = plain(to_ascii_digits(number))
    if text in _WITHHELD:
        return ""
    try:
        parsed = phonenumbers.parse(text, None if region == "ZZ" else region)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_valid_number(parsed):
        return text.replace(" ", "").replace("-", "")
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
