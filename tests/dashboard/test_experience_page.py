"""The experience page: planted truths in sight, filters in the address, rows behind what was clicked."""

from collections.abc import Callable

import pytest

from dashboard.data import experience
from dashboard.data.kinds import Role
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site

SignIn = Callable[[str], None]
YEAR = {"from": "20000", "to": "30000"}


def opened(**params: str) -> str:
    at = open_page("experience", "en", **YEAR | params)
    assert not at.exception
    return html(at)


def test_the_rows_behind_a_figure_are_one_click_away(filled: Site, sign_in_as: SignIn) -> None:
    filled.add("boss", Role.MANAGER)
    sign_in_as("boss")
    body = opened(rows="again:")
    for title in (
        "CX pulse",
        "Drivers of satisfaction",
        "What comments are about",
        "Solved at first contact",
    ):
        assert title in body
    first, last = body.index("Share</th>"), body.index("Called again within 7 days")
    assert body[first:last].index("Refunds") < body[first:last].index("Bookings")  # worst first
    assert "Customer <span" in opened(rows="step:repeat")
    assert 'class="row' in opened(rows="topic:none").split("No known topic")[-1]
    assert "0 comments in these days." in opened(service="travel", queue="1")
    assert opened(rows="topic:nonsense").count("Nothing in these days.") == 0


def test_weights_are_kept_and_only_by_those_who_may(filled: Site) -> None:
    chosen = {"csat": 2.0, "nps": 0.0, "sentiment": 1.0, "quality": 0.5}
    experience.save_weights(Role.MANAGER, chosen)
    assert experience.weights() == chosen
    with pytest.raises(PermissionError):
        experience.save_weights(Role.SUPERVISOR, chosen)
    with pytest.raises(ValueError, match="0 to 10"):
        experience.save_weights(Role.MANAGER, dict.fromkeys(chosen, 0.0))
    assert experience.weights() == chosen
