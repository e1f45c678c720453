"""The experience page: planted truths in sight, filters in the address, rows behind what was clicked."""

from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl
import pytest

from dashboard.data import experience, site, voice
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from qa.analytics.cells import cells as analytics_cells
from qa.analytics.pulse import pulse
from qa.analytics.returning import first_contact
from qa.analytics.topics import topics
from qa.calendar import local_day
from tests.analytics.alike import same
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


def test_cells_say_what_the_rows_say(filled: Site) -> None:
    """First contact, topics and the pulse, from sums and from each call, answer and comment."""
    today, scope = local_day(datetime.now(UTC), site.settings().zone), Scope.all()
    first, days = today - 83, (today - 150, today)
    rows = voice.calls(scope, *days)
    cells = experience.returned(scope, first, today)
    assert same(
        first_contact(cells.sort("queue").lazy(), first, today, today),
        first_contact(rows.lazy(), first, today, today),
    )
    said, told = (read(scope, *days) for read in (experience.said, experience.said_one_by_one))
    assert same(topics(said.lazy()), topics(told.lazy()))
    answers, surveys = voice.answers(scope, *days), voice.surveys(scope, *days).with_columns(n=pl.lit(1))
    by_cells = experience.seen(answers, said, experience.calls(scope, *days))
    by_rows = experience.seen(surveys, told, analytics_cells(rows.lazy()).collect())
    assert by_cells["n"].sum() > 500
    assert same(pulse(by_cells.lazy(), today - 1), pulse(by_rows.lazy(), today - 1))


def test_weights_are_kept_and_only_by_those_who_may(filled: Site) -> None:
    chosen = {"csat": 2.0, "nps": 0.0, "sentiment": 1.0, "quality": 0.5}
    experience.save_weights(Role.MANAGER, chosen)
    assert experience.weights() == chosen
    with pytest.raises(PermissionError):
        experience.save_weights(Role.SUPERVISOR, chosen)
    with pytest.raises(ValueError, match="0 to 10"):
        experience.save_weights(Role.MANAGER, dict.fromkeys(chosen, 0.0))
    assert experience.weights() == chosen
