"""Digits and number words of a plain text, in order, with the gaps that still join them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.redact import lexicon

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_GAP = re.compile(
    r"[\s.,،؛;\-–—‐‑−_*()\[\]'\"«»|٫٬…·•+\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f\u20e3\ufeff"
    r"\u064b-\u0652\u0670]{0,8}"
)
_CLOSE = re.compile(r"[\s\-\u200b-\u200f\u2066-\u2069]*")


@dataclass(frozen=True, slots=True)
class Token:
    """A digit sequence or a word. ``gap`` is what stands between it and the token before."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def is_digits(self) -> bool:
        """True for a written number."""
        return self.text[0].isdecimal()

    @property
    def is_near(self) -> bool:
        """True when only separators stand between this token and the one before."""
        return self.gap == " " or _GAP.fullmatch(self.gap) is not None

    @property
    def is_close(self) -> bool:
        """True when only white space or a hyphen does: the words may make one number."""
        return self.gap == " " or _CLOSE.fullmatch(self.gap) is not None

    @property
    def value(self) -> int | None:
        """The value of a simple number word, ``None`` for other tokens."""
        return lexicon.VALUES.get(self.text)


def tokens(plain: str) -> tuple[Token, ...]:
    """All tokens; «نهصدو دوازده» is read as «نهصد» «و» «دوازده»."""
    out: list[Token] = []
    place = 0
    for hit in _TOKEN.finditer(plain):
        for text, start in _split(hit[0], hit.start()):
            out.append(Token(text, start, start + len(text), plain[place:start]))
            place = start + len(text)
    return tuple(out)


def _split(word: str, start: int) -> Iterator[tuple[str, int]]:
    stem = word[:-1]
    if (
        word.endswith("و")
        and word not in lexicon.UNITS
        and (stem in lexicon.HUNDREDS or stem in lexicon.TENS or stem == lexicon.PERSIAN_THOUSAND)
    ):
        yield stem, start
        yield "و", start + len(stem)
    else:
        yield word, start
