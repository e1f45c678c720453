"""Phrases turned round by a word near them: «نمی‌تونم … ضمانت کنم», "I can't promise"."""

from dataclasses import dataclass

from qa.judge.words import Turn
from qa.scorecard import LanguageWords
from qa.scorecard.model import Negation
from qa.text import fold

REACH = 4  # words between a negator and what it negates; longer ones are nearly always another clause


@dataclass(frozen=True, slots=True)
class _Words:
    whole: frozenset[str]
    openings: tuple[str, ...]

    def has(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.openings)


class Negations:
    """The negators of one language."""

    def __init__(self, words: LanguageWords) -> None:
        self._before = _words(words.negators)
        self._next = _words(words.negators_next)
        self._after = _words((*words.negators, *words.negators_after))
        self._breaks = _words(words.breaks)

    def turned(self, turn: Turn, start: int, end: int, guard: Negation) -> bool:
        """True when a negator in the same clause stands before the words, or after them with ``around``."""
        if guard == "off":
            return False
        return self._is_before(turn, start) or (guard == "around" and self._is_after(turn, end))

    def _is_before(self, turn: Turn, start: int) -> bool:
        for place in range(start - 1, max(-1, start - 1 - REACH), -1):
            word = turn.words[place]
            if place in turn.clause_ends or self._breaks.has(word):
                return False
            if self._before.has(word) or (place == start - 1 and self._next.has(word)):
                return True
        return False

    def _is_after(self, turn: Turn, end: int) -> bool:
        for place in range(end, min(len(turn.words), end + REACH)):
            word = turn.words[place]
            if place - 1 in turn.clause_ends or self._breaks.has(word):
                return False
            if self._after.has(word):
                return True
        return False


def _words(written: tuple[str, ...]) -> _Words:
    whole = frozenset(fold(word).replace(" ", "") for word in written if not word.endswith("*"))
    openings = tuple(fold(word[:-1]).replace(" ", "") for word in written if word.endswith("*"))
    return _Words(whole, openings)
