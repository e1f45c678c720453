"""Variance between agents and within them, with fixed effects of queues, from sums alone.

For a ratio r = tau / sigma the covariance of an agent's n calls is sigma^2 (I + r^2 J), whose inverse is
(I - g J) / sigma^2 with g = r^2 / (1 + n r^2): every term of the residual likelihood needs only counts and
sums by agent and queue.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

Floats = NDArray[np.float64]
GRID = 96
EMPTY = 1e-12  # of the squares: values that do not vary at all


@dataclass(frozen=True, slots=True)
class Sums:
    """Shapes: ``counts`` (agents, queues); ``n``, ``raw``, ``totals``, ``squares`` (agents,); ``by_queue``
    (queues,) sums; ``mix`` (queues,) shares of all calls.
    """

    agents: tuple[int, ...]
    counts: Floats
    n: Floats
    totals: Floats
    squares: Floats
    by_queue: Floats

    @classmethod
    def of(cls, sums: pl.DataFrame) -> "Sums":
        """From ``agent_id, queue_id, n, total, squares``; calls without a queue are a queue of their own."""
        agents, queues = sums["agent_id"].unique().sort(), sums["queue_id"].unique().sort()
        rows = sums["agent_id"].replace_strict(agents, range(len(agents))).to_numpy()
        numbered = {queue: place for place, queue in enumerate(queues.to_list())}
        columns = np.array([numbered[queue] for queue in sums["queue_id"].to_list()])
        counts, totals = np.zeros((len(agents), len(queues))), np.zeros((len(agents), len(queues)))
        squares = np.zeros(len(agents))
        np.add.at(counts, (rows, columns), sums["n"].to_numpy())
        np.add.at(totals, (rows, columns), sums["total"].to_numpy())
        np.add.at(squares, rows, sums["squares"].to_numpy())
        return cls(tuple(agents.to_list()), counts, counts.sum(1), totals.sum(1), squares, totals.sum(0))

    @property
    def raw(self) -> Floats:
        """Plain means."""
        return self.totals / self.n

    @property
    def mix(self) -> Floats:
        """Share of each queue in all calls."""
        return np.asarray(self.counts.sum(0) / self.counts.sum())

    @property
    def shares(self) -> Floats:
        """Share of each queue in an agent's calls, ``(agents, queues)``."""
        return np.asarray(self.counts / self.n[:, None])


@dataclass(frozen=True, slots=True)
class Profile:
    """The model at each of some ratios (first axis of everything).

    Attributes:
        ratios: tau / sigma.
        likelihood: residual log-likelihood, up to a constant.
        chances: its share among these ratios, each weighed by its width; they sum to 1.
        within: sigma^2.
        queues: effects of the queues, ``(ratios, queues)``.
        weights, effects, variances: B_i, predicted u_i and its error variance, ``(ratios, agents)``.
        shared: what the error of u_i owes to the queues' effects, a factor ``(ratios, agents, queues)``.
    """

    ratios: Floats
    likelihood: Floats
    chances: Floats
    within: Floats
    queues: Floats
    weights: Floats
    effects: Floats
    variances: Floats
    shared: Floats

    def gap_variance(self, one: int, other: int) -> Floats:
        """Error variance of u_one - u_other at each ratio; the queues' effects are in both."""
        joint = np.einsum("gq,gq->g", self.shared[:, one], self.shared[:, other])
        return np.asarray(self.variances[:, one] + self.variances[:, other] - 2 * joint)


def ratios() -> Floats:
    """Ratios from 0 to about 50, dense where they matter."""
    return np.asarray(np.tan(np.linspace(0.0, np.pi / 2 - 0.02, GRID)))


def ratio(data: Sums) -> float:
    """The most likely tau / sigma; 0 when agents differ no more than calls do."""
    grid = ratios()
    best = int(np.argmax(profile(data, grid).likelihood))
    low, high = grid[max(0, best - 1)], grid[min(GRID - 1, best + 1)]
    found = minimize_scalar(
        lambda r: -profile(data, np.array([r])).likelihood[0], bounds=(low, high), method="bounded",
        options={"xatol": 1e-7},
    )  # fmt: skip
    ends = profile(data, np.array([0.0, found.x])).likelihood
    return 0.0 if ends[0] >= ends[1] else float(found.x)


def profile(data: Sums, at: Floats) -> Profile:
    """Residual likelihood, effects and their errors at each ratio, sigma^2 profiled out."""
    calls, queues = float(data.n.sum()), data.counts.shape[1]
    drawn = at[:, None] ** 2 / (1 + data.n * at[:, None] ** 2)
    precision = np.diag(data.counts.sum(0)) - np.einsum("gi,iq,ip->gqp", drawn, data.counts, data.counts)
    right = data.by_queue - np.einsum("gi,iq,i->gq", drawn, data.counts, data.totals)
    inverse = np.linalg.inv(precision)
    effects_of_queues = np.einsum("gqp,gp->gq", inverse, right)
    plain = data.squares.sum() - drawn @ data.totals**2
    rest = np.maximum(plain - np.einsum("gq,gq->g", right, effects_of_queues), 0.0)
    freedom = max(1.0, calls - queues)
    within = np.where(rest > EMPTY * max(1.0, data.squares.sum()), rest / freedom, 0.0)
    spread = np.log1p(data.n * at[:, None] ** 2).sum(1) + np.linalg.slogdet(precision)[1]
    likelihood = -0.5 * (freedom * np.log(np.where(within > 0, within, 1.0)) + spread)
    weights = data.n * drawn
    effects = weights * (data.raw - effects_of_queues @ data.shares.T)
    root = np.linalg.cholesky(inverse) * np.sqrt(within)[:, None, None]
    shared = weights[:, :, None] * np.einsum("iq,gqp->gip", data.shares, root)
    own = (within * at**2)[:, None] * (1 - weights)
    return Profile(
        at, likelihood, _chances(at, likelihood), within, effects_of_queues, weights, effects,
        own + (shared**2).sum(2), shared,
    )  # fmt: skip


def _chances(at: Floats, likelihood: Floats) -> Floats:
    if len(at) == 1:
        return np.ones(1)
    mass = np.exp(likelihood - likelihood.max()) * np.gradient(at)
    return np.asarray(mass / mass.sum())
