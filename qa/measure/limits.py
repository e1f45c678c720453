"""What is a long silence, an interruption, an announcement: the choices behind the measures."""

from dataclasses import dataclass
from functools import cache

import yaml

from qa.records import Seconds
from qa.settings import ROOT

LEXICON = ROOT / "data" / "lexicons" / "talk.yaml"


@dataclass(frozen=True, slots=True)
class Limits:
    """Defaults are FIELD.md §1; sources: Amazon Connect (3 s), MiiTel (1 s of overlap).

    Attributes:
        dead_air_seconds: a silence longer than this is dead air unless the agent announced it.
        non_talk_gap: a silence counts as non-talk when it is longer than this.
        interruption_lead: how far into the other's speech an interruption begins at the earliest.
        interruption_overlap: how long both must speak.
        turn_seconds: speech of the other side that ends a monologue.
        minimum_speech: less speech than this in the whole call cannot be measured.
        announcement_reach: an announcement ends at most so long before the silence begins.
        hold_phrases: how a silence is announced.
        back_channels: what a listener says without taking the floor.
    """

    dead_air_seconds: Seconds = 10.0
    non_talk_gap: Seconds = 3.0
    interruption_lead: Seconds = 0.3
    interruption_overlap: Seconds = 1.0
    turn_seconds: Seconds = 1.0
    minimum_speech: Seconds = 5.0
    announcement_reach: Seconds = 5.0
    hold_phrases: tuple[str, ...] = ()
    back_channels: tuple[str, ...] = ()


@cache
def default_limits() -> Limits:
    """The limits with the phrases of ``data/lexicons/talk.yaml``, both languages together."""
    words = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    return Limits(
        hold_phrases=tuple(phrase for language in words.values() for phrase in language["hold"]),
        back_channels=tuple(phrase for language in words.values() for phrase in language["back_channel"]),
    )
