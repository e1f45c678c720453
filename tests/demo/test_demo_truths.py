"""What was planted in the history is there to be found, by plain statistics over the stored rows."""

import numpy as np
import polars as pl
import pytest

from qa.calendar import week_start
from qa.demo.people import (
    AGENTS,
    COACHED,
    COACHED_FROM,
    IMPROVING,
    PROBLEM_FROM,
    PROBLEM_QUEUE,
    QUEUES,
)
from qa.demo.sessions import WRITTEN
from qa.records import Verdict
from qa.score import score
from qa.scorecard import default_scorecards
from qa.settings import Settings
from qa.store.call.findings import load_evaluations
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import PageOf, list_calls
from qa.store.lists.read import calls_frame, criteria_frame
from qa.store.people import list_agents, list_queues
from qa.store.scope import Scope

Centre = tuple[Database, Settings]


def tables(centre: Centre) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Calls and criteria with the week of the centre, 0 the oldest."""
    filters = CallFilter(generated=True)
    calls, criteria = (read(centre[0], Scope.all(), filters) for read in (calls_frame, criteria_frame))
    newest = week_start(int(calls["local_day"].max()), "en")  # type: ignore[arg-type]
    week = (
        15 - (newest - pl.col("local_day").map_elements(lambda d: week_start(d, "en"), pl.Int64)) // 7
    ).alias("week")
    with centre[0].read() as tx:
        agents = {agent.id: agent.name for agent in list_agents(tx)}
        queues = {queue.id: queue.name for queue in list_queues(tx)}
    names = (
        pl.col("agent_id").replace_strict(agents, return_dtype=pl.String).alias("agent"),
        pl.col("queue_id").replace_strict(queues, return_dtype=pl.String).alias("queue"),
    )
    return calls.with_columns(week, *names), criteria.with_columns(week, *names)


def slope(calls: pl.DataFrame, agent: str) -> tuple[float, float]:
    """Points a week of an agent's scores by least squares, and its standard error."""
    mine = calls.filter((pl.col("agent") == agent) & pl.col("score_before_critical").is_not_null())
    x, y = mine["week"].to_numpy().astype(float), mine["score_before_critical"].to_numpy()
    fit, covariance = np.polyfit(x, y, 1, cov=True)
    return float(fit[0]), float(np.sqrt(covariance[0, 0]))


def test_one_agent_improves_and_the_others_do_not_as_clearly(whole: Centre) -> None:
    calls, _ = tables(whole)
    found = {agent.en: slope(calls, agent.en) for agent in AGENTS}
    best, error = found.pop(AGENTS[IMPROVING].en)
    assert best > 3 * error
    assert best > max(value for value, _error in found.values())


def met_share(criteria: pl.DataFrame, key: str) -> tuple[float, int]:
    of_key = criteria.filter(
        (pl.col("key") == key) & pl.col("verdict").is_in([Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET])
    )
    return float((of_key["verdict"] == Verdict.MET).mean() or 0.0), of_key.height


def drop(criteria: pl.DataFrame, key: str, week: int) -> float:
    """How far the share met fell from ``week`` on, in standard errors; negative when it rose."""
    (p, n), (q, m) = (
        met_share(criteria.filter(side), key) for side in (pl.col("week") < week, pl.col("week") >= week)
    )
    return (p - q) / float(np.sqrt(p * (1 - p) / n + q * (1 - q) / m))


@pytest.mark.parametrize("key", ["dead_air", "recap_next_step"])
def test_one_queue_has_a_problem_from_week_nine(whole: Centre, key: str) -> None:
    _, criteria = tables(whole)
    falls = {
        queue.en: drop(criteria.filter(pl.col("queue") == queue.en), key, PROBLEM_FROM) for queue in QUEUES
    }
    assert falls.pop(QUEUES[PROBLEM_QUEUE].en) > 4
    assert max(falls.values()) < 3


def test_one_agent_was_coached(whole: Centre) -> None:
    _, criteria = tables(whole)
    quiet = criteria.filter(pl.col("queue") != QUEUES[PROBLEM_QUEUE].en)
    mine = quiet.filter(pl.col("agent") == AGENTS[COACHED].en)
    assert drop(mine, "recap_next_step", COACHED_FROM) < -3
    assert abs(drop(mine, "greeting", COACHED_FROM)) < 3


def test_every_stored_score_follows_from_its_stored_verdicts(whole: Centre) -> None:
    """Verdicts read back and scored anew by the real arithmetic give what the pages show."""
    cards = {(card.id, card.version): card for card in default_scorecards()}
    checked, after = 0, None
    with whole[0].read() as tx:
        while True:
            page = list_calls(tx, Scope.all(), CallFilter(generated=True), PageOf(after, 500, count=False))
            for row in page.rows:
                for stored in load_evaluations(tx, row.id):
                    was = stored.scoring
                    again = score(
                        cards[was.scorecard, was.version], {c.key: c.judgement for c in was.criteria}, None
                    )
                    assert again == was
                    assert row.score == was.score
                    checked += 1
            if (after := page.next) is None:
                break
    assert checked == 3000 + 6 + len(WRITTEN)  # the English recordings wait for the worker


def test_the_history_is_sixteen_weeks_up_to_now(whole: Centre) -> None:
    calls, _ = tables(whole)
    assert calls["week"].min() == 0
    assert calls["week"].n_unique() == 16
    fridays = calls.filter((pl.col("local_day") + 3) % 7 == 4).height  # day 0 was a Thursday
    assert 0 < fridays < calls.height / 7 * 0.6
