"""A call as turns of folded words, each with its place in the original text.

Words are matched without the spaces between them (می‌خوام, می خوام and میخوام are the same letters), but a
match begins and ends where a word does.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby

from qa.records import Speaker, Utterance
from qa.text import fold

_WRITTEN = re.compile(r"<[A-Z_]+>|[^\s<]+|<")
_ENDS_CLAUSE = frozenset(".,;:!?،؛؟…)")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side says until the other speaks.

    ``words`` are folded; ``places[i]`` is (utterance's index in the call, number of the written word there);
    ``clause_ends`` are the words with a stop or comma behind them. ``text`` is the words without spaces,
    ``starts[i]`` where word ``i`` begins in it, and ``ends`` tells how many words lie before a place where a
    word ends. ``number`` counts the speaker's turns from 0.
    """

    speaker: Speaker
    number: int
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    clause_ends: frozenset[int]
    text: str
    starts: tuple[int, ...]
    ends: dict[int, int]


def turns_of(utterances: tuple[Utterance, ...]) -> tuple[Turn, ...]:
    """The turns of a call in order."""
    count: dict[Speaker, int] = {}
    turns = []
    for speaker, group in groupby(enumerate(utterances), key=lambda item: item[1].speaker):
        number = count.get(speaker, 0)
        count[speaker] = number + 1
        turns.append(_turn(speaker, number, [(index, utterance.text) for index, utterance in group]))
    return tuple(turns)


def with_words(turn: Turn, words: tuple[str, ...]) -> Turn:
    """The same turn with other words in the same places."""
    starts, ends = _bounds(words)
    return Turn(turn.speaker, turn.number, words, turn.places, turn.clause_ends, "".join(words), starts, ends)


def written_bounds(text: str, first: int, last: int) -> tuple[int, int]:
    """Characters of a text from its written word ``first`` to ``last`` (numbers from 0, both included)."""
    spans = _written(text)
    return spans[first][0], spans[last][1]


@lru_cache(maxsize=1024)
def _written(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in _WRITTEN.finditer(text))


def _turn(speaker: Speaker, number: int, said: list[tuple[int, str]]) -> Turn:
    words: list[str] = []
    places: list[tuple[int, int]] = []
    clause_ends: list[int] = []
    for index, text in said:
        for count, (parts, ends_clause) in enumerate(map(_folded, _WRITTEN.findall(text))):
            if len(parts) == 1:  # as good as always, and a call has many words
                words.append(parts[0])
                places.append((index, count))
            else:
                words += parts
                places += [(index, count)] * len(parts)
            if ends_clause:
                clause_ends.append(len(words) - 1)
    starts, ends = _bounds(words)
    joined = "".join(words)
    return Turn(speaker, number, tuple(words), tuple(places), frozenset(clause_ends), joined, starts, ends)


def _bounds(words: list[str] | tuple[str, ...]) -> tuple[tuple[int, ...], dict[int, int]]:
    edges = tuple(accumulate(map(len, words), initial=0))
    return edges[:-1], dict(zip(edges[1:], range(1, len(edges)), strict=True))


@lru_cache(maxsize=65536)
def _folded(written: str) -> tuple[tuple[str, ...], bool]:
    """The folded words in a written one; a placeholder stays as it is, so that no phrase can match it."""
    if written.startswith("<") and len(written) > 1:
        return (written,), False
    return tuple(fold(written).split()), written[-1] in _ENDS_CLAUSE
