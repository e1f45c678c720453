"""Readings kept between runs by the hash of their text, so that a file read twice costs once."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from qa.sentiment.language import language_of_text
from qa.sentiment.model import installed
from qa.sentiment.read import Sentiment, sentiments

BATCH = 128


class Kept:
    """Readings in a file of the site; never the words themselves. Another model has another file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"sentiment-{installed().key}.jsonl"
        self._known = _read(self._path)

    def sentiments(
        self, texts: Sequence[str], told: Callable[[int], None] = lambda _: None
    ) -> list[Sentiment]:
        """One a text, in order; ``told`` hears how many are done."""
        keys = [_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        waiting = sorted(new, key=lambda key: len(new[key]))  # texts of like length read faster together
        told(len(texts) - len(waiting))
        for first in range(0, len(waiting), BATCH):
            some = waiting[first : first + BATCH]
            found = dict(zip(some, sentiments([new[key] for key in some]), strict=True))
            self._known |= {key: (one.label, one.score, one.confidence) for key, one in found.items()}
            self._write(some)
            told(len(texts) - len(waiting) + first + len(some))
        return [
            Sentiment(*self._known[key], language_of_text(text))
            for key, text in zip(keys, texts, strict=True)
        ]

    def _write(self, keys: Sequence[str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps([key, *self._known[key]]) + "\n" for key in keys)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _read(path: Path) -> dict[str, tuple[str, float, float]]:
    """What was kept; a line that broke off with the machine is left out."""
    known: dict[str, tuple[str, float, float]] = {}
    if not path.exists():
        return known
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            key, label, score, confidence = json.loads(line)
            known[str(key)] = (str(label), float(score), float(confidence))
        except (ValueError, TypeError):
            continue
    return known
