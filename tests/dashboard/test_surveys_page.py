"""The surveys page: figures of every kind, filters in the address, own teams only."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from dashboard.data import voice
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from dashboard.data.voice import AnswerFilter, Listed
from qa.analytics.answers import KINDS, bias, by_band, by_group, contradictions, course
from qa.analytics.surveys import figures, satisfied
from qa.calendar import week_start
from tests.analytics.alike import same
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site

SignIn = Callable[[str], None]
DAYS, EVERYTHING = (20_500, 21_500), Scope.all()
YEAR = {"from": "20000", "to": "30000"}


def opened(**params: str) -> str:
    at = open_page("surveys", "en", **YEAR | params)
    assert not at.exception
    return html(at)


def answers(body: str) -> int:
    """How many answers the list says it holds."""
    said = body.split('panel-t">Answers')[1].split("answer", maxsplit=1)[0]
    return int("".join(letter for letter in said if letter.isdigit()))


def test_every_filter_narrows_the_list(filled: Site, sign_in_as: SignIn) -> None:
    filled.add("boss", Role.MANAGER)
    sign_in_as("boss")
    whole = opened()
    for wanted in (
        "Satisfaction (CSAT)",
        "Recommendation (NPS)",
        "Ease (CES)",
        "Response rate",
        "Belong to no call",
    ):
        assert wanted in whole
    every = answers(whole)
    for narrower in (
        {"queue": "2"},
        {"service": "shop"},
        {"by": "agent", "who": "Sara Ahmadi"},
        {"answer": "5/5"},
    ):
        assert 0 < answers(opened(**narrower)) < every, narrower
    assert "No surveys" in opened(service="shop", queue="4")


def test_lists_are_cut_in_the_database_as_the_rows_say(filled: Site) -> None:
    """Lowest on its scale first, then the newest; contradictions by their gap, as many as the cells say."""
    rows = voice.surveys(EVERYTHING, *DAYS).filter(pl.col("score").is_not_null())
    answered = AnswerFilter("csat", voice.span(*DAYS))
    csat = rows.filter(pl.col("kind") == "csat")
    place = (pl.col("score") - 1) / (pl.col("scale") - 1)
    low = csat.sort(place, "answered_at", "id", descending=[False, True, True])
    _three, after = voice.listed(EVERYTHING, answered, 3)
    found, _following = voice.listed(EVERYTHING, answered, 40, after)
    assert found["id"].to_list() == low["id"].to_list()[3:43]
    assert found["quality"].to_list() == low["quality"].to_list()[3:43]
    gap = (100 * (pl.col("score") - 1) / (pl.col("scale") - 1) - pl.col("quality")).abs()
    counts = contradictions(voice.answers(EVERYTHING, *DAYS).lazy())
    assert sum(counts.values()) > 0
    for side, rule in (
        (Listed.ANSWER_HIGHER, satisfied() & (pl.col("quality") < 70)),
        (Listed.SCORE_HIGHER, ~satisfied() & (pl.col("quality") >= 85)),
    ):
        expected = csat.filter(rule).sort(gap, "id", descending=[True, False])["id"].to_list()
        listed, _none = voice.listed(EVERYTHING, replace(answered, listed=side), 1000)
        assert listed["id"].to_list() == expected
        assert counts[side.value] == len(expected)


def test_figures_of_cells_are_those_of_the_rows(filled: Site) -> None:
    rows, cells = (read(EVERYTHING, *DAYS).lazy() for read in (voice.surveys, voice.answers))
    for kind in KINDS:
        assert same(figures(cells, kind), figures(rows, kind))
        assert same(bias(cells, kind), bias(rows, kind))
        last = week_start(20_775, "fa")
        assert same(course(cells, kind, last, "fa"), course(rows, kind, last, "fa"))
        for column in ("queue", "agent", "team", "service"):
            assert same(by_group(cells, kind, column), by_group(rows, kind, column))
    assert same(by_band(cells), by_band(rows))


@pytest.mark.parametrize(("teams", "some"), [({1}, True), (set(), False)])
def test_a_supervisor_sees_the_answers_of_own_teams(
    filled: Site, sign_in_as: SignIn, teams: set[int], *, some: bool
) -> None:
    filled.add("lead", Role.SUPERVISOR, teams=frozenset(teams))
    sign_in_as("lead")
    body = opened(by="team")
    assert ("Orders" in body) == some
    assert "Travel" not in body
