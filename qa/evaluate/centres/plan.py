"""What is true in a generated centre: who changes, on what, how far; nothing else moves by itself.

Chances are in points of logit around a usual share for each criterion of the default scorecard.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.scorecard import default_scorecard

Floats = NDArray[np.float64]

WEEKS, QUEUES = 26, 4
SIZES = (0.5, 1.0, 1.5, 2.0)
UNCHANGED = (0, 1, 2, 3, 4, 5, 6, 7, 11)
WEAK, IMPROVING, DECLINING, COACHED, FEW_CALLS = 6, 8, 9, 10, 11
AGENTS = 12
"""``UNCHANGED`` stay as they are; ``WEAK`` is one of them, always weak on one criterion, ``FEW_CALLS`` one
with two calls a week."""

WEAK_ON, COACHED_ON = "ownership", "recap_next_step"
COACHED_FROM, MOVING_FROM, PROBLEM_FROM = 18, 14, 23  # weeks
PROBLEM_QUEUE = 1
PROBLEM = {"dead_air": 1.0, "recap_next_step": 1.0, "ownership": 0.6, "hold_etiquette": 0.6}
BEFORE_COACHING = -1.2
CRITICAL_FAILS = 0.005
USUAL = (0.68, 0.93)  # lowest and highest share met of the others
HOLIDAYS = (6, 19)  # weeks with few calls

SKILL, OWN, QUEUE, WEEK = 0.3, 0.25, 0.2, 0.05
"""Spread of agents, of an agent's criteria, of queues and of weeks, in points of logit."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The truth of one centre.

    Attributes:
        size: of every change but the coached one's, in points of logit.
        coached: size of the effect of the coaching.
        troubled: whether the problem queue has its problem, from ``PROBLEM_FROM`` on; else one theme of the
            comments rises in the last week.
        chances: of "met", ``(agents, weeks, queues, criteria)``.
        calls: expected calls, ``(agents, weeks, queues)``.
    """

    size: float
    coached: float
    troubled: bool
    chances: Floats
    calls: Floats


def keys() -> tuple[str, ...]:
    """Criteria in the order of the last axis."""
    return tuple(criterion.key for criterion in default_scorecard("en").criteria)


def plan(seed: int) -> Plan:
    """The centre of this seed; 32 seeds have every pair of sizes, with and without a problem queue."""
    random = np.random.default_rng((seed, 1))
    size, coached, troubled = SIZES[seed % 4], SIZES[seed // 8 % 4], seed // 4 % 2 == 0
    logit = _usual(random)[None, None, None, :] + np.zeros((AGENTS, WEEKS, QUEUES, 1))
    logit = logit + random.normal(0, SKILL, AGENTS)[:, None, None, None]
    logit = logit + random.normal(0, OWN, (AGENTS, 1, 1, logit.shape[-1]))
    logit = logit + random.normal(0, QUEUE, (1, 1, QUEUES, logit.shape[-1]))
    logit = logit + random.normal(0, WEEK, (1, WEEKS, 1, 1))
    _change(logit, size, coached, troubled=troubled)
    chances = 1 / (1 + np.exp(-logit))
    critical = [criterion.critical is not None for criterion in default_scorecard("en").criteria]
    chances[..., critical] = 1 - CRITICAL_FAILS
    return Plan(size, coached, troubled, chances, _calls(random))


def _usual(random: np.random.Generator) -> Floats:
    share = random.permutation(np.linspace(*USUAL, len(keys())))
    return np.asarray(np.log(share / (1 - share)))


def _change(logit: Floats, size: float, coached: float, *, troubled: bool) -> None:
    """Put the planted changes in."""
    place = {key: number for number, key in enumerate(keys())}
    slope = np.clip((np.arange(WEEKS) - MOVING_FROM) / (WEEKS - 1 - MOVING_FROM), 0, 1)
    logit[IMPROVING] += size * slope[:, None, None]
    logit[DECLINING] -= size * slope[:, None, None]
    logit[WEAK, :, :, place[WEAK_ON]] -= size
    logit[COACHED, :, :, place[COACHED_ON]] += BEFORE_COACHING
    logit[COACHED, COACHED_FROM:, :, place[COACHED_ON]] += coached
    for key, part in PROBLEM.items() if troubled else ():
        logit[:, PROBLEM_FROM:, PROBLEM_QUEUE, place[key]] -= size * part


def _calls(random: np.random.Generator) -> Floats:
    """A season in volume, two holidays, agents and weeks with mixes of queues of their own."""
    volume = 1 + 0.2 * np.sin(np.arange(WEEKS) / WEEKS * 2 * np.pi + random.uniform(0, 6))
    volume[list(HOLIDAYS)] *= 0.4
    agents = np.full(AGENTS, 16.0) * random.uniform(0.7, 1.3, AGENTS)
    agents[FEW_CALLS] = 2.0
    usual = np.array([0.36, 0.22, 0.24, 0.18])
    mix = (
        random.dirichlet(40 * usual, AGENTS)[:, None, :] * random.dirichlet(150 * usual, WEEKS)[None] / usual
    )
    mix /= mix.sum(-1, keepdims=True)
    return np.asarray(agents[:, None, None] * volume[None, :, None] * mix)
