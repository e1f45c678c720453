"""Agents compared fairly: shrunken means with the mix of queues taken out (FIELD.md §3).

A call of agent i on queue q scores beta_q + u_i + e; u_i varies between agents with tau^2, e between calls
with sigma^2. Both come from residual maximum likelihood (Patterson & Thompson 1971), u_i is Henderson's best
linear unbiased prediction (1975):
B_i (mean of i - what i's queues give), B_i = tau^2 / (tau^2 + sigma^2 / n_i).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.analytics.cells import cells, number
from qa.analytics.intervals import Z95, Estimate
from qa.analytics.variance import Profile, Sums, profile, ratio, ratios

FEWEST = 3
"""Agents under which the spread between agents cannot be estimated: nothing is shrunken, nobody compared."""


@dataclass(frozen=True, slots=True)
class Place:
    """One agent in the league.

    Attributes:
        agent: the agent's number.
        raw: plain mean of the agent's calls.
        shrunk: mean on the mix of queues of all, drawn towards the mean of all, with its 95 % interval.
        weight: B_i, how much of the agent's own distance is believed, 0-1.
        band: agents of one band cannot be told apart from its first; bands count from 0 at the top.
    """

    agent: int
    raw: float
    shrunk: Estimate
    weight: float
    band: int


@dataclass(frozen=True, slots=True)
class League:
    """``mean`` of all calls, ``between`` (tau) and ``within`` (sigma) in the unit of the values; places by
    shrunken mean, the highest first. ``compared`` is False under three agents: raw means, one band.
    """

    mean: float
    between: float
    within: float
    places: tuple[Place, ...]
    compared: bool = True

    def of(self, agent: int) -> Place | None:
        """The place of an agent; ``None`` for who has no calls."""
        return next((place for place in self.places if place.agent == agent), None)


def tallied(calls: pl.LazyFrame, column: str) -> pl.DataFrame:
    """Sums that ``league`` needs, from calls or cells of them: ``agent_id, queue_id, n, total, squares`` of
    the values of a column that are known.
    """
    parts = {"n": number(column), "total": pl.col(f"{column}_sum"), "squares": pl.col(f"{column}_squares")}
    return (
        cells(calls)
        .filter((parts["n"] > 0) & pl.col("agent_id").is_not_null())
        .group_by("agent_id", "queue_id")
        .agg(values.sum().alias(part) for part, values in parts.items())
        .sort("agent_id", "queue_id")
        .collect()
    )


def league(sums: pl.DataFrame) -> League | None:
    """The league of the agents in ``sums`` (columns of ``tallied``); ``None`` without any call.

    The interval is that of the distance from the mean: posterior variance of u_i with the queues' effects
    estimated, averaged over the likely ratios tau / sigma (uniform before the data, Gelman 2006), so that few
    agents give no false certainty.
    """
    if sums.is_empty():
        return None
    data = Sums.of(sums)
    if len(data.agents) < FEWEST:
        return _uncompared(data)
    best = profile(data, np.array([ratio(data)]))
    likely = profile(data, ratios())
    order = np.argsort(-best.effects[0], kind="stable")
    half = Z95 * np.sqrt(_spread(best, likely))
    mean = data.mix @ best.queues[0]
    bands = _bands(best, likely, order)
    places = [
        Place(
            agent=data.agents[i],
            raw=float(data.raw[i]),
            shrunk=_estimate(float(mean + best.effects[0, i]), float(half[i]), int(data.n[i])),
            weight=float(best.weights[0, i]),
            band=bands[place],
        )
        for place, i in enumerate(order)
    ]
    within = float(np.sqrt(best.within[0]))
    return League(float(mean), within * float(best.ratios[0]), within, tuple(places))


def _estimate(value: float, half: float, n: int) -> Estimate:
    return Estimate(value, value - half, value + half, n)


def _spread(best: Profile, likely: Profile) -> NDArray[np.float64]:
    """Variance of each agent's distance: within each ratio, and between the ratios, around what is shown."""
    around = likely.variances + (likely.effects - best.effects[0]) ** 2
    return np.asarray(likely.chances @ around)


def _bands(best: Profile, likely: Profile, order: NDArray[np.intp]) -> list[int]:
    """From the top: an agent opens a band when it can be told from the first of the band above."""
    found, first = [0], int(order[0])
    for agent in (int(one) for one in order[1:]):
        gap = best.effects[0, first] - best.effects[0, agent]
        shift = likely.effects[:, first] - likely.effects[:, agent] - gap
        variance = float(likely.chances @ (likely.gap_variance(first, agent) + shift**2))
        apart = gap > Z95 * np.sqrt(variance) and gap > 0
        found.append(found[-1] + apart)
        first = agent if apart else first
    return [int(band) for band in found]


def _uncompared(data: Sums) -> League:
    """Raw means with their t-intervals, the highest first."""
    from scipy.special import stdtrit

    places = []
    for i in np.argsort(-data.raw, kind="stable"):
        n, raw = int(data.n[i]), float(data.raw[i])
        shown = Estimate(raw, None, None, n)
        if n > 1:
            spread = max(0.0, float(data.squares[i] - n * raw**2)) / (n - 1)
            shown = _estimate(raw, float(stdtrit(n - 1, 0.975) * np.sqrt(spread / n)), n)
        places.append(Place(data.agents[i], raw, shown, 1.0, 0))
    mean = float(data.totals.sum() / data.n.sum())
    return League(mean, 0.0, 0.0, tuple(places), compared=False)
