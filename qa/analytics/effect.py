"""Did coaching help: difference in differences against agents who were not coached (FIELD.md §3).

The change of the coached on a criterion or on the score, less the change of comparable agents over the same
weeks on the same queues. The model is that of ``qa.analytics.agent_change``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.analytics.agent_change import Cells, contrasts
from qa.analytics.coached_calls import Session, cells, comparable, criterion_values, score_values
from qa.analytics.intervals import NOTHING, Z95, Estimate

__all__ = ["Effect", "NoEffect", "Session", "Side", "coaching_effect", "criterion_values", "score_values"]

WEEKS = 8  # before the coaching and after it
FEWEST_CALLS = 10  # on each of the four sides
FEWEST_AGENTS = 3
"""Comparable agents under which nobody knows how far agents move by themselves."""


class NoEffect(StrEnum):
    """Why no effect can be told. The words are translation keys."""

    NOT_YET = "not enough calls yet"
    BEFORE = "not enough calls before the coaching"
    NOBODY = "too few comparable agents"


@dataclass(frozen=True, slots=True)
class Side:
    """Calls before and after the coaching and their plain means, in the unit of the values."""

    before: int
    after: int
    mean_before: float | None
    mean_after: float | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What changed after a coaching session, in the unit of the values.

    ``own`` = ``comparable`` + ``difference``: each on the coached agents' mix of queues, ``own`` from a
    starting level that is drawn to the mean of all. ``n`` of an estimate is its smallest side.

    Attributes:
        own, comparable: change of the coached, and of comparable agents over the same weeks.
        difference: the effect of the coaching, with its 95 % interval.
        coached, others: calls and plain means on both sides.
        agents: how many comparable agents.
        first, last: the days looked at.
        reason: why there is no effect to tell; the three estimates are then without a value.
    """

    own: Estimate
    comparable: Estimate
    difference: Estimate
    coached: Side
    others: Side
    agents: int
    first: int
    last: int
    reason: NoEffect | None = None

    @property
    def helped(self) -> bool:
        """True when the whole interval of the difference is above 0."""
        return self.difference.low is not None and self.difference.low > 0


def coaching_effect(
    values: pl.LazyFrame, session: Session, others: Iterable[Session] = (), weeks: int = WEEKS
) -> Effect:
    """The effect of a session, from ``weeks`` before it to as long after it, as far as there are calls.

    Calls of the day itself are in neither side. A coached agent's calls from before an own earlier session
    and after an own later one are not used; where one agent was coached, the others have the same days.

    Args:
        values: one row a call: ``agent_id, queue_id, local_day, value``, of all who may be compared; or with
            ``n``, how many calls a row stands for.
        session: what the effect is asked of.
        others: every other session that aimed at the same values; who is in one of these weeks is
            nobody to compare with.
        weeks: how long before and after.

    Raises:
        ValueError: a session without agents.
    """
    if not session.agents:
        raise ValueError("a session without agents has no effect")
    rows, days = cells(values, session, others, weeks)
    coached, uncoached = _side(rows, coached=True), _side(rows, coached=False)
    reason = _too_few(coached)
    if reason is None:
        rows = comparable(rows)
        coached, uncoached = _side(rows, coached=True), _side(rows, coached=False)
        reason = _alone(rows, coached, uncoached)
    found = (NOTHING, NOTHING, NOTHING) if reason else _estimates(rows, coached, uncoached)
    return Effect(*found, coached, uncoached, _agents(rows), *days, reason)


def _estimates(rows: pl.DataFrame, coached: Side, uncoached: Side) -> tuple[Estimate, Estimate, Estimate]:
    """Own change, comparable change, difference."""
    values, errors = contrasts(*_model(rows))
    sides = min(coached.before, coached.after), min(uncoached.before, uncoached.after)
    own, change, gap = (
        Estimate(float(value), float(value - Z95 * error), float(value + Z95 * error), n)
        for value, error, n in zip(values, errors, (sides[0], sides[1], min(sides)), strict=True)
    )
    return own, change, gap


def _agents(rows: pl.DataFrame) -> int:
    """Comparable agents with calls before and after."""
    seen = rows.filter(~pl.col("coached")).group_by("agent_id").agg(pl.col("after").n_unique())
    return seen.filter(pl.col("after") == 2).height


def _side(rows: pl.DataFrame, *, coached: bool) -> Side:
    found: list[tuple[int, float | None]] = []
    for after in (False, True):
        part = rows.filter((pl.col("coached") == coached) & (pl.col("after") == after))
        n = int(part["n"].sum())
        found.append((n, float(part["total"].sum()) / n if n else None))
    return Side(found[0][0], found[1][0], found[0][1], found[1][1])


def _too_few(coached: Side) -> NoEffect | None:
    if coached.before < FEWEST_CALLS:
        return NoEffect.BEFORE
    return NoEffect.NOT_YET if coached.after < FEWEST_CALLS else None


def _alone(rows: pl.DataFrame, *sides: Side) -> NoEffect | None:
    """Too few agents or calls to compare with, or too few own calls of queues that others answer too."""
    few = any(min(side.before, side.after) < FEWEST_CALLS for side in sides)
    return NoEffect.NOBODY if few or _agents(rows) < FEWEST_AGENTS else None


def _model(rows: pl.DataFrame) -> tuple[Cells, NDArray[np.float64]]:
    """Sums for the likelihood, and the contrasts wanted: own change, comparable change, difference."""
    queues, agents = rows["queue"].unique().sort(), rows["agent_id"].unique().sort()
    queue = rows["queue"].replace_strict(queues, range(len(queues)), return_dtype=pl.Int64).to_numpy()
    who = rows["agent_id"].replace_strict(agents, range(len(agents)), return_dtype=pl.Int64).to_numpy()
    after = rows["after"].to_numpy().astype(float)
    level = np.eye(len(queues))[queue]
    coached = rows["coached"].to_numpy().astype(float)
    x = np.column_stack([level * (1 - after)[:, None], level * after[:, None], coached * after])
    z = np.column_stack([np.ones_like(after), after])
    tallies = rows.select("n", "total", "squares").to_numpy()
    mix = (coached * tallies[:, 0]) @ level / (coached @ tallies[:, 0])
    change = np.concatenate([-mix, mix, [0.0]])
    alone = np.concatenate([np.zeros(2 * len(queues)), [1.0]])
    return Cells.of(x, z, who, tallies), np.array([change + alone, change, alone])
