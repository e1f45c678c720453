"""Bank card numbers.

16 digits are a card when Luhn's check fits, or they come in fours (also as 1234/5678/…) and are not said to
be a parcel's or the like, or the talk is of a card: recognisers mishear digits, so a failed check saves
nothing. American Express: 15 digits from 34 or 37 with the check. When the talk is of a card, 12 to 19
digits are one.
"""

import re
from itertools import accumulate

from qa.redact.checks import luhn
from qa.redact.found import CARD_NUMBER, Found
from qa.redact.passage import Passage
from qa.redact.runs import Run
from qa.redact.topics import Topic

_LONGEST = 19
_SLASHED = re.compile(r"(?<![\d/])\d{4}(?:/\d{4}){3}(?![\d/])")


def find(passage: Passage) -> tuple[Found, ...]:
    """Every card number of the passage."""
    out = [Found(hit.start(), hit.end(), CARD_NUMBER) for hit in _SLASHED.finditer(passage.plain)]
    for run in passage.runs:
        done = -1
        for certain in (True, False):
            for window in run.windows(_LONGEST):
                if window.start >= done and (_is_card(window) if certain else _may_be_card(window)):
                    out.append(Found(window.start, window.end, CARD_NUMBER))
                    done = window.end
            if out and out[-1].start >= run.start:
                break
    return tuple(out)


def _is_card(window: Run) -> bool:
    digits = window.digits
    if len(digits) == 16:
        return luhn(digits) or (window.topic is not Topic.THING and _in_fours(window))
    return len(digits) == 15 and digits[:2] in ("34", "37") and luhn(digits)


def _in_fours(window: Run) -> bool:
    """True when groups end after 4, 8 and 12 digits: 4-4-4-4, or said in pairs or one by one."""
    ends = set(accumulate(len(group.digits) for group in window.groups))
    return {4, 8, 12} <= ends


def _may_be_card(window: Run) -> bool:
    return window.topic is Topic.CARD and 12 <= len(window.digits) <= _LONGEST
