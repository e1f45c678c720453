"""How a large made-up centre is laid out: who works there, and on which days how many calls come."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.calendar import as_date, local_day
from qa.demo.people import AGENTS, Language
from qa.holidays import holidays
from qa.settings import Settings

A_DAY = 25  # calls that an agent takes
FEWEST_AGENTS, IN_TEAM, QUEUES = 12, 18, 12
SPREAD = 0.45  # of the logarithm of how many calls an agent takes
FRIDAY, HOLIDAY, SEASON, GROWTH = 0.35, 0.3, 0.18, 0.25
"""Of a usual day's calls; how far a year swings; how many more after three years."""
YEAR = 365.25
OWN_QUEUE = 0.75  # of an agent's calls are of the queue that the team stands for


@dataclass(frozen=True, slots=True)
class Large:
    """``calls`` over ``days`` days up to ``now``, in the language of the centre; the same every time.

    ``lean``: scorecards of four criteria and three measures a call, for half the disk (``lean.py``).
    """

    calls: int
    language: Language
    now: datetime
    days: int = 3 * 365
    lean: bool = False


@dataclass(frozen=True, slots=True)
class Crew:
    """A row an agent: ``agent_id, team_id, kind, queue`` and ``share`` of the calls; numbers of the queues.

    ``kind`` is the agent of ``qa.demo.people`` whose chances this one has; ``queue`` counts from 0.
    """

    agents: pl.DataFrame
    queues: tuple[int, ...]


def sizes(large: Large) -> tuple[int, int, int]:
    """How many agents, teams and queues such a centre has."""
    agents = max(FEWEST_AGENTS, round(large.calls / large.days / A_DAY))
    return agents, max(3, agents // IN_TEAM), min(QUEUES, max(4, agents // 8))


def crew(people: list[tuple[int, int]], queues: tuple[int, ...], random: np.random.Generator) -> Crew:
    """The agents, with shares as uneven as in real centres; ``people`` are numbers of agents and teams."""
    count = len(people)
    share = np.exp(random.normal(0.0, SPREAD, count))
    frame = pl.DataFrame(
        {
            "agent_id": [agent for agent, _team in people],
            "team_id": [team for _agent, team in people],
            "kind": random.integers(len(AGENTS), size=count),
            "queue": [number % len(queues) for number in range(count)],
            "share": share / share.sum(),
        }
    )
    return Crew(frame, queues)


def calls_by_day(large: Large, settings: Settings, random: np.random.Generator) -> dict[int, int]:
    """How many calls come on each day: few on Fridays and holidays, a yearly swing, slow growth."""
    last = local_day(large.now, settings.zone)
    days = np.arange(last - large.days, last)
    away = {one.day for one in holidays(int(days[0]), last)}
    weights = np.array([_weight(int(day), int(days[0]), away) for day in days])
    counts = random.multinomial(large.calls, weights / weights.sum())
    return {int(day): int(count) for day, count in zip(days, counts, strict=True) if count}


def _weight(day: int, first: int, away: set[int]) -> float:
    usual = 1.0 + GROWTH * (day - first) / (3 * YEAR)
    season = 1.0 + SEASON * float(np.sin(2 * np.pi * (day - first) / YEAR))
    friday = FRIDAY if as_date(day).weekday() == 4 else 1.0
    return usual * season * (HOLIDAY if day in away else friday)


def queue_of(own: NDArray[np.int64], count: int, random: np.random.Generator) -> NDArray[np.int64]:
    """The queue of each call: mostly that of the agent's team, else any."""
    anywhere = random.integers(count, size=own.size)
    return np.where(random.random(own.size) < OWN_QUEUE, own, anywhere)
