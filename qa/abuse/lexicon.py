"""The word lists of abuse: ``data/lexicons/abuse.yaml`` and the packaged words, ready for looking up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from qa.errors import InvalidSetting
from qa.settings import ROOT
from qa.text import fold

if TYPE_CHECKING:
    from persian_text_guard import BannedWord

PATH = ROOT / "data" / "lexicons" / "abuse.yaml"
MOST_KNOWN = 50_000  # words remembered
_ZWNJ = "\u200c"
_PLURALS = ("ها", "های", "هاتون")
_SHORTEST = 2  # letters that a word with an open end must begin with


@dataclass(slots=True)
class Entries:
    """Phrases by their first word; a phrase is its other words and whether its last word goes on."""

    whole: dict[str, list[tuple[tuple[str, ...], bool]]] = field(default_factory=dict)
    openings: frozenset[str] = frozenset()
    _known: dict[str, tuple[tuple[tuple[str, ...], bool], ...]] = field(default_factory=dict)

    def starting(self, word: str) -> tuple[tuple[tuple[str, ...], bool], ...]:
        """The phrases that may begin with a folded word."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[word] = tuple(self._look_up(word))
        return found

    def _look_up(self, word: str) -> Iterator[tuple[tuple[str, ...], bool]]:
        yield from self.whole.get(word, ())
        for ending in _PLURALS:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                yield from self.whole.get(word[: -len(ending)], ())
        if any(word[:size] in self.openings for size in range(_SHORTEST, len(word) + 1)):
            yield (), False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``insult`` hurts by itself, ``aimed`` near ``beside``, not after ``own``; ``allowed`` is harmless."""

    insult: Entries
    aimed: Entries
    beside: Entries
    own: Entries
    allowed: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lists of all languages together: a line may mix them.

    Raises:
        InvalidSetting: the shipped file is missing or damaged.
    """
    read = _read()
    allowed = frozenset(fold(str(word)) for part in read.values() for word in part.get("allowed", ()))
    own = [*_of(read, "insult"), *(word for word in _packaged() if fold(word) not in allowed)]
    aimed, beside, self = (_entries(_of(read, name)) for name in ("aimed", "beside", "self"))
    return Lexicon(_entries(own), aimed, beside, self, allowed)


def hurting_words() -> "tuple[BannedWord, ...]":
    """The packaged words that are abuse by themselves; profanity and mild words are mostly about things."""
    from persian_text_guard import WordList

    return WordList.bundled("insult", "sexual", "slur", "harassment")


def _packaged() -> list[str]:
    return [entry.text for entry in hurting_words()]


def _read() -> dict[str, dict[str, list[Any]]]:
    try:
        read: dict[str, dict[str, list[Any]]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidSetting(
            f"The word list {PATH.name} cannot be read; put the shipped file back."
        ) from error
    return read


def _of(read: dict[str, dict[str, list[Any]]], name: str) -> Iterable[str]:
    return [str(word) for part in read.values() for word in part.get(name, ())]


def _spellings(phrases: Iterable[str]) -> Iterator[str]:
    """A half-space is written, left out or written as a space."""
    for phrase in phrases:
        yield phrase
        if _ZWNJ in phrase:
            yield phrase.replace(_ZWNJ, " ")


def _entries(phrases: Iterable[str]) -> Entries:
    entries, openings = Entries(), set()
    for phrase in _spellings(phrases):
        open_end = phrase.endswith("*")
        words = tuple(word for piece in phrase.rstrip("*").split() for word in fold(piece).split())
        if not words:
            continue
        if open_end and len(words) == 1:
            openings.add(words[0])
        else:
            entries.whole.setdefault(words[0], []).append((words[1:], open_end))
    entries.openings = frozenset(openings)
    return entries
