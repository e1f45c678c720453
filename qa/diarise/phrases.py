"""What gives a role away: phrases of agents, of customers and of machines (``data/lexicons/voices.yaml``)."""

from dataclasses import dataclass
from functools import cache

import yaml

from qa.settings import ROOT
from qa.text import fold, phrase_pattern

LEXICON = ROOT / "data" / "lexicons" / "voices.yaml"


@dataclass(frozen=True, slots=True)
class Phrases:
    """What only one side says, both languages together."""

    agent: tuple[str, ...]
    customer: tuple[str, ...]
    announcement: tuple[str, ...]


@cache
def phrases() -> Phrases:
    """The shipped phrases."""
    words = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    lists = {key: tuple(p for language in words.values() for p in language[key]) for key in Phrases.__slots__}
    return Phrases(**lists)


def said(text: str, among: tuple[str, ...]) -> frozenset[str]:
    """Those of the phrases that a text holds as whole words; of two that lie in each other, the longer."""
    plain = fold(text)
    found = {phrase for phrase in among if phrase_pattern(phrase, fold).search(plain)}
    return frozenset(one for one in found if not any(one != other and one in other for other in found))
