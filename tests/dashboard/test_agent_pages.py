"""The page of one agent, the agent's own, the library: right figures, own scope, nobody else's name."""

import json
import wave
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import numpy as np
import polars as pl
import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard.agent import reading as agent_reading
from dashboard.agent.asking import days_of
from dashboard.agent.heard import telling
from dashboard.agents import reading as agents_reading
from dashboard.agents.asking import Wanted
from dashboard.data import frames, library, person, site
from dashboard.data.frames import CallFilter
from dashboard.data.kinds import Role
from dashboard.data.library import MomentFilter, MomentState, NewMoment
from dashboard.data.person import Proof
from dashboard.data.site import Scope
from dashboard.i18n import number, speaking
from dashboard.identity import COOKIE
from qa.analytics.intervals import mean, share
from qa.analytics.league import league
from qa.analytics.weeks import counted
from qa.calendar import local_day
from qa.records import Span, Verdict
from qa.store.call.calls import register
from qa.store.kinds import CallSource
from tests.audio.files import voices
from tests.audio.files import wave as write_wave
from tests.dashboard.centre import ever, html, open_page
from tests.dashboard.desk import Site
from tests.store.samples import new_call, sha

SignIn = Callable[[str], None]
EVERYTHING = Scope.all()
HEARD = sha(1)[:12]
"""The call of agent 1 that has words, in the last days."""


def shown(at: AppTest, place: int) -> dict[str, Any]:
    return dict(json.loads(at.get("plotly_chart")[place].proto.spec))


def links(at: AppTest) -> str:
    return " ".join(link.proto.query_string for link in at.get("page_link"))


def period() -> tuple[int, int]:
    with speaking("en"):
        days = days_of("eight")
    return days.first, days.last


def own_calls(agent: int) -> pl.DataFrame:
    first, last = period()
    table = frames.calls(EVERYTHING, CallFilter(first_day=first, last_day=last, agents=frozenset({agent})))
    return counted(table.lazy()).collect()


def other_names(agent: int) -> list[str]:
    everybody = frames.calls(EVERYTHING, CallFilter()).select("agent_id", "agent").drop_nulls().unique()
    return everybody.filter(pl.col("agent_id") != agent)["agent"].to_list()


def distances(agent: int) -> dict[str, float]:
    """Points from the mean of all by criterion, by the league on the rows of the verdicts."""
    first, last = period()
    rows = frames.criteria(EVERYTHING, CallFilter(first_day=first, last_day=last))
    value = pl.col("verdict").replace_strict({"met": 1.0, "partly": 0.5, "not met": 0.0}, default=None)
    kept = (
        rows.with_columns(value.alias("v")).filter(pl.col("left_out").is_null()).drop_nulls(["v", "agent_id"])
    )
    sums = kept.group_by("key", "agent_id", "queue_id").agg(
        pl.len().alias("n"), pl.col("v").sum().alias("total"), (pl.col("v") ** 2).sum().alias("squares")
    )
    found = {}
    for (key,), part in sums.partition_by("key", as_dict=True).items():
        table = league(part.drop("key").sort("agent_id", "queue_id"))
        place = None if table is None else table.of(agent)
        if table is not None and place is not None:
            found[str(key)] = 100 * ((place.shrunk.value or 0.0) - table.mean)
    return found


def propose(criterion: str = "greeting") -> int:
    """A lead asks agent 1 about the beginning of the call with words."""
    new = NewMoment(HEARD, criterion, Span(0.0, 20.0), "A warm start", "It sets the tone.")
    lead = site_user("asker", Role.MANAGER)
    return library.propose(new, lead, EVERYTHING)


def site_user(name: str, role: Role, **more: object) -> int:
    return Site(site.settings().data_dir).add(name, role, **more)


def test_an_agent_moves_on_both_pages_or_on_neither(filled: Site) -> None:
    del filled
    with speaking("en"):
        days = days_of("eight")
    everybody = agents_reading.read(EVERYTHING, Wanted("eight", days.first, days.last, days.week), "en")
    assert everybody.courses
    for number_of_agent, course in everybody.courses.items():
        agent = person.known(EVERYTHING, number_of_agent)
        assert agent is not None
        own = agent_reading.read(EVERYTHING, agent, days, "en").course.chart
        shown_weeks = slice(-len(own.values), None)
        assert own.last is course.signal
        assert own.signals == course.chart.signals[shown_weeks]
        np.testing.assert_allclose(own.values, course.chart.values[shown_weeks])
        np.testing.assert_allclose(own.upper, course.chart.upper[shown_weeks])


