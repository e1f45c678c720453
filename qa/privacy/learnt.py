"""Sentences of a customer's calls that scorecards have learnt as examples: taken out of drafts and versions.

Only what has the words of a sentence of such a call, three or more, and is in none of the sets that are
shipped: what everybody says all day is nobody's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from qa.errors import InvalidScorecard
from qa.judge.sentences import split
from qa.scorecard import parse_scorecard, shared_sets
from qa.store.call.findings import load_words
from qa.store.database import Transaction
from qa.store.erasing.learnt import replace_text, scorecard_texts
from qa.text import fold

_WORD = re.compile(r"[^\W_]+")
FEWEST = 3
"""Words of a sentence that can be told from what everybody says."""


@dataclass(frozen=True, slots=True)
class Unlearnt:
    """How many sentences went, and the scorecards that would be none without the ones they keep."""

    sentences: int
    kept: tuple[str, ...]


def said_in(tx: Transaction, call_ids: Iterable[int]) -> frozenset[str]:
    """The sentences of calls that could be examples somewhere, as ``_plain`` writes them."""
    every: set[str] = set()
    for call_id in call_ids:
        words = load_words(tx, call_id)
        for one in words.transcript.utterances if words else ():
            every |= {_plain(one.text), *(_plain(part.text) for part in split(one.id, one.text))}
    return frozenset(text for text in every if len(text.split()) >= FEWEST)


def unlearn(tx: Transaction, sentences: frozenset[str]) -> Unlearnt:
    """Take these sentences out of every scorecard's own examples."""
    count, kept = 0, []
    own = sentences - _shipped() if sentences else frozenset()
    for place, content in scorecard_texts(tx) if own else ():
        plain = _plain(content)
        if not any(one in plain for one in own):
            continue  # to read a text is dear, and hardly any has learnt from this customer
        value = yaml.safe_load(content)
        found = _strip(value.get("examples") if isinstance(value, dict) else None, own)
        if not found:
            continue
        text = str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110))
        if _valid(text) or not _valid(content):
            replace_text(tx, place, text)
            count += found
        else:
            kept.append(place[0] if place[1] is None else f"{place[0]} {place[1]}")
    return Unlearnt(count, tuple(kept))


def _strip(value: Any, sentences: frozenset[str]) -> int:
    """Remove the sentences from every list inside; gives how many."""
    if isinstance(value, dict):
        return sum(_strip(part, sentences) for part in value.values())
    if not isinstance(value, list):
        return 0
    kept = [part for part in value if not (isinstance(part, str) and _plain(part) in sentences)]
    gone, value[:] = len(value) - len(kept), kept
    return gone + sum(_strip(part, sentences) for part in kept)


def _plain(text: str) -> str:
    """The words alone, folded: a full stop or another keyboard makes no other sentence."""
    return " ".join(_WORD.findall(fold(text)))


def _shipped() -> frozenset[str]:
    return frozenset(_texts(shared_sets().values()))


def _texts(sets: Iterable[Any]) -> Iterator[str]:
    for one in sets:
        yield from (_plain(sentence.text) for sentence in one.sentences)


def _valid(text: str) -> bool:
    try:
        parse_scorecard(text, "without")
    except InvalidScorecard:
        return False
    return True
