"""Learning from corrections: the seeds and what people said of texts of the site, as a new model.

Every figure is of texts that the model it is about had not seen: five folds, as in ``qa.sentiment.fitting``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.embed import Embedder
from qa.records import Share
from qa.sentiment.fitting import fit
from qa.sentiment.model import Model
from qa.sentiment.seeds import LABELS, Seed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Figures:
    """Share of the corrected texts read as people say, and macro-F1 over the seeds."""

    corrected: Share
    seeds: Share


@dataclass(frozen=True, slots=True)
class Retrained:
    """The new model, from how many corrections, and the figures before and after."""

    model: Model
    corrections: int
    before: Figures
    after: Figures


def retrained(seeds: Sequence[Seed], corrected: Sequence[Seed], used: Model, reader: Embedder) -> Retrained:
    """A model of seeds and corrections. A correction stands in place of a seed with the same text.

    ``used`` is the model that read the corrected texts.
    """
    said = {one.text: one for one in corrected}
    own = [seed for seed in seeds if seed.text not in said]
    texts = list(said.values())
    _model, before = fit(own, reader)
    model, after = fit([*own, *texts], reader)
    old = used.probabilities([one.text for one in texts], reader)
    return Retrained(
        model=model,
        corrections=len(texts),
        before=Figures(_right(texts, _labels(old)), _macro_f1(own, _labels(before))),
        after=Figures(_right(texts, _labels(after[len(own) :])), _macro_f1(own, _labels(after[: len(own)]))),
    )


def _labels(shares: "NDArray[np.float64]") -> list[str]:
    return [LABELS[int(place)] for place in shares.argmax(axis=1)]


def _right(truth: Sequence[Seed], found: Sequence[str]) -> Share:
    return sum(one.label == label for one, label in zip(truth, found, strict=True)) / len(truth)


def _macro_f1(truth: Sequence[Seed], found: Sequence[str]) -> Share:
    from sklearn.metrics import f1_score

    return float(f1_score([one.label for one in truth], list(found), average="macro", labels=list(LABELS)))