def test_the_agent_page_shows_the_figures_of_the_calls(filled: Site, sign_in_as: SignIn) -> None:
    filled.add("boss", Role.MANAGER)
    sign_in_as("boss")
    at = open_page("agent", agent="1")
    assert not at.exception
    body, calls = html(at), own_calls(1)
    score = mean(calls["score"].to_numpy())
    assert f">{number(score.value or 0, 1)}<" in body
    assert f"{number(score.low or 0, 1)} to {number(score.high or 0, 1)} · {calls.height} calls" in body
    talk = calls["talk_share_agent"].drop_nulls().to_numpy()
    past = share(int(((talk < 0.35) | (talk > 0.65)).sum()), len(talk))
    low, high = (round(100 * (value or 0)) for value in (past.low, past.high))
    said = f"limit 35 % to 65 %: {round(100 * (past.value or 0))} % of calls past it ({low} to {high})"
    assert said in body
    (points,) = [trace for trace in shown(at, 1)["data"] if trace.get("customdata")]
    drawn = dict(zip(points["customdata"], points["x"], strict=True))
    expected = distances(1)
    assert drawn == pytest.approx({key: expected[key] for key in drawn})
    assert len(drawn) > 8
    assert "agent=1" in links(at)


def test_the_best_calls_stand_over_their_queue(filled: Site, sign_in_as: SignIn) -> None:
    filled.add("boss", Role.MANAGER)
    sign_in_as("boss")
    at = open_page("agent", agent="2")
    first, last = period()
    everybody = counted(
        frames.calls(EVERYTHING, CallFilter(first_day=first, last_day=last + 7)).lazy()
    ).collect()
    usual = dict(
        counted(frames.calls(EVERYTHING, CallFilter(first_day=first, last_day=last)).lazy())
        .group_by("queue_id").agg(pl.col("score").mean()).collect().iter_rows()
    )  # fmt: skip
    own = everybody.filter(pl.col("agent_id") == 2)
    over = [score - usual[queue] for score, queue in own.select("score", "queue_id").iter_rows()]
    best = own["call_key"].gather(np.argsort(over)[::-1][:1].copy())[0]
    assert f"call={best}" in links(at)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT])
def test_another_teams_supervisor_and_another_agent_get_nothing(
    filled: Site, sign_in_as: SignIn, role: Role
) -> None:
    more = {Role.SUPERVISOR: {"teams": frozenset({2})}, Role.AGENT: {"agent_id": 2}}[role]
    filled.add("other", role, **more)
    scope = {Role.SUPERVISOR: Scope.of_teams({2}), Role.AGENT: Scope.of_agent(2)}[role]
    own = person.known(EVERYTHING, 1)
    assert own is not None
    assert person.known(scope, 1) is None
    days = ever()
    assert person.calls(scope, own, *days).is_empty()
    assert person.criteria(scope, own, *days).is_empty()
    assert person.own_sums(scope, own, *days).is_empty()
    assert set(person.sums(scope, *days)["agent_id"]) <= ({2} if role is Role.AGENT else {5, 6, 7, 8})
    assert person.promised(scope, own, *days).n == 0
    assert person.contested(scope, own) == ()
    assert person.recorded(scope, own, *days) == frozenset()
    assert person.proofs(scope, {HEARD}) == {}
    sign_in_as("other")
    body = html(open_page("agent", agent="1"))
    assert own.name not in body
    assert ("No such agent" in body) == (role is Role.SUPERVISOR)


def test_my_quality_names_nobody_else_and_notes_what_was_seen(filled: Site, sign_in_as: SignIn) -> None:
    filled.add("sara", Role.AGENT, agent_id=1)
    sign_in_as("sara")
    at = open_page("mine", period="twelve")
    assert not at.exception
    body = html(at)
    assert "The numbers could not be read" not in body
    others = other_names(1)
    assert others
    everything = body + " ".join(one.proto.spec for one in at.get("plotly_chart"))
    assert [name for name in others if name in everything] == []
    assert "One thing to work on" in body
    (seen, *_rest) = [button for button in at.button if button.label == "I have seen it"]
    key = str(seen.key).removeprefix("mine_seen_")
    assert f"call={key}&contest=" in links(at)
    before = len([button for button in at.button if button.label == "I have seen it"])
    seen.click().run()
    assert len([button for button in at.button if button.label == "I have seen it"]) == before - 1
    assert {call for call, _criterion in person.acknowledged(EVERYTHING, {key})} == {key}
    assert person.acknowledged(Scope.of_agent(2), {key}) == {}


def test_a_new_agent_has_a_page_too(desk_site: Site, sign_in_as: SignIn) -> None:
    now = datetime.now(UTC)
    with site.database().write() as tx:
        from qa.store.people import agent_id

        agent = agent_id(tx, "Nika")
        day = local_day(now, site.settings().zone)
        register(tx, new_call(7, agent_id=agent, source=CallSource.UPLOAD, started_at=now, local_day=day))
    desk_site.add("nika", Role.AGENT, agent_id=agent)
    desk_site.add("boss", Role.MANAGER)
    for user, page in (("nika", "mine"), ("boss", "agent")):
        sign_in_as(user)
        at = open_page(page, agent=str(agent))
        assert not at.exception
        assert "Not enough calls yet" in html(at)
        assert "could not be read" not in html(at)


