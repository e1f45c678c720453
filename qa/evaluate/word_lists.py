"""Baselines that count words: VADER for English, a small list with negation for Persian."""

from collections.abc import Sequence

import yaml

from qa.errors import ModelMissing
from qa.settings import ROOT
from qa.text import fold

PATH = ROOT / "data" / "lexicons" / "opinion-fa.yaml"


def vader(texts: Sequence[str]) -> list[float]:
    """VADER's compound score of each text, -1 to 1.

    Raises:
        ModelMissing: the package, which only tests and benchmarks need, is not installed.
    """
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError as error:
        raise ModelMissing(
            "The baseline VADER is not installed; run `pip install -r requirements-dev.txt`."
        ) from error
    reader = SentimentIntensityAnalyzer()
    return [float(reader.polarity_scores(text)["compound"]) for text in texts]


def persian(texts: Sequence[str]) -> list[float]:
    """(good − bad) / (good + bad) words of each text; a negation up to two words behind turns one round."""
    read = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    good, bad, turns = (frozenset(fold(word) for word in read[name]) for name in ("good", "bad", "turns"))
    return [_score(fold(text).split(), good, bad, turns) for text in texts]


def _score(words: list[str], good: frozenset[str], bad: frozenset[str], turns: frozenset[str]) -> float:
    total = counted = 0
    for place, word in enumerate(words):
        value = (word in good) - (word in bad)
        if value:
            turned = not turns.isdisjoint(words[place + 1 : place + 3])
            total += -value if turned else value
            counted += 1
    return total / counted if counted else 0.0
