"""What customers of the demo centre write, and what each text was read as by the shipped model.

``python -m qa.demo.feedback.words`` reads the texts anew after a change of them or of the model.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.demo.dialogues import DEMO_DIR
from qa.store.kinds import Feeling
from qa.store.voice.sentiments import Reading, text_key

TEXTS, READINGS = DEMO_DIR / "voices.tsv", DEMO_DIR / "voices.readings.tsv"
READ = ("comment", "survey", "thanks")
ANY = "any"


@dataclass(frozen=True, slots=True)
class Line:
    """A written text: its language, use (comment, survey, thanks, reply, remedy), queue, tone and words."""

    language: str
    use: str
    queue: str
    tone: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of the centre."""

    lines: tuple[Line, ...]

    def pick(self, language: str, use: str, tone: str, queue: int | None = None) -> tuple[str, ...]:
        """Texts for a use; those of the queue itself where there are any, else those of any queue."""
        fit = [one for one in self.lines if (one.language, one.use, one.tone) == (language, use, tone)]
        own = [one.text for one in fit if one.queue == str(queue)]
        return tuple(own or [one.text for one in fit if one.queue == ANY])


def read_words() -> Words:
    """The written texts."""
    return Words(tuple(Line(*row) for row in _rows(TEXTS)[1:]))


def kept_readings() -> tuple[str, tuple[Reading, ...]]:
    """The model that read the texts, and what it said; used only where that model is the one in use."""
    (model, *_), *rows = _rows(READINGS)
    return model, tuple(
        Reading(key, Feeling(label), float(score), float(confidence), language or None)
        for key, label, score, confidence, language in rows
    )


def read_anew(lines: Sequence[Line]) -> list[Reading]:
    """What the shipped model says now."""
    from qa.sentiment import sentiments

    texts = sorted({line.text for line in lines if line.use in READ}, key=len)
    return [
        Reading(text_key(text), Feeling(s.label), round(s.score, 4), round(s.confidence, 4), s.language)
        for text, s in zip(texts, sentiments(texts), strict=True)
    ]


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _write() -> None:
    from qa.sentiment import installed

    rows = [
        (r.text_key, r.label, r.score, r.confidence, r.language or "") for r in read_anew(read_words().lines)
    ]
    text = "".join("\t".join(map(str, row)) + "\n" for row in [(installed().key,), *rows])
    READINGS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    _write()
