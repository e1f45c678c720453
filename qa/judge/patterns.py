"""A phrase made ready for looking up: an anchor that begins it, then choices and slots."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.judge.words import Turn
from qa.scorecard import Part, parse_phrase
from qa.text import fold

LONGEST = {"word": 1, "words": 4, "name": 3}
MOST_ANCHORS = (
    250  # forms of a phrase's beginning that are written out; the rest is tried one after the other
)


@dataclass(frozen=True, slots=True)
class Literal:
    """Folded letters without spaces; ``open_end`` lets the last word go on."""

    text: str
    open_end: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several literals; ``optional`` when none is fine too."""

    literals: tuple[Literal, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """One or more words; ``name`` refuses those that cannot be a name."""

    longest: int
    name: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """``before`` slots of one word each, the ``anchor`` that is looked up, and what must follow.

    ``bare``: there is nothing but the anchor.
    """

    before: tuple[Slot, ...]
    anchor: Literal
    after: tuple[Choice | Slot, ...]
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Words that no name slot takes."""

    words: frozenset[str]

    def possible(self, word: str) -> bool:
        """True when a word can be a part of a name."""
        return len(word) > 1 and word.isalpha() and word not in self.words


def patterns_of(phrase: str) -> Iterator[Pattern]:
    """The patterns that together find a phrase."""
    for parts in parse_phrase(phrase):
        place = next(index for index, part in enumerate(parts) if not part.slot)
        before = tuple(_slot(part) for part in parts[:place])
        heads, end = [""], place
        while end < len(parts) and _goes_on(parts[end], heads):
            heads = [head + _flat(option) for head in heads for option in parts[end].options]
            end += 1
        after = tuple(_slot(part) if part.slot else _choice(part) for part in parts[end:])
        for head in dict.fromkeys(heads):
            yield Pattern(before, Literal(head.rstrip("*"), head.endswith("*")), after, not (before or after))


def words_of(phrase: str) -> tuple[str, ...]:
    """The folded words that a phrase may hold."""
    options = [option for parts in parse_phrase(phrase) for part in parts for option in part.options]
    return tuple(word for option in options for word in fold(option.rstrip("*")).split())


def match(pattern: Pattern, turn: Turn, bounds: tuple[int, int], names: Names) -> tuple[int, int] | None:
    """The words of the whole match around an anchor found at ``bounds``; ``None`` without the rest."""
    first = bounds[0] - len(pattern.before)
    if first < 0:
        return None
    for place, slot in enumerate(pattern.before, first):
        if place in turn.clause_ends or (slot.name and not names.possible(turn.words[place])):
            return None
    end = _follow(pattern.after, turn, bounds[1], names)
    return None if end is None else (first, end)


def word_end(turn: Turn, place: int, open_end: bool) -> int | None:
    """How many words lie before a place in the letters; ``None`` inside a word, unless the end is open."""
    end = turn.ends.get(place)
    if end is None and open_end:
        end = next(count for limit, count in turn.ends.items() if limit >= place)
    return end


def _goes_on(part: Part, heads: list[str]) -> bool:
    """True while the anchor may take in one more part."""
    if part.slot or any(head.endswith("*") for head in heads):
        return False
    return "" in heads or len(heads) * len(part.options) <= MOST_ANCHORS


def _slot(part: Part) -> Slot:
    return Slot(LONGEST[part.slot], part.slot == "name")


def _choice(part: Part) -> Choice:
    literals = tuple(_literal(option) for option in part.options if option)
    return Choice(literals, "" in part.options)


def _literal(written: str) -> Literal:
    return Literal(_flat(written).rstrip("*"), written.endswith("*"))


@lru_cache(maxsize=8192)
def _flat(written: str) -> str:
    """Folded, without spaces, with its star."""
    return fold(written.rstrip("*")).replace(" ", "") + "*" * written.endswith("*")


def _follow(parts: tuple[Choice | Slot, ...], turn: Turn, place: int, names: Names) -> int | None:
    """Words up to the end of the parts that begin at word ``place``."""
    if not parts:
        return place
    part, rest = parts[0], parts[1:]
    if place < len(turn.words):
        ends = _fills(part, turn, place, names) if isinstance(part, Slot) else _chosen(part, turn, place)
        for end in ends:
            found = _follow(rest, turn, end, names)
            if found is not None:
                return found
    return _follow(rest, turn, place, names) if isinstance(part, Choice) and part.optional else None


def _chosen(choice: Choice, turn: Turn, place: int) -> Iterator[int]:
    start = turn.starts[place]
    for literal in choice.literals:
        if turn.text.startswith(literal.text, start):
            end = word_end(turn, start + len(literal.text), literal.open_end)
            if end is not None:
                yield end


def _fills(slot: Slot, turn: Turn, place: int, names: Names) -> Iterator[int]:
    """As few words as let the rest follow; a clause may end with the slot, not inside it."""
    for end in range(place + 1, min(place + slot.longest, len(turn.words)) + 1):
        if slot.name and not names.possible(turn.words[end - 1]):
            return
        yield end
        if end - 1 in turn.clause_ends:
            return
