"""Why the week is as it is: what changed by queue, who moved, and what coaching did."""

import polars as pl

from qa.analytics.cells import cells, number
from qa.analytics.decompose import decompose
from qa.analytics.effect import Session, coaching_effect, criterion_values
from qa.analytics.people import courses
from qa.analytics.weeks import STEP
from qa.weekly.inputs import Held, Inputs
from qa.weekly.records import Coached, Explained, Moved


def explained(inputs: Inputs) -> Explained:
    """The change of the quality score as mix and performance by queue."""
    ask = inputs.ask
    sums = {"n": number("score"), "total": pl.col("score_sum"), "squares": pl.col("score_squares")}
    scored = (
        cells(inputs.calls.lazy()).select("local_day", "queue_id", "queue", **sums).filter(pl.col("n") > 0)
    )
    now = scored.filter(pl.col("local_day").is_between(ask.week, ask.last))
    before = scored.filter(pl.col("local_day").is_between(ask.week - STEP, ask.week - 1))
    named = pl.concat([now, before]).drop_nulls("queue_id").select("queue_id", "queue").unique().collect()
    return Explained(decompose(before, now), dict(named.sort("queue_id").iter_rows()))


def coached(inputs: Inputs) -> tuple[Coached, ...]:
    """What came of each session; other sessions on the same criterion are taken out of the comparison."""
    sessions = {one.id: _session(one) for one in inputs.held}
    found = []
    for one in inputs.held:
        rest = [sessions[other.id] for other in inputs.held if other.criterion == one.criterion]
        values = criterion_values(inputs.coached.lazy(), one.criterion)
        others = [session for session in rest if session != sessions[one.id]]
        found.append(Coached(one, coaching_effect(values, sessions[one.id], others)))
    return tuple(found)


def moved(inputs: Inputs) -> tuple[Moved, ...]:
    """Who moved beyond own normal variation, the largest change first; nobody while the week runs."""
    if inputs.today <= inputs.ask.last:
        return ()
    theirs = inputs.calls.filter(pl.col("agent_id").is_not_null())
    inside = cells(theirs.lazy()).filter(pl.col("local_day").is_between(inputs.ask.week, inputs.ask.last))
    week = inside.group_by("agent_id").agg(number("score").sum()).collect()
    n, names = dict(week.iter_rows()), dict(theirs.select("agent_id", "agent").unique("agent_id").iter_rows())
    found = courses(theirs.lazy(), inputs.ask.week, inputs.ask.calendar)
    who = [
        Moved(agent, names[agent] or "", course.signal, course.change or 0.0, n.get(agent, 0))
        for agent, course in found.items()
        if course.moved
    ]
    return tuple(sorted(who, key=lambda one: (-abs(one.change), one.agent)))


def _session(one: Held) -> Session:
    return Session(tuple(number for number, _name in one.agents), one.day)
