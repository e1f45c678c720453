"""Insults in a line: the project's word lists and persian-text-guard, which also sees masked words."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.abuse.lexicon import Entries, Lexicon, hurting_words, lexicon
from qa.text import fold

if TYPE_CHECKING:
    from persian_text_guard import ProfanityFilter

NEAR = 3  # words between a rude word and the "you" that aims it
SPELLED = 3  # single letters in a row that are read as one word
_WRITTEN = re.compile(r"\S+")
_PIECES = re.compile("[^\\W_]+(?:['’\u200c][^\\W_]+)*")
# Letters with signs, digits or stops between them, or held down: what the package alone can read.
_MASKED = re.compile(r"[^\W\d_][@$*!#0-9._\-]+[^\W\d_]|([^\W\d_])\1\1")
_PLACEHOLDER = re.compile(r"<[A-Z_]+>")


@dataclass(frozen=True, slots=True, order=True)
class Insult:
    """Where a line hurts: characters ``start`` to ``end`` (half open)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    spelled: bool = False


def insults(text: str) -> tuple[Insult, ...]:
    """Every insult in a line of Persian, Finglish or English, in order, without overlaps."""
    words, lists = _words(text), lexicon()
    found = []
    for place, word in enumerate(words):
        size = _longest(words, place, lists.insult)
        if not size and (size := _longest(words, place, lists.aimed)):
            size = size if word.spelled or _is_near(words, place, size, lists.beside) else 0
        if size and not _is_own(words, place, lists):
            found.append(Insult(word.start, words[place + size - 1].end))
    if _MASKED.search(_PLACEHOLDER.sub(" ", text)):
        found += _masked(text)
    kept: list[Insult] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _words(text: str) -> list[_Word]:
    words = []
    for written in _WRITTEN.finditer(text):
        for piece in _PIECES.finditer(written[0]):
            start = written.start() + piece.start()
            words += [_Word(each, start, start + len(piece[0])) for each in _folded(piece[0])]
    return _spelled_out(words)


def _spelled_out(words: list[_Word]) -> list[_Word]:
    """Runs of single letters as one word: «ا ح م ق»."""
    out: list[_Word] = []
    run: list[_Word] = []
    for word in [*words, _Word("", 0, 0)]:
        if len(word.text) == 1 and not word.text.isdigit():
            run.append(word)
            continue
        if len(run) >= SPELLED:
            run = [_Word("".join(one.text for one in run), run[0].start, run[-1].end, True)]
        out += run
        run = []
        out.append(word)
    return out[:-1]


def _longest(words: list[_Word], place: int, entries: Entries) -> int:
    """How many words the longest entry that begins here has; 0 for none."""
    first = words[place].text
    best = 0
    for rest, open_end in entries.starting(first):
        size = 1 + len(rest)
        if size <= best or place + size > len(words):
            continue
        following = [word.text for word in words[place + 1 : place + size]]
        same = all(one == other for one, other in zip(following[:-1], rest[:-1], strict=True))
        if not rest or (
            same and (following[-1].startswith(rest[-1]) if open_end else following[-1] == rest[-1])
        ):
            best = size
    return best


def _is_near(words: list[_Word], place: int, size: int, entries: Entries) -> bool:
    first, last = max(0, place - NEAR), min(len(words), place + size + NEAR)
    around = [*range(first, place), *range(place + size, last)]
    return any(_longest(words, other, entries) for other in around)


def _is_own(words: list[_Word], place: int, lists: Lexicon) -> bool:
    """True for a word that speakers say of themselves: "I was an idiot"."""
    before = words[max(0, place - NEAR) : place]
    return any(any(lists.own.starting(word.text)) for word in before) and not any(
        any(lists.beside.starting(word.text)) for word in before
    )


def _masked(text: str) -> list[Insult]:
    allowed = lexicon().allowed
    return [
        Insult(match.index, match.index + match.length)
        for match in _guard().find_matches(text)
        if fold(match.word.text) not in allowed
    ]


@lru_cache(maxsize=65536)
def _folded(piece: str) -> tuple[str, ...]:
    return tuple(fold(piece).split())


@lru_cache(maxsize=1)
def _guard() -> "ProfanityFilter":
    from persian_text_guard import ProfanityFilter

    return ProfanityFilter(hurting_words())
