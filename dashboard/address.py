"""Parts of an address as values. Whatever cannot be read is nothing: an old or mangled link still opens."""

import re

LAST_DAY = 99_999  # the year 2243
LONGEST_NUMBER = 15  # digits; every database holds them
CURSOR = re.compile(r"(?:[0-9.e+-]{0,24}~){1,4}[0-9]{1,15}")


def day_of(text: str) -> int | None:
    """A day number, between 1970 and 2243."""
    found = number_of(text)
    return found if found is not None and found <= LAST_DAY else None


def number_of(text: str) -> int | None:
    """A whole number from 0 on. ``str.isdigit`` alone lets "²" through, which is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def numbers_of(text: str) -> frozenset[int]:
    """Numbers with commas between them; what is none is left out."""
    return frozenset(found for part in text.split(",") if (found := number_of(part)) is not None)


def cursor_of(text: str | None) -> str | None:
    """A place in a list, ``None`` for its beginning."""
    return text if text and CURSOR.fullmatch(text) else None
