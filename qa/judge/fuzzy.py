"""Words that a recogniser wrote with one wrong letter, put right before a second look.

Only words of six letters or more are put right, to a word that begins alike and occurs in a phrase of two or
more words. Persian verbs with می and نمی stay as they are: one letter makes another person or a negation.
"""

from collections.abc import Iterable

from qa.judge.words import Turn, with_words

SHORTEST = 6
_VERBS = ("می", "نمی")


class Corrector:
    """Finds the one known word that differs from a misheard word by one letter."""

    def __init__(self, wanted: Iterable[str], known: Iterable[str]) -> None:
        """``wanted`` words may replace others; ``known`` words are never replaced."""
        self._known = frozenset(known)
        self._near: dict[str, set[str]] = {}
        self._seen: dict[str, str | None] = {}
        for word in wanted:
            if len(word) >= SHORTEST and not word.startswith(_VERBS):
                for short in _shortened(word):
                    self._near.setdefault(short, set()).add(word)

    def corrected(self, word: str) -> str | None:
        """The right word, or ``None`` when there is none or more than one."""
        if word not in self._seen:
            if len(self._seen) > 100_000:
                self._seen.clear()
            self._seen[word] = self._find(word)
        return self._seen[word]

    def turn(self, turn: Turn) -> tuple[Turn, frozenset[int]] | None:
        """The turn with misheard words put right, and which ones; ``None`` when nothing changed."""
        seen, changed = self._seen, {}
        for place, word in enumerate(turn.words):
            right = seen[word] if word in seen else self.corrected(word)
            if right is not None:
                changed[place] = right
        if not changed:
            return None
        words = tuple(changed.get(place, word) for place, word in enumerate(turn.words))
        return with_words(turn, words), frozenset(changed)

    def _find(self, word: str) -> str | None:
        if len(word) < SHORTEST - 1 or word in self._known or word.startswith(_VERBS):
            return None
        near = {
            right
            for short in _shortened(word)
            for right in self._near.get(short, ())
            if right[0] == word[0] and _one_apart(right, word)
        }
        return near.pop() if len(near) == 1 else None


def _shortened(word: str) -> set[str]:
    """The word and all its forms with one letter left out."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def _one_apart(one: str, other: str) -> bool:
    """True when one letter was changed, added or left out."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((place for place, letter in enumerate(short) if letter != long[place]), len(short))
    rest = same + (len(long) == len(short))
    return short[rest:] == long[same + 1 :]
