"""What drives satisfaction: a logistic regression of satisfied or not on verdicts, queue and handle time.

FIELD.md §3. L2 penalty 1 on all but the constant (scikit-learn's ``C=1``); average marginal effects;
percentile bootstrap over customers; Benjamini and Hochberg 1995 at 10 %.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from qa.analytics.intervals import SEED, Estimate
from qa.analytics.many import standing

Matrix = NDArray[np.float64]
ANSWERS, SMALLER = 100, 30
"""Below so many answers, or so many in the smaller class, nothing is said."""
KNOWN, EACH = 30, 10
"""A criterion needs so many verdicts, and so many met and not met among them."""
RESAMPLES, AT_ONCE = 300, 100
STEPS, CLOSE = 25, 1e-8
MOST = 40.0
"""Beyond it, either way, a chance is 0 or 1 to the last digit."""
MINUTES, FIVE = "minutes", 5.0


@dataclass(frozen=True, slots=True)
class Driver:
    """How many points of share (-1 to 1) satisfaction moves from "not met" to "met", all else as it is; for
    ``minutes``, from a call to one five minutes longer. ``stands``: it outlives Benjamini-Hochberg.
    """

    key: str
    effect: Estimate
    p: float
    stands: bool


@dataclass(frozen=True, slots=True)
class Drivers:
    """The drivers, largest effect first; none below the gates: ``answers`` and ``smaller`` say why. ``given``
    is how many answers there were, where ``answers`` is a drawn part of them.
    """

    rows: tuple[Driver, ...]
    answers: int
    smaller: int
    given: int = 0

    @property
    def drawn(self) -> bool:
        """True when not every answer was looked at."""
        return self.given > 0

    @property
    def enough(self) -> bool:
        """True from 100 answers with 30 in the smaller class on."""
        return self.answers >= ANSWERS and self.smaller >= SMALLER


def drivers(table: pl.DataFrame, criteria: tuple[str, ...], given: int = 0) -> Drivers:
    """Drivers of ``satisfied`` in rows of answers: ``satisfied, customer, queue, minutes`` and a column a
    criterion, 1 met, 0.5 partly, 0 not met, null where it did not apply (counted as its mean).
    """
    good = int(table["satisfied"].sum())
    found = Drivers((), table.height, min(good, table.height - good), given)
    if not found.enough:
        return found
    used = [key for key in criteria if _varies(table[key].drop_nulls().to_numpy())]
    names = [*used, MINUTES]
    columns = [table[name].fill_null(table[name].mean()).to_numpy().astype(float) for name in names]
    scale = float(np.std(columns[-1])) or 1.0
    columns[-1] = (columns[-1] - columns[-1].mean()) / scale
    queues = table["queue"].fill_null("").to_numpy()
    dummies = [(queues == queue).astype(float) for queue in sorted(set(queues))[1:]]
    rows = np.column_stack([*columns, *dummies])
    truth = table["satisfied"].to_numpy().astype(float)
    longer = FIVE / scale
    alone = np.ones((len(truth), 1))
    # The tables are small: threads that wait for each other would cost more than they save.
    with threadpool_limits(1, "blas"):
        start = _fits(rows, truth, alone, None)
        effects = _effects(rows, start, alone, len(used), longer)[:, 0]
        drawn = np.concatenate([
            _effects(rows, _fits(rows, truth, counts, start), counts, len(used), longer).T
            for counts in _resampled(table["customer"])
        ])  # fmt: skip
    ps = _p_values(drawn)
    stands = standing(ps)
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    known = [table.height - table[name].null_count() for name in names]
    made = [
        Driver(
            name,
            Estimate(float(effects[i]), float(low[i]), float(high[i]), known[i]),
            float(ps[i]),
            bool(stands[i]),
        )
        for i, name in enumerate(names)
    ]
    ordered = sorted(made, key=lambda one: (-abs(one.effect.value or 0.0), one.key))
    return Drivers(tuple(ordered), found.answers, found.smaller, given)


def fit(rows: Matrix, truth: Matrix, weights: Matrix, start: Matrix | None = None) -> Matrix:
    """Constant and coefficients by Newton's method: least weighted log-loss plus half their squares."""
    return _fits(rows, truth, weights[:, None], None if start is None else start[:, None])[:, 0]


