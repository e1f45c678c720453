"""How familiar, colloquial or formal the words of a line are (``data/lexicons/register.yaml``)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import yaml

from qa.errors import InvalidScorecard
from qa.judge.persian_verbs import is_contracted, speaks_politely, speaks_to_one
from qa.settings import ROOT
from qa.text import fold

PATH = ROOT / "data" / "lexicons" / "register.yaml"
LONGEST = 4  # words of the longest entry
Manner = Literal["formal", "colloquial", "familiar"]
_POLITE = "polite"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or a few that tell something: ``kind`` is a name of the word lists; words half open."""

    kind: str
    start: int
    end: int


def marks_of(words: tuple[str, ...], language: str) -> tuple[Mark, ...]:
    """Everything that tells the manner of folded words, in order."""
    return tuple(_marks(words, language))


def manner_of(marks: tuple[Mark, ...]) -> Manner | None:
    """The manner of a line; ``None`` when nothing in it tells.

    One familiar word makes it familiar. Else spoken forms against written and courteous ones; as many of
    both is a spoken line with a courteous word in it.
    """
    kinds = [mark.kind for mark in marks]
    if "familiar" in kinds or "endearment" in kinds:
        return "familiar"
    colloquial, bookish = kinds.count("colloquial"), kinds.count("bookish")
    if colloquial and colloquial >= bookish:
        return "colloquial"
    return "formal" if bookish or "courteous" in kinds or _POLITE in kinds else None


def _marks(words: tuple[str, ...], language: str) -> Iterator[Mark]:
    phrases, beginnings = _lexicon(language)[0], _beginnings(language)
    for start, word in enumerate(words):
        if word.startswith("<"):
            continue
        if word in beginnings:
            for end in range(start + 1, min(len(words), start + LONGEST) + 1):
                for kind in phrases.get(words[start:end], ()):
                    yield Mark(kind, start, end)
        for kind in _alone(word, language):
            yield Mark(kind, start, start + 1)


@lru_cache(maxsize=4)
def _beginnings(language: str) -> frozenset[str]:
    """Words that an entry begins with: most words of a call begin none."""
    return frozenset(words[0] for words in _lexicon(language)[0] if words)


@lru_cache(maxsize=65536)
def _alone(word: str, language: str) -> tuple[str, ...]:
    """What a word tells by its beginning and its form."""
    return _opened(word, language) + (_forms(word) if language == "fa" else ())


def _opened(word: str, language: str) -> tuple[str, ...]:
    return tuple(kind for opening, kind in _lexicon(language)[1] if word.startswith(opening))


def _forms(word: str) -> tuple[str, ...]:
    """What a Persian word's form tells; what the word lists say of the word itself goes before."""
    listed = {kind for kind in _lexicon("fa")[0].get((word,), ()) if kind != "warm"}
    if speaks_to_one(word):
        return () if listed else ("familiar",)
    found = [_POLITE] if word == "شما" or speaks_politely(word) else []
    if is_contracted(word) and not listed:
        found.append("colloquial")
    return tuple(found)


@lru_cache(maxsize=4)
def _lexicon(
    language: str,
) -> tuple[Mapping[tuple[str, ...], tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """Kinds by folded words, and openings of words with their kind."""
    try:
        lists = yaml.safe_load(PATH.read_text(encoding="utf-8")).get(language, {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidScorecard(
            f"The word list {PATH.name} cannot be read; put the shipped file back."
        ) from error
    phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
    openings: list[tuple[str, str]] = []
    for kind, entries in lists.items():
        for entry in entries:
            words = tuple(fold(str(entry).rstrip("*")).split())
            if str(entry).endswith("*") and len(words) == 1:
                openings.append((words[0], kind))
            elif kind not in phrases.get(words, ()):
                phrases[words] = (*phrases.get(words, ()), kind)
    return phrases, tuple(openings)
