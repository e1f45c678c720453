"""All phrases of a scorecard in one letter tree, so that a call is read once however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from qa.judge.patterns import Names, Pattern, match, patterns_of, words_of
from qa.judge.words import Turn

MOST_STEPS = 100_000  # different words remembered
_HERE = ""  # key of the patterns whose anchor ends at a node; no letter is empty
_OPEN = "*"  # the same for anchors with an open end; folded text has no star


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in turn ``turn``, words ``start`` to ``end`` (half open)."""

    turn: int
    start: int
    end: int
    fuzzy: bool = False


@dataclass(slots=True)
class Index:
    """The tree: a mapping of letters to nodes, at the ends the patterns with their phrase's number.

    ``words[n]`` are the folded words of phrase ``n``.
    """

    names: Names
    root: dict[str, Any] = field(default_factory=dict)
    words: list[tuple[str, ...]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    _steps: dict[str, tuple[Any, tuple[tuple[int, Pattern], ...]]] = field(default_factory=dict)
    _further: dict[tuple[int, str], tuple[Any, tuple[tuple[int, Pattern], ...]]] = field(default_factory=dict)

    def add(self, phrase: str) -> int:
        """The number of a phrase, the same for the same phrase."""
        number = self.numbers.get(phrase)
        if number is None:
            number = self.numbers[phrase] = len(self.words)
            self.words.append(words_of(phrase))
            for pattern in patterns_of(phrase):
                self._plant(pattern, number)
        return number

    def _plant(self, pattern: Pattern, number: int) -> None:
        node = self.root
        for letter in pattern.anchor.text:
            node = node.setdefault(letter, {})
        node.setdefault(_OPEN if pattern.anchor.open_end else _HERE, []).append((number, pattern))

    def scan(self, turn: Turn) -> list[tuple[int, int, int]]:
        """Number, first word and end of every phrase in a turn."""
        found: list[tuple[int, int, int]] = []
        words, steps, further = turn.words, self._steps, self._further
        size = len(words)
        for first, word in enumerate(words):
            node, planted = steps.get(word) or self._step(word)
            last = first + 1
            if planted:
                self._match(planted, turn, (first, last), found)
            while node is not None and last < size:
                key = (id(node), words[last])  # nodes live as long as the tree
                node, planted = further.get(key) or self._on(node, key)
                last += 1
                if planted:
                    self._match(planted, turn, (first, last), found)
        return found

    def _on(self, node: dict[str, Any], key: tuple[int, str]) -> tuple[Any, tuple[tuple[int, Pattern], ...]]:
        """Where one more word leads from a node, and what is complete in it or at its end."""
        if len(self._further) >= MOST_STEPS:
            self._further.clear()
        found = self._further[key] = _walk(node, key[1])
        return found

    def _step(self, word: str) -> tuple[Any, tuple[tuple[int, Pattern], ...]]:
        """Where a word leads from the root (``None``: nowhere) and what is complete with it."""
        if len(self._steps) >= MOST_STEPS:
            self._steps.clear()
        self._steps[word] = _walk(self.root, word)
        return self._steps[word]

    def _match(
        self,
        planted: Iterable[tuple[int, Pattern]],
        turn: Turn,
        bounds: tuple[int, int],
        found: list[tuple[int, int, int]],
    ) -> None:
        for number, pattern in planted:
            # Most phrases are whole with their anchor.
            whole = bounds if pattern.bare else match(pattern, turn, bounds, self.names)
            if whole is not None:
                found.append((number, *whole))


def _walk(node: Any, word: str) -> tuple[Any, tuple[tuple[int, Pattern], ...]]:
    """Down the tree by the letters of a word: the node there (``None``: none) and the patterns passed."""
    planted: list[tuple[int, Pattern]] = []
    for letter in word:
        node = node.get(letter)
        if node is None:
            break
        planted += node.get(_OPEN, ())
    if node is not None:
        planted += node.get(_HERE, ())
    return node, tuple(planted)