def _fits(rows: Matrix, truth: Matrix, weights: Matrix, start: Matrix | None) -> Matrix:
    """``fit`` of many weights at once, a column each: one product of matrices instead of many small ones."""
    x = np.column_stack([np.ones(len(rows)), rows])
    size, draws = x.shape[1], weights.shape[1]
    one, other = np.triu_indices(size)
    pairs = x[:, one] * x[:, other]
    penalty = np.ones(size)
    penalty[0] = 0.0
    beta = np.zeros((size, draws)) if start is None else np.repeat(start, draws // start.shape[1], axis=1)
    bend = np.empty((draws, size, size))
    for _step in range(STEPS):
        p = _logistic(x @ beta)
        slope = x.T @ (weights * (p - truth[:, None])) + penalty[:, None] * beta
        bend[:, one, other] = bend[:, other, one] = (weights * p * (1 - p)).T @ pairs
        bend[:, np.arange(size), np.arange(size)] += penalty + 1e-10
        move = np.linalg.solve(bend, slope.T[:, :, None])[:, :, 0].T
        beta = beta - move
        if float(np.abs(move).max()) < CLOSE:
            break
    return beta


def _logistic(values: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -MOST, MOST))))


def _effects(rows: Matrix, beta: Matrix, weights: Matrix, criteria: int, longer: float) -> Matrix:
    """Average marginal effects, a column a fit: met against not met, and minutes longer against as they are.

    ``1 / (1 + odds)`` is the chance; a step of the predictor multiplies the odds, which saves most powers.
    """
    share = weights / weights.sum(axis=0)
    against = np.exp(-np.clip(beta[0] + rows @ beta[1:], -MOST, MOST))
    found = np.empty((criteria + 1, beta.shape[1]))
    for place in range(criteria):
        values, which = np.unique(rows[:, place], return_inverse=True)
        without = against * np.exp(np.outer(values, beta[place + 1]))[which]
        found[place] = _gap(share, without, beta[place + 1])
    found[criteria] = _gap(share, against, longer * beta[criteria + 1])
    return found


def _gap(share: Matrix, odds: Matrix, step: Matrix) -> Matrix:
    """How far the mean chance moves where the predictor grows by a step."""
    gap = 1 / (1 + odds * np.exp(-step)) - 1 / (1 + odds)
    return np.asarray(np.einsum("ij,ij->j", share, gap))


def _varies(values: Matrix) -> bool:
    return len(values) >= KNOWN and min(int((values == 1).sum()), int((values == 0).sum())) >= EACH


def _resampled(customers: pl.Series) -> Iterator[Matrix]:
    """How often each row counts in each resample, a column each, some at once: whole customers are drawn; one
    unknown stands alone.
    """
    alone = pl.Series([f"row {place}" for place in range(len(customers))])
    named = customers.cast(pl.String).fill_null(alone)
    _names, place = np.unique(named.to_numpy(), return_inverse=True)
    size = int(place.max()) + 1
    random = np.random.default_rng(SEED)
    for _ in range(0, RESAMPLES, AT_ONCE):
        drawn = (random.integers(size, size=size) for _ in range(AT_ONCE))
        yield np.column_stack([np.bincount(each, minlength=size)[place] for each in drawn]).astype(float)


def _p_values(drawn: Matrix) -> Matrix:
    """Two-sided, from the share of resamples on the other side of zero."""
    below, above = (drawn <= 0).sum(axis=0), (drawn >= 0).sum(axis=0)
    return np.asarray(np.minimum(1.0, 2 * (np.minimum(below, above) + 1) / (len(drawn) + 1)))
