"""The scorecard of a call among the published and the shipped ones."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from qa.errors import NotFound
from qa.scorecard.model import Scorecard
from qa.scorecard.read import default_scorecards, parse_scorecard


def default_scorecard(language: str) -> Scorecard:
    """The shipped scorecard of a language, the English one for others."""
    cards: dict[str, Scorecard] = {card.language: card for card in default_scorecards()}
    return cards.get(language, cards["en"])


def pick_scorecard(published: Mapping[str, str], wanted: str | None, language: str) -> Scorecard:
    """The scorecard with the id ``wanted``, or of a language; ``published`` are the newest texts by id.

    Raises:
        NotFound: it is neither published nor shipped.
    """
    shipped = {card.id: card for card in default_scorecards()}
    wanted = wanted or default_scorecard(language).id
    if wanted in published:
        return parsed(published[wanted], wanted)
    if wanted not in shipped:
        raise NotFound(f"The scorecard {wanted!r} is not published; publish it or change the assignment.")
    return shipped[wanted]


def without(card: Scorecard, people_decide: frozenset[tuple[str, str]]) -> Scorecard:
    """The scorecard with the criteria that people decide; pairs of (scorecard, criterion)."""
    return replace(card, people_decide=frozenset(key for own, key in people_decide if own == card.id))


@lru_cache(maxsize=32)
def parsed(text: str, name: str) -> Scorecard:
    """A published text as a scorecard, read once."""
    return parse_scorecard(text, name)
