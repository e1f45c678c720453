"""Where the words of a search stand in calls: the utterances, and in them the stretches to mark."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from qa.records import Seconds, Speaker, Utterance
from qa.store.call.content import unpack
from qa.store.database import Transaction
from qa.store.lists.search import SIDES, Said, open_ended, parts_of
from qa.store.scope import Scope
from qa.store.tables import calls, transcripts
from qa.text import folded, run_together

Stretch = tuple[int, int]
Wanted = tuple[str, re.Pattern[str]]
"""Letters of a part of the query without spaces, which are quickly missed, and the part as a pattern."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An utterance with words of the search. ``marks`` are bounds in ``text`` (half open), left to right;
    ``start`` is ``None`` without times.
    """

    speaker: Speaker
    start: Seconds | None
    text: str
    marks: tuple[Stretch, ...]


def excerpts(
    tx: Transaction, scope: Scope, keys: Collection[str], query: str, said: Said = Said.ANYBODY
) -> Mapping[str, Excerpt]:
    """By call, the utterance in which the most of the words stand, the first of several."""
    wanted = _wanted(query)
    if not wanted or not keys:
        return {}
    columns = (calls.c.key, transcripts.c.content)
    rows = tx.execute(
        select(*columns).select_from(calls.join(transcripts)).where(scope.clause(), calls.c.key.in_(keys))
    )
    found: dict[str, Excerpt] = {}
    for key, content in rows:
        told = list(_told(unpack(content, lazy=True)[0].utterances, wanted, said))
        if told:
            found[key] = max(told, key=lambda one: one[0])[1]
    return found


def marked(
    utterances: Iterable[Utterance], query: str, said: Said = Said.ANYBODY
) -> Mapping[int, tuple[Stretch, ...]]:
    """By number of the utterance all stretches with words of a search, left to right; the other utterances
    are left out.
    """
    return {one.id: _marks(hits) for one, hits in _holding(utterances, _wanted(query), said)}


def _told(utterances: Iterable[Utterance], wanted: list[Wanted], said: Said) -> Iterator[tuple[int, Excerpt]]:
    """Utterances with how many of the parts of the query they hold."""
    for one, hits in _holding(utterances, wanted, said):
        start = None if one.span is None else one.span.start
        yield sum(map(bool, hits)), Excerpt(one.speaker, start, one.text, _marks(hits))
        if all(hits):
            return


def _holding(
    utterances: Iterable[Utterance], wanted: list[Wanted], said: Said
) -> Iterator[tuple[Utterance, list[tuple[Stretch, ...]]]]:
    """Utterances with words of the query, and where each of its parts stands in them."""
    for one in utterances:
        if said and SIDES.get(one.speaker) != said.value:
            continue
        letters = run_together(one.text)
        if not any(word in letters for word, _pattern in wanted):
            continue
        text = folded(one.text)
        hits = [text.find_all(pattern) for _word, pattern in wanted]
        if any(hits):
            yield one, hits


def _wanted(query: str) -> list[Wanted]:
    return [("".join(words), _pattern(words)) for words in parts_of(query)]


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """A word or phrase in folded text, of which the last word may go on."""
    source = r"[\W_]+".join(re.escape(word) for word in words)
    return re.compile(rf"(?<![^\W_]){source}" + (r"[^\W_]*" if open_ended(words[-1]) else r"(?![^\W_])"))


def _marks(hits: list[tuple[Stretch, ...]]) -> tuple[Stretch, ...]:
    """All of them in order, without overlaps."""
    found: list[Stretch] = []
    for start, end in sorted(bounds for each in hits for bounds in each):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
