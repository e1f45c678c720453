"""Names as keys: one person or queue, one row, whichever keyboard typed it."""

import re
import unicodedata

from qa.errors import InvalidSetting

_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "ؤ": "و"})
_SILENT = re.compile(r"[\u0640\u064b-\u065f\u0670\u200b\u200d-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BETWEEN = re.compile(r"[\s\u200c]+")


def name_key(name: str) -> str:
    """The key of a name: Persian letters, ASCII digits, one space, lower case; a half-space is a space.

    Kept here and never changed lightly: the keys are stored, so another folding would split people in two.

    Raises:
        InvalidSetting: nothing is left of the name.
    """
    text = _SILENT.sub("", unicodedata.normalize("NFKC", name)).translate(_LETTERS)
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    key = _BETWEEN.sub(" ", digits).strip().casefold()
    if not key:
        raise InvalidSetting("A name is empty; give one with a letter or a digit.")
    return key
