"""Which scorecard a call is judged by, and what a site's settings mean for a review."""

from pathlib import Path

import pytest

from qa.errors import NotFound
from qa.scorecard import Assignment, default_scorecards
from qa.settings import Settings
from qa.worker.port import Task
from qa.worker.reviewing import choose_scorecard, default_scorecard, site_options

SCORECARDS = Path(__file__).resolve().parents[2] / "data" / "scorecards"


def published_with_title(language: str) -> tuple[str, str]:
    """The shipped scorecard of a language as a site would publish it: its text, one version on."""
    card = default_scorecard(language)
    text = next(
        t for t in (p.read_text(encoding="utf-8") for p in SCORECARDS.glob("*.yaml")) if f"id: {card.id}" in t
    )
    return card.id, text.replace(f"version: {card.version}", f"version: {card.version + 1}", 1)


def task(**more: object) -> Task:
    return Task(1, Path("a.wav"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_shipped_scorecard_of_the_language(language: str) -> None:
    assert choose_scorecard(task(), language).language == language


def test_another_language_is_judged_in_english() -> None:
    assert choose_scorecard(task(), "de").language == "en"


def test_the_published_text_wins_over_the_shipped_one() -> None:
    shipped = default_scorecard("fa")
    found = choose_scorecard(task(published=(published_with_title("fa"),)), "fa")
    assert (found.id, found.version) == (shipped.id, shipped.version + 1)


def test_the_scorecard_of_the_queue_wins_over_the_language() -> None:
    english = default_scorecard("en")
    rules = (Assignment(english.id, queue=7),)
    assert choose_scorecard(task(queue=7, assignments=rules), "fa").id == english.id
    assert choose_scorecard(task(queue=8, assignments=rules), "fa").id == default_scorecard("fa").id


def test_a_queue_that_names_an_unknown_scorecard_is_told_so() -> None:
    with pytest.raises(NotFound, match="'sales_2031' is not published; publish it or change the assignment"):
        choose_scorecard(task(queue=7, assignments=(Assignment("sales_2031", queue=7),)), "fa")


def test_settings_become_options() -> None:
    chosen = site_options(Settings(language="fa", agent_channel="right", minimum_seconds=7, minimum_words=3))
    assert (chosen.language, chosen.agent_channel, chosen.minimum_seconds, chosen.minimum_words) == (
        "fa",
        1,
        7.0,
        3,
    )
    assert site_options(Settings()).language is None
    assert {card.language for card in default_scorecards()} == {"fa", "en"}
