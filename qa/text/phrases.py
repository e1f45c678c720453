"""A phrase as people write it in a scorecard, as a pattern over folded text."""

import re
from collections.abc import Callable
from functools import lru_cache

_ZWNJ = "\u200c"
_PERSIAN = "\u0620-\u06d3"
_PERSIAN_SPACE = re.compile(rf"(?<=[{_PERSIAN}]) (?=[{_PERSIAN}])")


@lru_cache(maxsize=4096)
def phrase_pattern(phrase: str, fold: Callable[[str], str]) -> re.Pattern[str]:
    """A pattern that finds the phrase as whole words in text folded with ``fold``.

    A space or a ZWNJ between Persian letters matches with and without a space («وقت بخیر» finds وقت‌بخیر).
    A ``*`` at the end of a word stands for any ending («سفارش*» finds سفارشم and سفارش‌ها). A phrase
    without a letter or digit finds nothing.
    """
    source = ""
    for place, piece in enumerate(phrase.replace(_ZWNJ, " ").split("*")):
        plain = fold(piece)
        if place:
            source += r"\w*" + (" " if plain and piece[0].isspace() else "")
        source += _PERSIAN_SPACE.sub(" ?", plain)
    if not re.search(r"[^\W]", source.replace(r"\w*", "")):
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w){source}(?!\w)")
