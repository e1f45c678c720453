"""What the pages would say of a generated centre, beside what is true: one look on the last full week."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from qa.analytics import headline, people
from qa.analytics.decompose import decompose
from qa.analytics.effect import Session, coaching_effect, criterion_values, score_values
from qa.analytics.gain import criterion_sums, suggestions
from qa.analytics.headline import Figure
from qa.analytics.league import league, tallied
from qa.analytics.people import QUIET
from qa.analytics.themes import rising
from qa.evaluate.centres import plan as truth
from qa.evaluate.centres.draw import ASPECTS, FIRST_DAY, LAST_WEEK, RISES, Centre
from qa.evaluate.centres.plan import Floats, Plan
from qa.scorecard import default_scorecard

PERIOD = 8  # weeks of the league, as the page shows them first
LANGUAGE = "fa"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that could be signalled: what there is to say and whether it is said.

    ``size`` is that of the change in points of logit; 0 where there is none, so that what is said is false.
    """

    kind: str
    size: float
    said: bool


def looks(centre: Centre) -> Iterator[Look]:
    """Everything the pages judge in this centre."""
    yield from _agents(centre)
    yield from _figures(centre)
    yield from _coached(centre)
    yield from _compared(centre)
    yield from _themes(centre)


def _agents(centre: Centre) -> Iterator[Look]:
    found = people.courses(centre.calls.lazy(), LAST_WEEK, LANGUAGE)
    for agent in truth.UNCHANGED:
        yield Look("agent moved", 0.0, found[agent].moved)
    for agent in (truth.IMPROVING, truth.DECLINING):
        yield Look("agent moved", centre.plan.size, found[agent].moved)


def _figures(centre: Centre) -> Iterator[Look]:
    """KPIs of agents and queues in which nothing changes, and of the problem queue."""
    steady = centre.calls.filter(
        pl.col("agent_id").is_in(truth.UNCHANGED) & (pl.col("queue_id") != truth.PROBLEM_QUEUE)
    )
    for figure in _kpis(steady):
        yield Look("KPI's week", 0.0, figure.chart.last not in QUIET)
        yield Look("KPI's last 12 weeks", 0.0, any(each not in QUIET for each in figure.chart.signals[-12:]))
    if centre.plan.troubled:
        queue = centre.calls.filter(pl.col("queue_id") == truth.PROBLEM_QUEUE).lazy()
        quality = headline.quality(queue, LAST_WEEK, LANGUAGE)
        yield Look("KPI's week", centre.plan.size, quality.chart.last not in QUIET)
    yield from _queues(centre)


def _queues(centre: Centre) -> Iterator[Look]:
    """Queues named in the change of the score from eight weeks to the three in which the problem is there."""
    first, calls = FIRST_DAY + 7 * truth.PROBLEM_FROM, score_values(centre.calls.lazy())
    day = pl.col("local_day")
    made = decompose(calls.filter(day.is_between(first - 56, first - 1)), calls.filter(day >= first))
    for part in () if made is None else made.parts:
        problem = centre.plan.troubled and part.group == truth.PROBLEM_QUEUE
        yield Look("queue named in a change", centre.plan.size if problem else 0.0, part.sure)


def _kpis(calls: pl.DataFrame) -> tuple[Figure, ...]:
    return (
        headline.quality(calls.lazy(), LAST_WEEK, LANGUAGE),
        headline.no_failure(calls.lazy(), LAST_WEEK, LANGUAGE),
        headline.measured(calls.lazy(), "dead_air_seconds", LAST_WEEK, LANGUAGE),
    )


def _coached(centre: Centre) -> Iterator[Look]:
    """The coached agent, and the unchanged one with the lowest share of late, coached to no effect."""
    values = criterion_values(centre.criteria.lazy(), truth.COACHED_ON).collect()
    day = FIRST_DAY + 7 * truth.COACHED_FROM - 1
    late = values.filter(
        pl.col("agent_id").is_in(truth.UNCHANGED) & pl.col("local_day").is_between(day - 55, day - 1)
    )
    means = late.group_by("agent_id").agg(pl.col("value").mean(), pl.len().alias("n"))
    lowest = int(means.filter(pl.col("n") >= 10).sort("value", "agent_id")["agent_id"][0])
    real, chance = Session((truth.COACHED,), day), Session((lowest,), day)
    helped = coaching_effect(values.lazy(), real, [chance])
    yield Look("coaching effect", centre.plan.coached, helped.helped)
    nothing = coaching_effect(values.lazy(), chance, [real]).difference
    claimed = nothing.low is not None and nothing.high is not None and not nothing.low <= 0 <= nothing.high
    yield Look("coaching effect", 0.0, claimed)


def _compared(centre: Centre) -> Iterator[Look]:
    """Coaching suggestions and the league of the last weeks, against the true distances."""
    first = LAST_WEEK - 7 * (PERIOD - 1)
    calls = centre.calls.filter(pl.col("local_day") >= first)
    criteria = centre.criteria.filter(pl.col("local_day") >= first)
    shares = _true_shares(centre.plan)
    far = shares - shares.mean(0)
    listed = {(one.agent, one.key) for one in suggestions(criterion_sums(criteria.lazy()))}
    for place, key in enumerate(truth.keys()):
        for agent in truth.UNCHANGED:
            if far[agent, place] >= 0:
                yield Look("coaching suggestion", 0.0, (agent, key) in listed)
    yield Look("coaching suggestion", centre.plan.size, (truth.WEAK, truth.WEAK_ON) in listed)
    yield from _league(centre, calls)


def _league(centre: Centre, calls: pl.DataFrame) -> Iterator[Look]:
    """Whoever opens a ground in the league is truly under the first of the ground above, or it is false."""
    made, means = league(tallied(calls.lazy(), "score")), _true_scores(centre.plan)
    if made is None:
        return
    head = made.places[0]
    for one in made.places[1:]:
        wrong = one.band > head.band and means[head.agent] <= means[one.agent]
        yield Look("told apart in the league", 0.0, wrong)
        head = one if one.band > head.band else head


def _themes(centre: Centre) -> Iterator[Look]:
    risen = {one.aspect for one in rising(centre.comments.lazy(), LAST_WEEK + 6) if one.rising}
    for place, aspect in enumerate(ASPECTS):
        size = centre.plan.size if place == RISES and not centre.plan.troubled else 0.0
        yield Look("rising theme", size, aspect in risen)


def _true_shares(plan: Plan) -> Floats:
    """Mean verdict 0-1 in the last weeks on the mix of queues of all, ``(agents, criteria)``."""
    late = plan.calls[:, -PERIOD:]
    mix = late.sum(0) / late.sum()
    return np.asarray(np.einsum("awqk,wq->ak", plan.chances[:, -PERIOD:], mix))


def _true_scores(plan: Plan) -> Floats:
    """In the order of the true mean scores: weights of the scorecard on the true shares, ``(agents,)``."""
    card = default_scorecard("en")
    weights = np.array([
        section.weight * one.weight / sum(each.weight for each in section.criteria)
        for section in card.sections for one in section.criteria
    ])  # fmt: skip
    return np.asarray(_true_shares(plan) @ weights)
