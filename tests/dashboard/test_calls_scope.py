"""Who sees which calls, one by one: in the data layer, in the file, with foreign numbers in the address."""

from collections.abc import Callable

import polars as pl
import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from dashboard.data import attention, calls, choices, frames, listing, site
from dashboard.data.frames import CallFilter
from dashboard.data.kinds import Role
from dashboard.data.listing import Order, PageOf
from dashboard.data.site import Scope
from dashboard.identity import COOKIE
from dashboard.overview.reading import read_week, usual_week
from qa.store.tables import calls as table
from tests.dashboard.centre import html, open_page, opened_keys
from tests.dashboard.desk import Site

ALL = CallFilter()
SCOPES = {
    "administrator": Scope.all(),
    "supervisor of one team": Scope.of_teams([1]),
    "supervisor of two": Scope.of_teams([1, 3]),
    "supervisor of none": Scope.of_teams([]),
    "agent": Scope.of_agent(9),
    "agent without a link": Scope.of_agent(None),
}


def own(scope: Scope) -> set[str]:
    """The keys of the calls that the rule gives to a scope, read without it."""
    with site.database().read() as tx:
        rows = tx.execute(select(table.c.key, table.c.team_id, table.c.agent_id)).all()
    return {
        key
        for key, team, agent in rows
        if scope.everything or (agent == scope.agent if scope.agent is not None else team in scope.teams)
    }


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_every_reading_keeps_to_the_scope(filled: Site, scope: Scope) -> None:
    keys, everybody = own(scope), own(Scope.all())
    assert set(frames.calls(scope, ALL)["call_key"]) == keys
    assert set(frames.criteria(scope, ALL)["call_key"]) <= keys
    assert {row.key for row in listing.every_row(scope, ALL, Order.LOWEST)} == keys
    assert listing.page(scope, ALL, PageOf(limit=1)).total == len(keys)
    critical, total = attention.critical_calls(scope, CallFilter(critical=True), 1000)
    assert {found.key for found in critical} <= keys
    assert total == len(critical) == frames.calls(scope, CallFilter(critical=True)).height
    assert {job.key for job in attention.failed_jobs(scope, 100)} <= keys
    statuses = frames.calls(scope, ALL)["status"]
    assert attention.in_line(scope) == ((statuses == "waiting").sum(), (statuses == "running").sum())
    for key in sorted(everybody - keys)[:3]:
        assert calls.load_call(key, scope) is None
    for key in sorted(keys)[:3]:
        assert calls.load_call(key, scope) is not None


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_figures_are_of_own_calls_alone(filled: Site, scope: Scope) -> None:
    week = usual_week(scope, "en")
    if not own(scope):
        assert week is None
        return
    assert week is not None
    found = read_week(scope, frozenset(), week, "en")
    inside = frames.calls(Scope.all(), ALL).filter(
        pl.col("call_key").is_in(list(own(scope))) & pl.col("local_day").is_between(week, week + 6)
    )
    assert found.heard.received == inside.height


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_names_of_people_outside_are_not_offered(filled: Site, scope: Scope) -> None:
    frame = frames.calls(Scope.all(), ALL).filter(pl.col("call_key").is_in(list(own(scope))))
    assert {agent.id for agent in choices.agents(scope)} == set(frame["agent_id"].drop_nulls())
    teams = {team.id for team in choices.teams(scope)}
    assert teams == (set(scope.teams) if not scope.everything else set(frame["team_id"].drop_nulls()))


@pytest.fixture
def staff(filled: Site) -> Site:
    filled.add("boss")
    filled.add("lead", Role.SUPERVISOR, teams=frozenset({1}))
    filled.add("nobody", Role.SUPERVISOR)
    filled.add("agent", Role.AGENT, agent_id=9)
    filled.add("loose", Role.AGENT)
    return filled


SEEN = {
    "boss": Scope.all(),
    "lead": SCOPES["supervisor of one team"],
    "nobody": Scope(),
    "agent": SCOPES["agent"],
    "loose": Scope(),
}
FOREIGN = ("", "team=2", "agent=5,6,7,8", "team=1,2,3&agent=1,2,3,4,5,6,7,8,9,10,11,12", "q=return")


@pytest.mark.parametrize("query", FOREIGN)
@pytest.mark.parametrize("name", SEEN)
def test_the_file_holds_own_calls_alone(staff: Site, client: TestClient, name: str, query: str) -> None:
    client.cookies.set(COOKIE, staff.session(name))
    lines = client.get(f"/qa/export/calls.csv?{query}").content.decode("utf-8-sig").splitlines()[1:]
    keys = {line.partition(",")[0] for line in lines}
    assert keys <= own(SEEN[name])
    if not query:
        assert keys == own(SEEN[name])
    if name != "boss" and query in ("team=2", "agent=5,6,7,8"):
        assert keys == set()


@pytest.mark.parametrize(
    ("name", "params", "nothing"),
    [
        ("lead", {}, False),
        ("lead", {"team": "2"}, True),
        ("lead", {"agent": "9"}, True),
        ("agent", {}, False),
        ("agent", {"agent": "1"}, True),
        ("agent", {"team": "1"}, True),
        ("loose", {}, True),
    ],
)
def test_the_page_lists_own_calls_alone(
    staff: Site, sign_in_as: Callable[[str], None], name: str, params: dict[str, str], nothing: bool
) -> None:
    sign_in_as(name)
    at = open_page("calls", **params)
    assert not at.exception
    keys = set(opened_keys(at))
    assert keys <= own(SEEN[name])
    assert bool(keys) is not nothing
    assert "Omid Jafari" not in html(at)  # of team 2, which none of them sees


@pytest.mark.parametrize("name", ["lead", "agent", "loose"])
def test_the_overview_names_own_calls_alone(
    staff: Site, sign_in_as: Callable[[str], None], name: str
) -> None:
    sign_in_as(name)
    at = open_page("overview")
    assert not at.exception
    assert set(opened_keys(at)) <= own(SEEN[name])
