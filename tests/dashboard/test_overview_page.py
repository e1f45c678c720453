"""The overview: its figures are those of the analytics on the same calls, its parts open those calls."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import frames, promises, site
from dashboard.data.frames import CallFilter
from dashboard.data.promises import LedgerFilter
from dashboard.data.site import Scope
from dashboard.i18n import interval, number, speaking, week_label
from dashboard.overview.reading import this_week, usual_week
from qa.analytics import headline
from qa.analytics.weeks import points_lost
from qa.store.call import calls
from qa.store.work import jobs
from tests.dashboard.centre import Language, address, html, open_copy, open_page, opened_keys
from tests.dashboard.desk import Site
from tests.store.samples import new_call

SignIn = Callable[[str], None]
EVERYTHING = Scope.all()


@pytest.fixture
def boss(filled: Site, sign_in_as: SignIn) -> Site:
    filled.add("boss")
    sign_in_as("boss")
    return filled


def links(at: AppTest, page: str) -> list[dict[str, str]]:
    """Address parts of the links to a page."""
    found = [link.proto for link in at.get("page_link") if link.proto.page.rstrip("/").endswith(page)]
    return [dict(part.split("=") for part in proto.query_string.split("&") if part) for proto in found]


def chart(at: AppTest, place: int) -> dict[str, object]:
    return dict(json.loads(at.get("plotly_chart")[place].proto.spec))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_figures_equal_the_analytics(
    desk_site: Site, centres: Callable[[Language], Path], sign_in_as: SignIn, language: Language
) -> None:
    open_copy(centres(language), desk_site).add("boss")
    sign_in_as("boss")
    with speaking(language):
        week = this_week(language) - 7
        at = open_page("overview", language, week=str(week))
        table = frames.calls(EVERYTHING, CallFilter()).lazy()
        quality = headline.quality(table, week, language)
        good = headline.no_failure(table, week, language)
        talk = headline.measured(table, "talk_share_agent", week, language)
        heard = headline.heard(table, week, language)
        assert quality.now.value is not None
        assert quality.now.low is not None
        assert quality.now.high is not None
        assert good.now.value is not None
        assert talk.now.value is not None
        body = html(at)
        assert not at.exception
        assert week_label(week) in body
        for text in (
            number(quality.now.value, 1),
            interval(quality.now.low, quality.now.high),
            number(good.now.value * 100, 1),
            number(talk.now.value * 100, 1),
            number(heard.counted),
        ):
            assert f">{text}<" in body or f">{text} ·" in body, text


def test_the_chart_ends_with_the_figure_of_the_tile(boss: Site) -> None:
    week = this_week("en") - 7
    at = open_page("overview", week=str(week))
    table = frames.calls(EVERYTHING, CallFilter()).lazy()
    points = [trace for trace in chart(at, 0)["data"] if trace.get("customdata") is not None]  # type: ignore[attr-defined]
    figure = headline.quality(table, week, "en")
    assert points[0]["customdata"][-1] == week
    assert len(points[0]["customdata"]) == 12
    said = number(figure.now.value or 0, 1)
    assert points[0]["text"][-1].rstrip("\u2069").endswith(said)


def test_losses_are_the_largest_of_the_week(boss: Site) -> None:
    week = this_week("en") - 7
    at = open_page("overview", week=str(week))
    inside = CallFilter(first_day=week, last_day=week + 6)
    calls = headline.heard(frames.calls(EVERYTHING, inside).lazy(), week, "en").counted
    lost = (
        points_lost(frames.criteria(EVERYTHING, inside).lazy(), calls)
        .collect()
        .sort("lost", descending=True)
        .head(5)
    )
    bars = chart(at, 1)["data"][0]  # type: ignore[index]
    assert set(bars["customdata"]) == set(lost["key"])


def test_week_and_queue_stand_in_the_address_and_in_every_link(boss: Site) -> None:
    at = open_page("overview")
    week = this_week("en") - 14
    at.selectbox(key="overview_week").select(week).run()
    at.selectbox(key="overview_queue").select(2).run()
    assert (address(at)["week"], address(at)["queue"]) == (str(week), "2")
    opened = [params for params in links(at, "calls") if "from" in params]
    assert len(opened) == 5
    for params in opened:
        assert (params["from"], params["to"], params["queue"]) == (str(week), str(week + 6), "2")
    inside = frames.calls(EVERYTHING, CallFilter(first_day=week, last_day=week + 6, queues=frozenset({2})))
    assert f"of {inside.height}." in html(at)
    at.selectbox(key="overview_queue").select(0).run()
    assert "queue" not in address(at)


@pytest.mark.parametrize(
    "params",
    [
        {"week": "²"},
        {"week": "--5"},
        {"week": "9" * 20},
        {"queue": "x"},
        {"queue": "999"},
        {"queue": "9" * 30},
    ],
    ids=str,
)
def test_junk_in_the_address_shows_the_usual_week(boss: Site, params: dict[str, str]) -> None:
    at = open_page("overview", **params)
    usual = usual_week(EVERYTHING, "en")
    assert usual is not None
    assert not at.exception
    assert week_label(usual) in html(at)
    assert at.selectbox(key="overview_queue").value == 0


def test_a_week_long_ago_is_offered_and_says_that_it_is_empty(boss: Site) -> None:
    at = open_page("overview", week="15000")
    assert not at.exception
    assert at.selectbox(key="overview_week").value == 14998  # the Monday of it
    assert "no answers" in html(at)
    assert "No points were lost" in html(at)


def test_calls_older_than_half_a_year_are_not_an_empty_desk(desk_site: Site, sign_in_as: SignIn) -> None:
    desk_site.add("boss")
    sign_in_as("boss")
    with site.database().write() as tx:
        calls.register(tx, new_call(1, local_day=19000))
    at = open_page("overview")
    assert "No calls yet" not in html(at)
    assert at.selectbox(key="overview_week").value == 18995


def test_what_needs_a_person(boss: Site) -> None:
    week = this_week("en")
    at = open_page("overview", week=str(week))
    failed = frames.calls(EVERYTHING, CallFilter(first_day=week, last_day=week + 6, critical=True)).height
    body = html(at)
    overdue = promises.counts(EVERYTHING, LedgerFilter(datetime.now(UTC))).overdue
    assert f"{failed + overdue + 1} open" in body  # one job failed too
    assert "Recording not heard" in body
    assert "The file is cut off" not in body  # the reason stands where it can be mended
    assert "not met · " in body
    assert "1 call waits to be heard." in body
    assert {"status": "waiting,running"} in [
        {k: v.replace("%2C", ",") for k, v in params.items()} for params in links(at, "calls")
    ]
    assert len(opened_keys(at)) <= 5


def test_a_failed_job_of_an_agents_call_opens_the_call(filled: Site, sign_in_as: SignIn) -> None:
    from dashboard.data.kinds import Role

    filled.add("agent", Role.AGENT, agent_id=9)
    sign_in_as("agent")
    at = open_page("overview", week=str(this_week("en")))
    with site.database().read() as tx:
        (job,) = jobs.list_jobs(tx, Scope.of_agent(9), (jobs.JobState.FAILED,))
    assert job.key in opened_keys(at)
    assert links(at, "ingest") == []


def test_generated_weeks_have_the_planted_truth(boss: Site) -> None:
    """Refunds got silent in week 9: dead air there is longer now than before."""
    table = frames.calls(EVERYTHING, CallFilter(queues=frozenset({2})))
    start = this_week("en") - 6 * 7
    late, early = (
        table.filter(part)["dead_air_seconds"].mean()
        for part in (pl.col("local_day") >= start, pl.col("local_day") < start - 14)
    )
    assert isinstance(late, float)
    assert isinstance(early, float)
    assert late > early