def test_from_the_question_to_the_library(filled: Site, sign_in_as: SignIn) -> None:
    number_of = propose()
    name = person.known(EVERYTHING, 1)
    assert name is not None
    filled.add("sara", Role.AGENT, agent_id=1)
    filled.add("reza", Role.AGENT, agent_id=2)
    sign_in_as("reza")
    assert "A warm start" not in html(open_page("library"))
    sign_in_as("sara")
    at = open_page("mine")
    assert "A warm start" in html(at)
    at.button(key=f"moment_yes_{number_of}").click().run()
    assert not at.exception
    sign_in_as("reza")
    body = html(open_page("library", criterion="greeting"))
    assert f'src="/qa/clip/{number_of}"' in body
    assert "A warm start" in body
    assert name.name not in body
    sign_in_as("sara")
    open_page("mine").button(key=f"moment_name_{number_of}").click().run()
    sign_in_as("reza")
    assert name.name in html(open_page("library"))
    filled.add("lead", Role.SUPERVISOR, teams=frozenset({1}))
    sign_in_as("lead")
    open_page("library").button(key=f"moment_out_{number_of}").click().run()
    assert library.listed(EVERYTHING, MomentFilter()) == ()


def test_a_lead_proposes_from_the_page_of_a_call(filled: Site, sign_in_as: SignIn) -> None:
    filled.add("lead", Role.SUPERVISOR, teams=frozenset({1}))
    sign_in_as("lead")
    at = open_page("call", call=HEARD)
    at.button(key="call_ask").click().run()
    assert library.listed(EVERYTHING, MomentFilter(frozenset(MomentState))) == ()  # a title is asked for
    at.text_input(key="call_title").set_value("A warm start")
    at.button(key="call_ask").click().run()
    (made,) = library.listed(EVERYTHING, MomentFilter(frozenset(MomentState)))
    assert (made.title, made.state, made.agent_id) == ("A warm start", MomentState.PROPOSED, 1)
    assert made.lines


def test_a_clip_is_for_those_who_may_hear_it(client: TestClient, filled: Site) -> None:
    number_of = propose()
    for name, role, more in (
        ("sara", Role.AGENT, {"agent_id": 1}),
        ("reza", Role.AGENT, {"agent_id": 2}),
        ("lead", Role.SUPERVISOR, {"teams": frozenset({2})}),
    ):
        filled.add(name, role, **more)
    assert client.get(f"/qa/clip/{number_of}").status_code == 401
    path = site.settings().recordings_dir / new_call(1).media  # type: ignore[operator]
    path.parent.mkdir(parents=True)
    write_wave(path, voices(64.0))
    clip = f"/qa/clip/{number_of}"
    for name in ("reza", "lead"):
        client.cookies.set(COOKIE, filled.session(name))
        refused = [client.get(place) for place in (clip, "/qa/clip/99999", "/qa/clip/x")]
        assert {(one.status_code, one.text) for one in refused} == {(404, "no such moment")}
    client.cookies.set(COOKIE, filled.session("sara"))
    whole = client.get(clip)
    with wave.open(BytesIO(whole.content)) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(20.0)
    part = client.get(clip, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole.content)}"
    assert client.get(clip, headers={"Range": f"bytes={len(whole.content)}-"}).status_code == 416
    library.answer(number_of, 1, consents=True)
    client.cookies.set(COOKIE, filled.session("reza"))
    assert client.get(clip).headers["content-type"] == "audio/wav"


def proof(criterion: str, verdict: Verdict, weight: float, at: float | None) -> Proof:
    return Proof("c", criterion, verdict, weight, "words" if at else "", Span(at, at + 1) if at else None)


def test_what_tells_most_about_a_call() -> None:
    every = (
        proof("greeting", Verdict.MET, 5.0, 1.0),
        proof("empathy", Verdict.MET, 5.0, 9.0),
        proof("dead_air", Verdict.MET, 9.0, None),  # nothing to hear
        proof("probing", Verdict.NOT_MET, 9.0, None),
        proof("goodbye", Verdict.PARTLY, 3.0, 40.0),
    )
    met = {"greeting": 0.95, "empathy": 0.6, "dead_air": 0.2}
    good, bad = telling(every, met, good=True), telling(every, met, good=False)
    assert good is not None
    assert bad is not None
    assert (good.criterion, bad.criterion) == ("empathy", "goodbye")  # rarest met; one that can be heard
    assert telling(every[2:4], met, good=True) is None
    rest = telling(every[2:4], met, good=False)
    assert rest is not None
    assert rest.criterion == "probing"
