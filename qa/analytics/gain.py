"""Whom to coach on what, and what it would bring: only where an agent is surely under the team's level.

For each criterion the agents are compared by ``qa.analytics.league``, as in the heat map: queues taken out,
distances drawn to the mean as far as agents do not differ. Because the distances are shrunken, many looks
(agents x criteria) do not by themselves make false finds: each one listed is, under the model, at or above
the team's level with a probability of 1 % at most (``doubt``), and so is the expected share of false ones in
the list (Gelman, Hill & Yajima 2012, "Why we (usually) don't have to worry about multiple comparisons").
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from scipy.special import ndtr

from qa.analytics.cells import judged, verdict_cells
from qa.analytics.intervals import Z95, Estimate
from qa.analytics.league import League, Place, league

FEWEST = 10
"""Verdicts of an agent on a criterion under which nothing is said."""

MOST_DOUBT = 0.01
MATTERS = 2.0
"""Points of the score that a criterion must decide in the agent's calls to be worth a session."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One agent on one criterion.

    Attributes:
        agent, key: who, and on what.
        level, raw: share met, 0-1: of the team at the mix of its queues, and of the agent as counted.
        distance: the agent less the team, drawn to 0, with its 95 % interval; it is wholly under 0.
        points: how many points of the agent's score the criterion decides (mean applied weight).
        gain: points of the mean score that the agent would gain at the team's level: distance times points.
        doubt: probability that the agent is not under the team's level.
    """

    agent: int
    key: str
    level: float
    raw: float
    distance: Estimate
    points: float
    gain: Estimate
    doubt: float


def criterion_sums(criteria: pl.LazyFrame) -> pl.DataFrame:
    """What ``suggestions`` needs, from verdicts of calls (``qa.frames.CRITERIA_SCHEMA``) or cells of them.

    Columns ``key, agent_id, queue_id, n, total, squares, weight`` (sum of applied weights, in points).
    """
    parts = judged()
    return (
        verdict_cells(criteria)
        .filter(pl.col("agent_id").is_not_null() & (parts["n"] > 0))
        .group_by("key", "agent_id", "queue_id")
        .agg(*(part.sum().alias(name) for name, part in parts.items()), pl.col("weight").sum())
        .with_columns(pl.col("total", "squares").cast(pl.Float64))
        .sort("key", "agent_id", "queue_id")
        .collect()
    )


def suggestions(sums: pl.DataFrame, matters: float = MATTERS) -> tuple[Suggestion, ...]:
    """Everybody who is surely under the team's level on a criterion that matters, the largest gain first.

    A failed critical criterion costs more than its weight (the whole score); that is not in the gain.

    Args:
        sums: columns of ``criterion_sums``, of all the agents who are one team here.
        matters: points of the score that a criterion must decide.
    """
    found = []
    weights = _points(sums)
    for (key,), part in sums.partition_by("key", as_dict=True, maintain_order=True).items():
        table = league(part.drop("key", "weight"))
        if table is not None and table.compared:
            found += _of_criterion(str(key), table, weights, matters)
    return tuple(sorted(found, key=lambda one: (-(one.gain.value or 0.0), one.agent, one.key)))


def _points(sums: pl.DataFrame) -> Mapping[tuple[int, str], float]:
    """Mean points of a call of the agent that the criterion decides; those of a call sum to 100."""
    both = sums.group_by("agent_id", "key").agg(pl.col("weight").sum())
    share = pl.col("weight") / pl.col("weight").sum().over("agent_id") * 100
    return {(agent, key): points for agent, key, points in both.with_columns(share).iter_rows()}


def _of_criterion(
    key: str, table: League, weights: Mapping[tuple[int, str], float], matters: float
) -> list[Suggestion]:
    found = []
    for place in table.places:
        points = weights[place.agent, key]
        if place.shrunk.n >= FEWEST and points >= matters and _doubt(place, table.mean) <= MOST_DOUBT:
            found.append(_suggestion(key, place, table.mean, points))
    return found


def _doubt(place: Place, level: float) -> float:
    """Probability that the agent is at the level or above it."""
    value, high = place.shrunk.value, place.shrunk.high
    if value is None or high is None or value >= level:
        return 1.0
    return float(ndtr((value - level) / ((high - value) / Z95))) if high > value else 0.0


def _suggestion(key: str, place: Place, level: float, points: float) -> Suggestion:
    n, value, high = place.shrunk.n, place.shrunk.value or 0.0, place.shrunk.high or 0.0
    far, half = value - level, high - value
    gain = -far * points
    return Suggestion(
        agent=place.agent,
        key=key,
        level=level,
        raw=place.raw,
        distance=Estimate(far, far - half, far + half, n),
        points=points,
        gain=Estimate(gain, gain - half * points, gain + half * points, n),
        doubt=_doubt(place, level),
    )
