"""The surveys page: figures of every kind, filters in the address, own teams only."""

from collections.abc import Callable

import pytest

from dashboard.data.kinds import Role
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site

SignIn = Callable[[str], None]
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


@pytest.mark.parametrize(("teams", "some"), [({1}, True), (set(), False)])
def test_a_supervisor_sees_the_answers_of_own_teams(
    filled: Site, sign_in_as: SignIn, teams: set[int], *, some: bool
) -> None:
    filled.add("lead", Role.SUPERVISOR, teams=frozenset(teams))
    sign_in_as("lead")
    body = opened(by="team")
    assert ("Orders" in body) == some
    assert "Travel" not in body
