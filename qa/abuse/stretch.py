"""From abusive lines to the stretch of a call in which the agent bears them."""

from functools import lru_cache

from qa.abuse.words import insults
from qa.records import Speaker, Utterance

CALM = 2
"""Turns of the customer without abuse that end a stretch."""


def abusive(utterances: tuple[Utterance, ...], speaker: Speaker = Speaker.CUSTOMER) -> tuple[int, ...]:
    """Ids of the utterances in which a side insults the other."""
    return tuple(one.id for one in utterances if one.speaker is speaker and _hurts(one.text))


def excused(utterances: tuple[Utterance, ...]) -> tuple[int, ...]:
    """Ids of the utterances from the customer's abusive turn on until they are calm, both sides.

    A stretch begins with the customer's turn that holds abuse and ends before the second turn in a row in
    which they do not insult: that turn belongs to the ordinary call again. Without such a turn it lasts to
    the end of the call.
    """
    hurt = frozenset(abusive(utterances))
    if not hurt:
        return ()
    kept: list[int] = []
    since: int | None = None  # calm turns of the customer since the last abuse; None outside a stretch
    for turn in _turns(utterances):
        if turn[0].speaker is Speaker.CUSTOMER:
            if any(one.id in hurt for one in turn):
                since = 0
            elif since is not None:
                since = since + 1 if since + 1 < CALM else None
        if since is not None:
            kept.extend(one.id for one in turn)
    return tuple(kept)


def _turns(utterances: tuple[Utterance, ...]) -> list[list[Utterance]]:
    turns: list[list[Utterance]] = []
    for one in utterances:
        if turns and turns[-1][0].speaker is one.speaker:
            turns[-1].append(one)
        else:
            turns.append([one])
    return turns


@lru_cache(maxsize=65536)
def _hurts(text: str) -> bool:
    return bool(insults(text))
