"""Changes of agents between two stretches of time, with the spread of their levels and of their changes.

A call of agent i on queue q in period t scores beta_qt + delta [coached and after] + u_i + w_i [after] + e,
with variances tau^2 of u (levels), omega^2 of w (changes that happen by themselves) and sigma^2 of e. The
level before has no term for being coached: u_i is drawn to the mean of all, so that a chance low before the
coaching is no improvement after it (constrained longitudinal analysis, Liang & Zeger 2000, Sankhya B 62).
Residual maximum likelihood needs only counts and sums by agent, queue and period.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
GRID, WIDEST = 24, 4.0
EMPTY = 1e-12  # of the squares: values that do not vary at all


@dataclass(frozen=True, slots=True)
class Cells:
    """What the likelihood needs, summed by agent. Shapes: agents n, columns p.

    Attributes:
        design, right, squares, calls: X'X ``(p, p)``, X'y ``(p,)``, y'y and the number of calls.
        crossed: Z'X ``(n, 2, p)``; Z has a column of ones and one of "after".
        shares: Z'Z ``(n, 2, 2)``.
        sums: Z'y ``(n, 2)``.
    """

    design: Floats
    right: Floats
    squares: float
    calls: float
    crossed: Floats
    shares: Floats
    sums: Floats

    @classmethod
    def of(cls, rows: Floats, z: Floats, agents: NDArray[np.intp], tallies: Floats) -> "Cells":
        """From cells: rows of X ``(m, p)``, rows of Z ``(m, 2)``, places of agents ``(m,)``, and
        ``tallies`` ``(m, 3)``: number of calls, sum and sum of squares of their values.
        """
        n, total, squares = tallies.T
        people, columns = int(agents.max()) + 1, rows.shape[1]
        crossed, shares = np.zeros((people, 2, columns)), np.zeros((people, 2, 2))
        sums = np.zeros((people, 2))
        np.add.at(crossed, agents, n[:, None, None] * z[:, :, None] * rows[:, None, :])
        np.add.at(shares, agents, n[:, None, None] * z[:, :, None] * z[:, None, :])
        np.add.at(sums, agents, total[:, None] * z)
        design = np.einsum("m,mp,mq->pq", n, rows, rows)
        return cls(design, rows.T @ total, float(squares.sum()), float(n.sum()), crossed, shares, sums)


@dataclass(frozen=True, slots=True)
class Fit:
    """The model at each of some pairs of ratios (first axis): residual log-likelihood up to a constant,
    sigma^2, effects ``(g, p)`` and their covariances ``(g, p, p)``.
    """

    likelihood: Floats
    within: Floats
    effects: Floats
    covariances: Floats


def fit(cells: Cells, ratios: Floats) -> Fit:
    """The model at pairs ``(tau / sigma, omega / sigma)``, shape ``(g, 2)``; sigma^2 is profiled out."""
    spread = np.einsum("gk,kl->gkl", ratios**2, np.eye(2))
    inner = np.eye(2) + np.einsum("nkl,glm->gnkm", cells.shares, spread)
    drawn = np.einsum("gkl,gnlm->gnkm", spread, np.linalg.inv(inner))
    weighed = np.einsum("gnkl,nlp->gnkp", drawn, cells.crossed)
    precision = cells.design - np.einsum("nkp,gnkq->gpq", cells.crossed, weighed)
    right = cells.right - np.einsum("gnkp,nk->gp", weighed, cells.sums)
    plain = cells.squares - np.einsum("nk,gnkl,nl->g", cells.sums, drawn, cells.sums)
    inverse = np.linalg.inv(precision)
    effects = np.einsum("gpq,gq->gp", inverse, right)
    rest = np.maximum(plain - np.einsum("gp,gp->g", right, effects), 0.0)
    freedom = max(1.0, cells.calls - cells.design.shape[0])
    within = np.where(rest > EMPTY * max(1.0, cells.squares), rest / freedom, 0.0)
    logs = np.linalg.slogdet(inner)[1].sum(1) + np.linalg.slogdet(precision)[1]
    likelihood = -0.5 * (freedom * np.log(np.where(within > 0, within, 1.0)) + logs)
    return Fit(likelihood, within, effects, inverse * within[:, None, None])


def best(cells: Cells) -> tuple[float, float]:
    """The most likely ``(tau / sigma, omega / sigma)``."""
    nodes = grid()
    start = nodes[int(np.argmax(fit(cells, nodes).likelihood))]
    found = minimize(
        lambda r: -fit(cells, np.abs(r)[None, :]).likelihood[0], start + 1e-3, method="Nelder-Mead",
        options={"xatol": 1e-6, "fatol": 1e-9},
    )  # fmt: skip
    level, change = (float(value) for value in np.abs(found.x))
    return level, change


def contrasts(cells: Cells, wanted: Floats) -> tuple[Floats, Floats]:
    """Values and standard errors of linear combinations ``(c, p)`` of the effects.

    The values are those at the most likely ratios. The errors are averaged over the likely ratios, uniform
    before the data (Gelman 2006, Bayesian Analysis 1): few agents leave it open how far agents move alone.
    """
    at = fit(cells, np.array([best(cells)]))
    values = wanted @ at.effects[0]
    nodes = grid()
    likely = fit(cells, nodes)
    mass = np.exp(likely.likelihood - likely.likelihood.max()) * _widths()
    mass /= mass.sum()
    own = np.einsum("cp,gpq,cq->gc", wanted, likely.covariances, wanted)
    around = (likely.effects @ wanted.T - values) ** 2
    return np.asarray(values), np.sqrt(mass @ (own + around))


def grid() -> Floats:
    """Pairs of ratios from 0 to 4, dense near 0."""
    line = WIDEST * np.linspace(0, 1, GRID) ** 3
    return np.array([(level, change) for level in line for change in line])


def _widths() -> Floats:
    line = np.gradient(WIDEST * np.linspace(0, 1, GRID) ** 3)
    return np.outer(line, line).ravel()
