"""The agents page: figures of the analytics on the same calls, cells that open calls, own teams only."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.agents.asking import read_wanted
from dashboard.data import agents, frames, site
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from dashboard.i18n import number, speaking
from qa.analytics.gain import criterion_sums
from qa.analytics.league import league, tallied
from qa.analytics.weeks import counted
from qa.store.kinds import PromiseState
from qa.store.promise.ledger import LedgerFilter, tally
from tests.dashboard.centre import ever, html, open_page
from tests.dashboard.desk import Site

SignIn = Callable[[str], None]
EVERYTHING = Scope.all()


def figure(at: AppTest, place: int) -> dict[str, Any]:
    return dict(json.loads(at.get("plotly_chart")[place].proto.spec))


def cells(spec: dict[str, Any]) -> list[tuple[str, Any]]:
    """Text of each cell and what it opens."""
    (marks,) = [trace for trace in spec["data"] if trace.get("mode") == "markers+text"]
    return list(zip(marks["text"], marks["customdata"], strict=True))


def names(spec: dict[str, Any]) -> list[str]:
    return [re.sub("<[^>]+>", "", str(name)) for name in spec["layout"]["yaxis"]["ticktext"]]


def test_the_league_is_that_of_the_analytics(filled: Site, sign_in_as: SignIn) -> None:
    filled.add("boss", Role.MANAGER)
    sign_in_as("boss")
    at = open_page("agents", queue="1")
    assert not at.exception
    with speaking("en"):
        wanted = read_wanted({"queue": "1"}, EVERYTHING)
    filters = wanted.filters(wanted.first, wanted.last)
    table = counted(frames.calls(EVERYTHING, filters).lazy())
    expected = league(tallied(table, "score"))
    assert expected is not None
    known = dict(table.select("agent_id", "agent").unique().collect().iter_rows())
    drawn = figure(at, 0)
    assert names(drawn) == [known[place.agent] for place in expected.places]
    written, columns = cells(drawn), len(cells(drawn)) // len(expected.places)
    for row, place in enumerate(expected.places):
        score, count = written[row * columns], written[row * columns + 1]
        assert score[0] == f"<b>{number(place.shrunk.value or 0.0, 1)}</b>"
        assert count[0] == number(place.shrunk.n)
        here = {"from": str(wanted.first), "to": str(wanted.last), "queue": "1", "agent": str(place.agent)}
        assert score[1] == ["calls", here]
        assert written[row * columns + 2][1][1].keys() == here.keys() | {"lost"}
    assert names(figure(at, 1)) == names(drawn)


def test_the_sums_equal_the_rows(filled: Site) -> None:
    filters = read_wanted({}, EVERYTHING).filters(*ever())
    by_rows = criterion_sums(frames.criteria(EVERYTHING, filters).lazy())
    found = agents.criteria(EVERYTHING, filters)
    assert found.drop("weight").equals(by_rows.drop("weight"))
    assert found["weight"].to_list() == pytest.approx(by_rows["weight"].to_list())
    assert by_rows.height > 100
    promised, now = agents.promised(EVERYTHING, filters), datetime.now(UTC)
    with site.database().read() as tx:
        whole = tally(tx, EVERYTHING, LedgerFilter(now))
        kept = tally(tx, EVERYTHING, LedgerFilter(now, states=frozenset({PromiseState.KEPT})))
    assert promised["kept"].sum() == kept.total > 0
    assert (promised["broken"].sum(), promised["overdue"].sum()) == (whole.broken, whole.overdue)


def test_a_supervisor_compares_own_teams_only(filled: Site, sign_in_as: SignIn) -> None:
    filled.add("lead", Role.SUPERVISOR, teams=frozenset({1}))
    sign_in_as("lead")
    at = open_page("agents", team="2")  # another's team narrows nothing and opens nothing
    everybody = frames.calls(EVERYTHING, read_wanted({}, EVERYTHING).filters(*ever()))
    own = set(everybody.filter(pl.col("team_id") == 1)["agent"].drop_nulls())
    others = set(everybody.filter(pl.col("team_id") != 1)["agent"].drop_nulls()) - own
    assert set(names(figure(at, 0))) <= own
    assert others
    assert not any(name in html(at) for name in others)


@pytest.mark.parametrize("read", [agents.calls, agents.criteria, agents.promised])
def test_an_agent_is_refused_by_the_data(filled: Site, read: Callable[..., object]) -> None:
    with pytest.raises(PermissionError):
        read(Scope.of_agent(1), read_wanted({}, EVERYTHING).filters(*ever()))
