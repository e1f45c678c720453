"""What a recogniser's probability is worth: the share of words with it that are right.

Whisper is a little too unsure of English words and far too sure of Persian ones that a small model wrote. A
line through the log-odds (Platt, "Probabilistic outputs for support vector machines", 1999) mends both; its
two numbers are measured per engine, model and language by ``python -m qa bench confidence`` and kept with
their provenance in ``data/confidence.json``. What was not measured stays as the recogniser says it.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from qa.records import Heard, Hearing, Share, Word
from qa.settings import ROOT

FILE = ROOT / "data" / "confidence.json"
_EDGE = 1e-3
"""Probabilities nearer to 0 or 1 are taken for this: one word must not have endless odds."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A line through the log-odds: ``slope``, never below 0 so that words keep their order, ``intercept``."""

    slope: float
    intercept: float

    def share(self, probability: Share) -> Share:
        """The share of words with this probability that are right."""
        return 1 / (1 + math.exp(-(self.slope * log_odds(probability) + self.intercept)))


def log_odds(probability: Share) -> float:
    """Natural logarithm of the odds, kept away from both ends."""
    kept = min(1 - _EDGE, max(_EDGE, probability))
    return math.log(kept / (1 - kept))


def calibration(engine: str, model: str, language: str) -> Calibration | None:
    """What was measured for an engine with a model in a language; ``None`` when nothing was."""
    return _measured(FILE).get((engine, model, language))


def calibrated(hearing: Hearing) -> Hearing:
    """A hearing whose word probabilities and confidences are shares of right words, where that was measured.

    An utterance's confidence is the mean of its words': the share of them that is expected to be right.
    """
    found = calibration(hearing.engine, hearing.model, hearing.language)
    if found is None:
        return hearing
    return replace(hearing, heard=tuple(_heard(one, found) for one in hearing.heard))


def expected(words: Sequence[Word]) -> Share:
    """The share of words that is expected to be right."""
    return sum(word.probability for word in words) / len(words)


def _heard(heard: Heard, found: Calibration) -> Heard:
    if not heard.words:
        return replace(heard, confidence=found.share(heard.confidence))
    words = tuple(replace(word, probability=found.share(word.probability)) for word in heard.words)
    return replace(heard, words=words, confidence=expected(words))


@cache
def _measured(path: Path) -> dict[tuple[str, str, str], Calibration]:
    rows = json.loads(path.read_text(encoding="utf-8"))["calibrations"]
    return {
        (row["engine"], row["model"], row["language"]): Calibration(row["slope"], row["intercept"])
        for row in rows
    }
