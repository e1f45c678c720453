"""Words with which an agent commits the house, from ``data/lexicons/promise-<language>.yaml``."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.errors import InvalidScorecard
from qa.judge.index import Index
from qa.judge.patterns import Names
from qa.judge.words import turns_of, written_bounds
from qa.records import Speaker, Utterance
from qa.scorecard.lexicons import FOLDER, parse_lexicons

KINDS = ("strong", "weak", "not_promise", "now")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one kind at characters ``start`` to ``end`` of the sentence."""

    kind: str
    start: int
    end: int


def said(sentence: str, language: str) -> Iterator[Said]:
    """Every commitment, and every sign against one, in a sentence."""
    index, kinds = _index(language)
    for turn in turns_of((Utterance(0, Speaker.AGENT, None, sentence),)):
        for number, first, end in index.scan(turn):
            start, stop = written_bounds(sentence, turn.places[first][1], turn.places[end - 1][1])
            for kind in kinds[number]:
                yield Said(kind, start, stop)


@lru_cache(maxsize=2)
def _index(language: str) -> tuple[Index, dict[int, tuple[str, ...]]]:
    path = FOLDER / f"promise-{language}.yaml"
    try:
        lists = parse_lexicons(path.read_text(encoding="utf-8"), path.name)
    except OSError as error:
        raise InvalidScorecard(
            f"The word lists {path.name} cannot be read; put the shipped file back."
        ) from error
    index = Index(Names(frozenset()))
    kinds: dict[int, tuple[str, ...]] = {}
    for kind in KINDS:
        for phrase in lists[kind]:
            number = index.add(phrase)
            kinds[number] = (*kinds.get(number, ()), kind)
    return index, kinds
