"""Landlines and foreign numbers, as the tables of ``phonenumbers`` know them.

A number from 0 is read as Iranian, one from + or 00 as international. When the talk is of a telephone,
7 to 15 digits are one whatever the tables say.
"""

import re

import phonenumbers

from qa.redact.found import LANDLINE, Found
from qa.redact.passage import Passage
from qa.redact.runs import Run
from qa.redact.topics import Topic

_PLUS = re.compile(r"(?:\+|(?<![^\W\d_])plus)\s?\(?$")


def find(passage: Passage) -> tuple[Found, ...]:
    """Every landline of the passage, its + included."""
    out: list[Found] = []
    for run in passage.runs:
        done = -1
        for window in run.windows(15):
            if window.start < done or len(window.digits) < 7:
                continue
            plus = _PLUS.search(passage.plain, max(0, window.start - 7), window.start)
            if _is_telephone(window, plus is not None):
                out.append(Found(plus.start() if plus else window.start, window.end, LANDLINE))
                done = window.end
    return tuple(out)


def _is_telephone(window: Run, plus: bool) -> bool:
    if window.topic is Topic.PHONE:
        return True
    digits = window.digits
    if plus:
        return _is_valid(f"+{digits}")
    if digits.startswith("00") and len(digits) > 10:  # ten digits from 00 are a national code
        return _is_valid(f"+{digits[2:]}")
    return digits.startswith("0") and len(digits) == 11 and _is_valid(digits)


def _is_valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "IR"))
    except phonenumbers.NumberParseException:
        return False
