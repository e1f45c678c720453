"""Calls, verdicts and comments of a generated centre, with the real arithmetic of scores."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.evaluate.centres.plan import AGENTS, QUEUES, WEEKS, Floats, Plan, keys
from qa.scorecard import Scorecard, default_scorecard

FIRST_DAY = 20_001  # a Saturday, 2024-10-05
LAST_WEEK = FIRST_DAY + 7 * (WEEKS - 1)
NOT_APPLICABLE = {"identity_check": 0.45, "hold_etiquette": 0.55, "empathy": 0.3, "recording_notice": 0.2}
PARTLY = 0.3
VERDICTS = ("not met", "partly", "met", "not applicable")

ASPECTS = ("delivery", "price", "app", "agent", "refund", "waiting", "quality", "website")
A_WEEK, SPREAD, NONE, RISES = 45.0, 0.15, 0.15, 0
"""Comments a week, spread of themes between weeks (of logarithms), share without one, the one that rises."""


@dataclass(frozen=True, slots=True)
class Centre:
    """``calls`` and ``criteria`` have the columns of ``qa.frames`` that the analytics read; ``comments`` are
    ``id, aspect, day``.
    """

    plan: Plan
    calls: pl.DataFrame
    criteria: pl.DataFrame
    comments: pl.DataFrame


def draw(plan: Plan, seed: int) -> Centre:
    """One centre of this truth."""
    random = np.random.default_rng((seed, 2))
    cells = np.stack(np.meshgrid(range(AGENTS), range(WEEKS), range(QUEUES), indexing="ij"), -1).reshape(
        -1, 3
    )
    agent, week, queue = np.repeat(cells, random.poisson(plan.calls).ravel(), axis=0).T
    codes = _verdicts(plan.chances[agent, week, queue], random)
    weights, scores = _scored(codes)
    critical = np.array([one.critical is not None for one in default_scorecard("en").criteria])
    failed = (codes[:, critical] == 0).any(1)
    silent = codes[:, keys().index("dead_air")] < 2
    calls = pl.DataFrame({
        "call": np.arange(len(agent)), "agent_id": agent, "queue_id": queue, "week": week,
        "local_day": (FIRST_DAY + 7 * week + random.integers(0, 6, len(agent))).astype(np.int32),
        "score": np.where(failed, 0.0, scores), "failed_compliance": failed,
        "dead_air_seconds": np.where(silent, random.gamma(4.0, 5.0, len(agent)) + 10, 0.0),
    }).with_columns(
        pl.lit(None, pl.String).alias("left_out"), pl.lit(value=False).alias("failed_customer"),
        pl.lit(value=False).alias("failed_business"),
    )  # fmt: skip
    return Centre(plan, calls, _criteria(calls, codes, weights), _comments(plan, random))


def _verdicts(chances: Floats, random: np.random.Generator) -> NDArray[np.int8]:
    """Places in ``VERDICTS``, ``(calls, criteria)``."""
    met, half = random.random(chances.shape) < chances, random.random(chances.shape) < PARTLY
    half &= np.array([one.critical is None for one in default_scorecard("en").criteria])
    absent = random.random(chances.shape) < np.array([NOT_APPLICABLE.get(key, 0.0) for key in keys()])
    return np.where(absent, 3, np.where(met, 2, np.where(half, 1, 0))).astype(np.int8)


def _scored(codes: NDArray[np.int8]) -> tuple[Floats, Floats]:
    """Applied weights in points, and scores before critical failures (FIELD.md §2, as ``qa.score``)."""
    card: Scorecard = default_scorecard("en")
    counted, weights, start = codes < 3, np.zeros(codes.shape), 0
    for section in card.sections:
        end = start + len(section.criteria)
        own = counted[:, start:end] * np.array([one.weight for one in section.criteria])
        whole = own.sum(1, keepdims=True)
        weights[:, start:end] = section.weight * own / np.where(whole > 0, whole, 1.0)
        start = end
    weights *= 100 / weights.sum(1, keepdims=True)
    return weights, (weights * np.where(counted, codes / 2, 0.0)).sum(1)


def _criteria(calls: pl.DataFrame, codes: NDArray[np.int8], weights: Floats) -> pl.DataFrame:
    count, width = codes.shape
    of_call = calls.select("call", "agent_id", "queue_id", "local_day", "left_out")[
        np.repeat(np.arange(count), width)
    ]
    verdict = pl.Series("verdict", codes.ravel()).replace_strict(dict(enumerate(VERDICTS)))
    key = pl.Series("key", np.tile(np.arange(width), count)).replace_strict(dict(enumerate(keys())))
    return of_call.with_columns(key, verdict, pl.Series("applied_weight", weights.ravel()))


def _comments(plan: Plan, random: np.random.Generator) -> pl.DataFrame:
    """Nine weeks of comments; without a problem queue one theme rises in the last."""
    rows: list[tuple[int, str | None, int]] = []
    for week in range(WEEKS - 9, WEEKS):
        themes = np.exp(np.log(1.5) * -np.arange(len(ASPECTS)) / 2 + random.normal(0, SPREAD, len(ASPECTS)))
        if week == WEEKS - 1 and not plan.troubled:
            themes[RISES] *= np.exp(plan.size)
        for _comment in range(random.poisson(A_WEEK)):
            number, day = len(rows), FIRST_DAY + 7 * week + int(random.integers(7))
            found = set(random.choice(len(ASPECTS), 1 + int(random.random() < 0.2), p=themes / themes.sum()))
            names = [None] if random.random() < NONE else [ASPECTS[place] for place in found]
            rows += [(number, name, day) for name in names]
    return pl.DataFrame(rows, schema={"id": pl.Int64, "aspect": pl.String, "day": pl.Int32}, orient="row")
