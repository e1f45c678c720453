"""Turns in which one speaker reads out one number, piece by piece.

A turn goes on with the number of an earlier one when both are by the same speaker, at most two short
turns stand between ("yes", «بله», the other side repeating the digits), the number stands at the end of
the first and at the beginning of the second turn, the second holds little else, and neither piece is
counted («۲ تا») or named as something new.
"""

import re
from collections.abc import Sequence

from qa.records import Utterance
from qa.redact import lexicon
from qa.redact.passage import Passage
from qa.redact.runs import Run
from qa.redact.topics import mentions

_BETWEEN = 2  # turns
_SHORT = 8  # words of a turn in between
_TAIL = 1  # words after the number, before the number, beside the number
_LEAD = 2
_BESIDE = 4
_PAUSE = 30.0  # seconds between the two turns
_WORDS = re.compile(r"[^\W\d_]+")


def chains(utterances: Sequence[Utterance], turns: Sequence[Passage]) -> tuple[tuple[int, ...], ...]:
    """The places of turns that belong together, every place once; most chains hold one turn."""
    follows: dict[int, int] = {}
    later: set[int] = set()
    for place in range(len(turns)):
        after = _next(utterances, turns, place)
        if after is not None and after not in later:
            follows[place] = after
            later.add(after)
    out = []
    for place in range(len(turns)):
        if place not in later:
            chain = [place]
            while chain[-1] in follows:
                chain.append(follows[chain[-1]])
            out.append(tuple(chain))
    return tuple(out)


def _next(utterances: Sequence[Utterance], turns: Sequence[Passage], place: int) -> int | None:
    if not _ends_in_digits(turns[place]):
        return None
    for after in range(place + 1, min(place + 2 + _BETWEEN, len(turns))):
        if utterances[after].speaker == utterances[place].speaker and turns[after].all_runs:
            going = _goes_on(turns[after]) and not _too_late(utterances[place], utterances[after])
            return after if going else None
        if len(_WORDS.findall(turns[after].plain)) > _SHORT:
            return None
    return None


def _ends_in_digits(turn: Passage) -> bool:
    if not turn.all_runs or _is_counted(turn.all_runs[-1]):
        return False
    return len(_WORDS.findall(turn.plain[turn.all_runs[-1].end :])) <= _TAIL


def _goes_on(turn: Passage) -> bool:
    run = turn.all_runs[0]
    lead, tail = turn.plain[: run.start], turn.plain[run.end :]
    beside = [word for word in _WORDS.findall(lead + " " + tail) if not lexicon.is_filler(word)]
    said = [word for word in _WORDS.findall(lead) if not lexicon.is_filler(word)]
    if len(said) > _LEAD or (len(turn.all_runs) == 1 and len(beside) > _BESIDE) or mentions(lead):
        return False
    return len(run.digits) >= 2 and not _is_counted(run)


def _is_counted(run: Run) -> bool:
    return run.after in lexicon.QUANTITIES or run.before in lexicon.YEAR_LEADS


def _too_late(one: Utterance, other: Utterance) -> bool:
    if one.span is None or other.span is None:
        return False
    return other.span.start - one.span.end > _PAUSE
