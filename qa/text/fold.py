"""The form in which spellings of the same words are equal, with a map back to the original.

Folded text is lower case, without punctuation, vowel marks, ZWNJ and tatweel; ي ك ة آ أ are ی ک ه ا ا;
all digits are ASCII; words are apart by one space, and Persian prefixes and endings are joined to their
word (qa.text.spacing). Folding a folded text changes nothing.
"""

import re
from dataclasses import dataclass

from qa.text.letters import fold_letter
from qa.text.phrases import phrase_pattern
from qa.text.spacing import is_joined


@dataclass(frozen=True, slots=True)
class Folded:
    """A text and its folded form. ``starts[i]`` and ``ends[i]`` bound the characters of ``source`` that
    ``text[i]`` stands for (half open); both never decrease.
    """

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Bounds in ``source`` for the bounds ``start < end`` in ``text``.

        Raises:
            ValueError: the stretch is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{start} to {end} is not a stretch of a text of {len(self.text)} characters")
        return self.starts[start], self.ends[end - 1]

    def quote(self, start: int, end: int) -> str:
        """The original words for the bounds ``start < end`` in ``text``."""
        first, last = self.original(start, end)
        return self.source[first:last]

    def find_all(self, wanted: str | re.Pattern[str]) -> tuple[tuple[int, int], ...]:
        """Bounds in ``source`` of everything that matches, from left to right, without overlaps.

        A ``str`` is a phrase of whole words in any spelling (``phrase_pattern`` says what it may hold);
        a pattern is searched in the folded ``text`` as it is. Empty matches are passed over.
        """
        pattern = phrase_pattern(wanted, fold) if isinstance(wanted, str) else wanted
        return tuple(
            self.original(*hit.span()) for hit in pattern.finditer(self.text) if hit.end() > hit.start()
        )


def fold(text: str) -> str:
    """The folded form alone."""
    return folded(text).text


def folded(text: str) -> Folded:
    """The folded form with its map back to ``text``."""
    letters = _letters(text)
    words = _words(letters)
    kept: list[tuple[str, int, int]] = []
    for place, word in enumerate(words):
        if place:
            before = words[place - 1]
            if not is_joined(_spelled(before), _spelled(word)):
                kept.append(_space(before[-1], word[0]))
        kept.extend(word)
    return Folded(
        text, _spelled(kept), tuple(start for _, start, _ in kept), tuple(end for _, _, end in kept)
    )


def _letters(text: str) -> list[tuple[str, int, int]]:
    """Folded characters with their bounds; a mark that is dropped belongs to the letter before it."""
    letters: list[tuple[str, int, int]] = []
    for place, letter in enumerate(text):
        plain = fold_letter(letter)
        if not plain and letters and letters[-1][2] == place:
            value, start, _ = letters[-1]
            letters[-1] = (value, start, place + 1)
        letters.extend((part, place, place + 1) for part in plain)
    return letters


def _words(letters: list[tuple[str, int, int]]) -> list[list[tuple[str, int, int]]]:
    words: list[list[tuple[str, int, int]]] = [[]]
    for letter in letters:
        if letter[0] != " ":
            words[-1].append(letter)
        elif words[-1]:
            words.append([])
    return [word for word in words if word]


def _space(left: tuple[str, int, int], right: tuple[str, int, int]) -> tuple[str, int, int]:
    """The space between two letters; both may come from one character (¼)."""
    return " ", min(left[2], right[1]), max(left[2], right[1])


def _spelled(letters: list[tuple[str, int, int]]) -> str:
    return "".join(value for value, _, _ in letters)
