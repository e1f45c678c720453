"""Small numbers as people say them, for «چهل و هشت ساعت» and "a couple of days", over folded text."""

import re
from functools import lru_cache

from qa.text import fold

_EN_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_EN = {word: number for number, word in enumerate(_EN_WORDS.split())} | {
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "a couple": 2,
    "a few": 3,
    "several": 3,
    "thirty": 30,
    "forty five": 45,
    "fortyfive": 45,
    "forty eight": 48,
    "fortyeight": 48,
    "twenty four": 24,
    "twentyfour": 24,
    "seventy two": 72,
    "seventytwo": 72,
}
_FA_ONES = {
    "یک": 1,
    "یه": 1,
    "دو": 2,
    "سه": 3,
    "چهار": 4,
    "چار": 4,
    "پنج": 5,
    "شش": 6,
    "شیش": 6,
    "هفت": 7,
    "هشت": 8,
    "نه": 9,
}
_FA_TEENS = {"ده": 10, "یازده": 11, "دوازده": 12, "پانزده": 15, "پونزده": 15, "بیست": 20, "سی": 30, "چهل": 40}
_FA_TENS = {"بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70}
_FA_LOOSE = {
    "یکی دو": 2,
    "یکی‌دو": 2,
    "دو سه": 3,
    "دو‌سه": 3,
    "سه چهار": 4,
    "چهار پنج": 5,
    "پنج شش": 6,
    "چند": 3,
}


@lru_cache(maxsize=2)
def _values(language: str) -> dict[str, int]:
    if language == "en":
        return dict(_EN)
    values = {fold(word): number for word, number in (_FA_ONES | _FA_TEENS | _FA_LOOSE).items()}
    for ten, tens in _FA_TENS.items():
        for one, ones in _FA_ONES.items():
            values |= {fold(f"{ten} و {one}"): tens + ones, fold(f"{ten}‌و‌{one}"): tens + ones}
    return values


@lru_cache(maxsize=2)
def number_pattern(language: str) -> str:
    """A pattern source that finds one number in folded text, with a group around nothing."""
    words = sorted(_values(language), key=len, reverse=True)
    return r"(?:\d{1,3}|" + "|".join(re.escape(word) for word in words) + ")"


@lru_cache(maxsize=2)
def range_pattern(language: str) -> str:
    """One number, or two as in "24 to 48" and «۲۴ تا ۴۸»."""
    number = number_pattern(language)
    between = " (?:to |or |and )?" if language == "en" else " (?:تا |الی |یا |)"
    return rf"{number}(?:{between}{number})?"


def largest(text: str, language: str) -> int:
    """The larger number of a range that ``range_pattern`` found: a promise is late after the later time.

    Raises:
        ValueError: there is no number in it.
    """
    values = _values(language)
    found = [
        int(hit) if hit.isdigit() else values[hit]
        for hit in re.findall(rf"(?<!\w){number_pattern(language)}(?!\w)", text)
    ]
    if not found:
        raise ValueError(f"{text!r} holds no number")
    return max(found)
