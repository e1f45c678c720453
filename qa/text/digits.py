"""Digits of every script to ASCII and to Persian. Both keep the length of the text."""

import re
import unicodedata

_FOREIGN = re.compile(r"(?![0-9])\d")
_NOT_PERSIAN = re.compile(r"(?![۰-۹])\d")
_PERSIAN = "۰۱۲۳۴۵۶۷۸۹"


def to_ascii_digits(text: str) -> str:
    """Persian, Arabic-Indic and all other decimal digits as 0-9; everything else stays."""
    return _FOREIGN.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def to_persian_digits(text: str) -> str:
    """All decimal digits as ۰-۹; everything else stays."""
    return _NOT_PERSIAN.sub(lambda digit: _PERSIAN[unicodedata.decimal(digit[0])], text)
