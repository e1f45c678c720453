"""Which of two voices is the agent, and how sure that is."""

from collections.abc import Iterable
from math import exp

from qa.diarise.clusters import distance
from qa.diarise.contract import Voice
from qa.diarise.encoder import Vectors
from qa.diarise.phrases import Phrases, phrases, said
from qa.records import Share

SURE: Share = 0.7
"""Under this the voices stay speaker 1 and speaker 2."""

FIRST, PHRASE, MOST_PHRASES = 0.6, 0.9, 3
ENROLLED, MOST_ENROLLED, SAME_VOICE = 15.0, 3.0, 0.25


def agent_of(
    said_by: tuple[Iterable[str], Iterable[str]], centres: Vectors, enrolled: Voice | None
) -> tuple[int, Share]:
    """The agent (0 or 1) and the probability that it is.

    Odds are added up: the agent mostly speaks first (65 of 100 by itself, under what is needed); every
    different phrase that only one side says, at most three a voice, counts 0.9; an enrolled voice counts by
    how much nearer it is to one of the two, when it is near at all.
    """
    sides = [_leaning(texts, phrases()) for texts in said_by]
    odds = FIRST + PHRASE * (sides[0] - sides[1]) + _likeness(centres, enrolled)
    probability = 1 / (1 + exp(-abs(odds)))
    return (0 if odds >= 0 else 1), probability


def _leaning(texts: Iterable[str], known: Phrases) -> int:
    """Different phrases of agents less different phrases of customers, within three."""
    text = " ¦ ".join(texts)
    found = len(said(text, known.agent)) - len(said(text, known.customer))
    return max(-MOST_PHRASES, min(MOST_PHRASES, found))


def _likeness(centres: Vectors, enrolled: Voice | None) -> float:
    if enrolled is None or len(centres) != 2:
        return 0.0
    away = [distance(own, enrolled) for own in centres]
    if min(away) > SAME_VOICE:
        return 0.0
    return max(-MOST_ENROLLED, min(MOST_ENROLLED, ENROLLED * (away[1] - away[0])))
