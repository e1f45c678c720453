"""A text with every character in its simplest form, the same length, placeholders blanked."""

from qa.redact.found import PLACEHOLDER
from qa.text import to_ascii_digits

BLANK = "\ufffc"  # neither a letter nor a separator, so that nothing is found across a placeholder
_LETTERS = str.maketrans("يىئكآأإٱؤةۀ", "یییکااااوهه")


def plain(text: str) -> str:
    """Lower case, ASCII digits, Persian letters without variants; character by character."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    blanked = PLACEHOLDER.sub(lambda mark: BLANK * len(mark[0]), text)
    if blanked != text:
        pairs = zip(lower, blanked, strict=True)
        lower = "".join(BLANK if mark == BLANK else letter for letter, mark in pairs)
    return to_ascii_digits(lower).translate(_LETTERS)
