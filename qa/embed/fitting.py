"""Fitting a head on few labelled sentences, and how well that goes on sentences left out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.embed.head import Head, softmax
from qa.embed.port import Embedder
from qa.text import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STRENGTH = 100.0  # inverse of the L2 penalty; chosen with sentences left out, 30 to 300 are alike
FOLDS = 5
COOLEST, HOTTEST = 0.2, 5.0


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences with their classes. ``groups`` are sentences that belong together (a sentence and its
    translation): they are left out together; empty, every wording is a group of its own.
    """

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.texts) != len(self.labels) or (self.groups and len(self.groups) != len(self.texts)):
            raise ValueError(f"{len(self.texts)} texts need as many labels and, if any, groups")

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes in alphabetical order."""
        return tuple(sorted(set(self.labels)))


def fit(examples: Examples, embedder: Embedder, key: str = "") -> Head:
    """The head for these examples; the same examples always give the same numbers.

    Raises:
        ValueError: fewer than two classes, or a class with a single group.
    """
    vectors = embedder.embed(examples.texts)
    temperature = _temperature(_left_out(examples, vectors), _numbers(examples))
    weights, bias, centre = _regression(vectors, _numbers(examples), len(examples.classes))
    return Head(examples.classes, weights, bias, centre, temperature, key)


def cross_validated(examples: Examples, embedder: Embedder) -> "NDArray[np.float64]":
    """Probabilities ``(n, k)`` of each sentence from a head that did not see its group."""
    logits = _left_out(examples, embedder.embed(examples.texts))
    return softmax(logits / _temperature(logits, _numbers(examples)))


def _numbers(examples: Examples) -> "NDArray[np.int64]":
    import numpy as np

    places = {name: place for place, name in enumerate(examples.classes)}
    return np.array([places[label] for label in examples.labels], np.int64)


def _left_out(examples: Examples, vectors: "NDArray[np.float32]") -> "NDArray[np.float64]":
    """Logits of each sentence from the others (folds stratified by class, groups kept whole)."""
    import numpy as np
    from sklearn.model_selection import StratifiedGroupKFold

    classes, numbers = examples.classes, _numbers(examples)
    groups = np.array(examples.groups or [fold(text) for text in examples.texts])
    fewest = min((len(set(groups[numbers == place])) for place in range(len(classes))), default=0)
    if len(classes) < 2 or fewest < 2:
        raise ValueError("a classifier needs two classes with two sentences each")
    logits = np.zeros((len(vectors), len(classes)))
    folds = StratifiedGroupKFold(min(FOLDS, fewest), shuffle=True, random_state=0)
    for seen, unseen in folds.split(vectors, numbers, groups):
        weights, bias, centre = _regression(vectors[seen], numbers[seen], len(classes))
        logits[unseen] = (vectors[unseen] - centre).astype(np.float64) @ weights + bias
    return logits


def _regression(
    vectors: "NDArray[np.float32]", numbers: "NDArray[np.int64]", count: int
) -> "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]":
    """Weights ``(d, k)``, bias and centre; classes weigh the same however many sentences they have."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    centre = vectors.mean(axis=0)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=500, tol=1e-6)
    model.fit((vectors - centre).astype(np.float64), numbers)
    weights, bias = np.zeros((vectors.shape[1], count)), np.full(count, -1e3)
    if count == 2:
        weights[:, 1], bias[:] = model.coef_[0], (0.0, float(model.intercept_[0]))
    else:
        weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    return weights.astype(np.float32), bias.astype(np.float32), np.asarray(centre, np.float32)


def _temperature(logits: "NDArray[np.float64]", numbers: "NDArray[np.int64]") -> float:
    """The temperature under which sentences left out are likeliest."""
    import numpy as np
    from scipy.optimize import minimize_scalar

    def surprise(temperature: float) -> float:
        shares = softmax(logits / temperature)[np.arange(len(numbers)), numbers]
        return float(-np.log(np.maximum(shares, 1e-12)).mean())

    found = minimize_scalar(surprise, bounds=(COOLEST, HOTTEST), method="bounded")
    return float(found.x)
