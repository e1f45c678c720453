"""How well sentiment is read on labelled comments that the seeds never saw, beside word-list baselines."""

import csv
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.sentiment import LABELS, sentiments

MOST = 1500  # texts a set, drawn once with a fixed seed
SEED = 20261122
NEGATIVE, NEUTRAL, POSITIVE = LABELS
Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Material:
    """One set: its name, file, goal (macro-F1, ``None`` where none is set) and language."""

    name: str
    file: str
    goal: float | None
    language: str
    read: Callable[[Path], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Macro-F1 of the product and of the baseline over ``count`` texts; texts a second of processor time."""

    material: Material
    count: int
    classes: int
    score: float
    baseline: str
    baseline_score: float
    per_second: float


def _table(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _snappfood(path: Path) -> Iterator[Row]:
    for row in _table(path):
        yield row["comment"], POSITIVE if row["label"] == "HAPPY" else NEGATIVE


def _digikala(path: Path) -> Iterator[Row]:
    names = {"recommended": POSITIVE, "not_recommended": NEGATIVE}
    for row in _table(path):
        if row["recommend"] in names:
            yield f"{row['title'] or ''}. {row['comment'] or ''}".strip(". "), names[row["recommend"]]


def _stars(path: Path) -> Iterator[Row]:
    for row in _table(path):
        if row["body"] and row["sentiment"] in LABELS:
            yield row["body"], row["sentiment"]


def _parsinlu(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            value = int(row.get("sentiment", row.get("label", 9)))
            if -2 <= value <= 2:
                yield row["review"], _sign(value)


def _sentipers(path: Path) -> Iterator[Row]:
    for row in _table(path):
        yield row["text"], _sign(int(row["label"]))


_EMOTIONS = {"HAPPY": POSITIVE, **dict.fromkeys(("ANGRY", "HATE", "SAD", "FEAR"), NEGATIVE)}


def _armanemo(path: Path) -> Iterator[Row]:
    """Joy against anger, hate, sadness and fear; surprise and "other" say nothing about good or bad."""
    for row in _table(path):
        if row["emotion"] in _EMOTIONS:
            yield row["text"], _EMOTIONS[row["emotion"]]


def _tweets(path: Path) -> Iterator[Row]:
    for row in _table(path):
        if float(row["airline_sentiment_confidence"]) >= 0.65:
            yield row["text"], row["airline_sentiment"]


def _alexa(path: Path) -> Iterator[Row]:
    for row in _table(path):
        if row["verified_reviews"].strip():
            yield row["verified_reviews"], POSITIVE if row["feedback"] == "1" else NEGATIVE


def _sign(value: int) -> str:
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else NEUTRAL


MATERIALS = (
    Material("C1", "C1_fa_snappfood/test.csv", 0.85, "fa", _snappfood),
    Material("C2", "C2_fa_digikala_recommend/comment_test.csv", 0.90, "fa", _digikala),
    Material("C3", "C3_fa_digikala_samsung_stars/samsung_mobiles.csv", None, "fa", _stars),
    Material("C4", "C4_fa_parsinlu_sentiment/food.jsonl", None, "fa", _parsinlu),
    Material("C5", "C5_fa_deepsentipers/test.csv", 0.60, "fa", _sentipers),
    Material("C6", "C6_fa_armanemo/ArmanEmo_test.csv", None, "fa", _armanemo),
    Material("C7", "C7_en_airline_tweets/Tweets.csv", 0.68, "en", _tweets),
    Material("C8", "C8_en_amazon_alexa_reviews/amazon_alexa.csv", None, "en", _alexa),
)


def try_sentiment(data: Path, most: int = MOST) -> Iterator[Figures]:
    """The figures of each set in the folder. Labels made from stars disagree with the text at times."""
    from qa.evaluate.word_lists import persian, vader

    for material in MATERIALS:
        path = data / material.file
        if not path.exists():
            continue
        rows = list(material.read(path))
        random.Random(SEED).shuffle(rows)  # noqa: S311 (a sample, not a secret)
        texts, labels = [text for text, _ in rows[:most]], [label for _, label in rows[:most]]
        two = NEUTRAL not in labels
        begun = time.process_time()
        found = [_label(one.score, one.label, two=two) for one in sentiments(texts)]
        used = time.process_time() - begun
        named, baseline = ("VADER", vader) if material.language == "en" else ("word list", persian)
        guessed = [_label(score, _coarse(score), two=two) for score in baseline(texts)]
        yield Figures(
            material,
            len(texts),
            2 if two else 3,
            macro_f1(labels, found),
            named,
            macro_f1(labels, guessed),
            len(texts) / max(used, 1e-9),
        )


def _label(score: float, label: str, *, two: bool) -> str:
    """With two classes there is no middle: the sign decides."""
    if not two:
        return label
    return POSITIVE if score >= 0 else NEGATIVE


def _coarse(score: float) -> str:
    """VADER's own limits (Hutto & Gilbert 2014): neutral within 0.05 of zero."""
    return POSITIVE if score >= 0.05 else NEGATIVE if score <= -0.05 else NEUTRAL


def macro_f1(truth: Sequence[str], found: Sequence[str]) -> float:
    """Mean over the classes of the truth of 2 · tp / (2 · tp + fp + fn)."""
    scores = []
    for name in sorted(set(truth)):
        both = sum(one == name == other for one, other in zip(truth, found, strict=True))
        either = sum(one == name for one in truth) + sum(one == name for one in found)
        scores.append(2 * both / either if either else 0.0)
    return sum(scores) / len(scores) if scores else 0.0
