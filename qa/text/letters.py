"""One letter to its folded form."""

import unicodedata
from functools import lru_cache

_SAME = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه"})
_SILENT = frozenset("ـء'’‘ʼ`")  # tatweel, a lone hamza (ارتقاء), apostrophes (don't)
_UNHEARD = frozenset({"Mn", "Me", "Cf"})  # vowel marks, enclosing marks, ZWNJ and bidi marks


@lru_cache(maxsize=4096)
def fold_letter(letter: str) -> str:
    """The folded form of one character: letters and ASCII digits, or a space for what separates words, or
    nothing for what is not heard (marks, ZWNJ, tatweel, apostrophes).
    """
    if letter in _SILENT:
        return ""
    plain = unicodedata.normalize("NFKD", letter).casefold()
    return "".join(_fold_plain(part) for part in unicodedata.normalize("NFKD", plain))


def _fold_plain(letter: str) -> str:
    if letter in _SILENT or unicodedata.category(letter) in _UNHEARD:
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return letter.translate(_SAME) if letter.isalpha() else " "  # "❶" is neither letter nor digit


class _Table(dict[int, str]):
    """Folded forms by code, made when they are first met."""

    def __missing__(self, code: int) -> str:
        self[code] = fold_letter(chr(code))
        return self[code]


_TABLE = _Table()


def run_together(text: str) -> str:
    """The folded letters and digits of a text without anything between them. A word of the folded text is
    always in it, so that where a word is not, folding can be saved.
    """
    return text.translate(_TABLE).replace(" ", "")
