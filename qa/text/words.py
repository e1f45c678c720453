"""Counting and comparing words."""

from collections.abc import Callable
from functools import cache

from qa.text.fold import fold


def count_words(text: str) -> int:
    """Words apart by white space that hold a letter or a digit; a ZWNJ compound is one word."""
    return sum(1 for word in text.split() if any(letter.isalnum() for letter in word))


def wer_words(text: str, language: str) -> list[str]:
    """The words to compare for a word error rate.

    English goes through Whisper's own normaliser, so that figures compare with published ones. Other
    languages are folded: spelling of letters, ZWNJ, the spaces qa.text.spacing names and punctuation do
    not count as errors; a number in digits is not equal to one in words.
    """
    if language == "en":
        return _english()(text).split()
    return fold(text).split()


@cache
def _english() -> Callable[[str], str]:
    from whisper.normalizers import EnglishTextNormalizer

    normalise: Callable[[str], str] = EnglishTextNormalizer()
    return normalise
