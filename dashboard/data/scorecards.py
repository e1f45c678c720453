"""Scorecards as the pages need them: titles in the viewer's language."""

from functools import lru_cache

from dashboard.data.site import database
from qa.errors import NotFound
from qa.scorecard import Scorecard, Title, default_scorecards, parse_scorecard
from qa.store.card.scorecards import get_version

__all__ = ["Scorecard", "card", "common_titles", "forget_titles", "titles"]


def titles(scorecard: str, version: int | None, language: str) -> dict[str, str]:
    """Titles of sections and criteria by key; empty when the scorecard is not known here."""
    found = _known(scorecard, version)
    if found is None:
        return {}
    named: list[tuple[str, Title]] = [(section.key, section.title) for section in found.sections]
    named += [(c.key, c.title) for section in found.sections for c in section.criteria]
    return {key: title.fa if language == "fa" else title.en for key, title in named}


def common_titles(language: str) -> dict[str, str]:
    """Titles of the canonical criteria, whatever scorecard a call was scored with."""
    own = [card for card in default_scorecards() if card.language == language] or list(default_scorecards())
    return titles(own[0].id, None, language)


def card(scorecard: str, version: int | None) -> Scorecard | None:
    """A version of a scorecard; ``None`` when it is not known here."""
    return _known(scorecard, version)


def forget_titles() -> None:
    """Read versions anew: another one is the newest now."""
    _known.cache_clear()


@lru_cache(maxsize=64)
def _known(scorecard: str, version: int | None) -> Scorecard | None:
    try:
        with database().read() as tx:
            text = get_version(tx, scorecard, version).content
    except NotFound:
        shipped = {card.id: card for card in default_scorecards()}
        return shipped.get(scorecard)
    return parse_scorecard(text, scorecard)
