"""How much personal data is found, and how much else is hit, on marked lines.

A marked line is a conversation of one or more turns, apart by ``¦``, each with ``a:`` (agent) or ``c:``
(customer) before it or nothing (customer). Personal data is marked as ``{KIND|as it was said}``.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qa.errors import QAError
from qa.records import Share, Speaker, Transcript, Utterance
from qa.redact import KINDS, PLACEHOLDER, redact
from qa.text import language_of

_MARK = re.compile(r"\{([A-Z_]+)\|([^{}|]+)\}")
_SPEAKERS = {"a": Speaker.AGENT, "c": Speaker.CUSTOMER}


@dataclass(frozen=True, slots=True)
class MarkedTurn:
    """What was said, and where the personal data is: start, end, kind."""

    speaker: Speaker
    text: str
    data: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A conversation with marks. ``name`` says what it tries."""

    name: str
    turns: tuple[MarkedTurn, ...]


@dataclass(frozen=True, slots=True)
class RedactionFigures:
    """``found`` of ``data`` marked parts are gone entirely; ``named`` of them with the right kind;
    ``false_hits`` redactions touch no marked part. ``missed`` and ``false`` name the lines.
    """

    lines: int
    utterances: int
    data: int
    found: int
    named: int
    false_hits: int
    per_kind: tuple[tuple[str, int, int], ...]
    missed: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def recall(self) -> Share | None:
        """Found of marked; ``None`` without marks."""
        return self.found / self.data if self.data else None

    @property
    def false_per_utterance(self) -> float | None:
        """False hits per utterance; ``None`` without utterances."""
        return self.false_hits / self.utterances if self.utterances else None


def read_marked_lines(path: Path) -> tuple[MarkedLine, ...]:
    """Lines of ``name<TAB>turns``; empty lines and lines that begin with ``#`` are passed over.

    Raises:
        QAError: a line without a tab or with an unknown kind.
    """
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            name, tab, talk = line.partition("\t")
            kinds = {mark[1] for mark in _MARK.finditer(talk)}
            if not tab or not kinds <= set(KINDS):
                raise QAError(
                    f"{path.name}, line {number}: write a name, a tab and turns with marks like {{MOBILE|…}}."
                )
            out.append(MarkedLine(name, tuple(_turn(turn) for turn in talk.split("¦"))))
    return tuple(out)


def _turn(written: str) -> MarkedTurn:
    head = re.match(r"\s*([ac]):\s*", written)
    marked = written[head.end() :] if head else written
    data = []
    text = ""
    place = 0
    for mark in _MARK.finditer(marked):
        text += marked[place : mark.start()]
        data.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        place = mark.end()
    return MarkedTurn(_SPEAKERS[head[1] if head else "c"], text + marked[place:], tuple(data))


def evaluate_redaction(lines: Iterable[MarkedLine]) -> RedactionFigures:
    """Redacts every line and compares with its marks."""
    total: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    missed: list[str] = []
    false: list[str] = []
    for line in lines:
        redacted, _ = redact(_transcript(line))
        total["lines"] += 1
        for turn, utterance in zip(line.turns, redacted.utterances, strict=True):
            hits = _hits(turn.text, utterance.text)
            total["utterances"] += 1
            for start, end, kind in turn.data:
                marked[kind] += 1
                found = _is_covered(turn.text, start, end, hits)
                gone[kind] += found
                total["named"] += found and any(h[2] == kind and h[0] < end and start < h[1] for h in hits)
                missed += [] if found else [line.name]
            wrong = [h for h in hits if not any(h[0] < end and start < h[1] for start, end, _ in turn.data)]
            total["false"] += len(wrong)
            false += [line.name] if wrong else []
    kinds = tuple((kind, gone[kind], marked[kind]) for kind in KINDS if marked[kind])
    return RedactionFigures(
        total["lines"], total["utterances"], marked.total(), gone.total(), total["named"], total["false"],
        kinds, tuple(missed), tuple(false),
    )  # fmt: skip


def _transcript(line: MarkedLine) -> Transcript:
    turns = tuple(Utterance(place, turn.speaker, None, turn.text) for place, turn in enumerate(line.turns))
    language = language_of(" ".join(turn.text for turn in line.turns)) or "en"
    return Transcript(language, "marked", "", turns)


def _hits(text: str, redacted: str) -> list[tuple[int, int, str]]:
    """Where the placeholders' originals were, found from the words that stayed between them."""
    out: list[tuple[int, int, str]] = []
    place = taken = 0
    marks = list(PLACEHOLDER.finditer(redacted))
    for index, mark in enumerate(marks):
        start = place + mark.start() - taken
        kept = redacted[mark.end() : marks[index + 1].start() if index + 1 < len(marks) else len(redacted)]
        end = text.find(kept, start) if index + 1 < len(marks) and kept else len(text) - len(kept)
        out.append((start, end, mark[0][1:-1]))
        place, taken = end, mark.end()
    return out


def _is_covered(text: str, start: int, end: int, hits: list[tuple[int, int, str]]) -> bool:
    """True when every letter and digit of the part is inside a hit."""
    return all(
        not text[place].isalnum() or any(first <= place < last for first, last, _ in hits)
        for place in range(start, end)
    )
