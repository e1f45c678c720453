"""Do automatic scores order conversations as people do? Spearman's rho and AUC with bootstrap intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.evaluate.conversations import Rated
from qa.judge import judge
from qa.score import score
from qa.scorecard import Scorecard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 20261122
BINARY = ("satisfied",)


@dataclass(frozen=True, slots=True)
class Agreement:
    """One statistic over ``n`` conversations with its 95 % percentile bootstrap interval over them."""

    scorecard: str
    question: str
    statistic: str
    value: float
    low: float
    high: float
    n: int


def agreements(card: Scorecard, rated: Sequence[Rated]) -> list[Agreement]:
    """The score of a scorecard against each answer: AUC where it is yes or no, else rho."""
    import numpy as np

    scores = np.array([_score(card, one) for one in rated])
    rows = []
    for question in rated[0].answers if rated else ():
        answers = np.array([one.answers[question] for one in rated])
        rows.append(_row((card.id, question), scores, answers, binary=question in BINARY))
    return rows


def spearman(scores: "NDArray[np.float64]", answers: "NDArray[np.float64]") -> float:
    """Spearman's rank correlation with ties; NaN when either is constant."""
    from scipy.stats import rankdata

    return float(_pearson(rankdata(scores), rankdata(answers)))


def auc(scores: "NDArray[np.float64]", answers: "NDArray[np.float64]") -> float:
    """The chance that one answered 1 scores higher than one answered 0, ties half; NaN without both."""
    from scipy.stats import rankdata

    positive = answers == 1
    count, others = int(positive.sum()), int((~positive).sum())
    if not count or not others:
        return float("nan")
    return float((rankdata(scores)[positive].sum() - count * (count + 1) / 2) / (count * others))


def _row(
    names: tuple[str, str], scores: "NDArray[np.float64]", answers: "NDArray[np.float64]", *, binary: bool
) -> Agreement:
    statistic: Callable[[NDArray[np.float64], NDArray[np.float64]], float] = auc if binary else spearman
    low, high = _interval(statistic, scores, answers)
    name = "auc" if binary else "rho"
    return Agreement(*names, name, statistic(scores, answers), low, high, len(scores))


def _interval(
    statistic: "Callable[[NDArray[np.float64], NDArray[np.float64]], float]",
    scores: "NDArray[np.float64]",
    answers: "NDArray[np.float64]",
) -> tuple[float, float]:
    """Conversations drawn again with replacement, ``RESAMPLES`` times with a fixed seed."""
    import numpy as np

    random = np.random.default_rng(SEED)
    drawn = (random.integers(0, len(scores), len(scores)) for _ in range(RESAMPLES))
    values = np.array([statistic(scores[places], answers[places]) for places in drawn])
    low, high = np.nanpercentile(values, (2.5, 97.5))
    return float(low), float(high)


def _pearson(one: "NDArray[np.float64]", other: "NDArray[np.float64]") -> float:
    import numpy as np

    first, second = one - one.mean(), other - other.mean()
    size = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / size if size else float("nan")


def _score(card: Scorecard, rated: Rated) -> float:
    """The score before critical failures, so that one failure does not hide the rest; 0 without any."""
    scoring = score(card, judge(card, rated.call, ()), None)
    return scoring.score_before_critical or 0.0
