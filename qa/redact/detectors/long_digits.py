"""Digits that no other detector can name.

Hit: 7 or more digits; or a number that is dictated, which is 5 or more digits in 3 or more spoken
groups or written one by one ("4 4 7 1 9"). Not hit: money, counts, measures, dates, decimals, years,
two short written numbers in a list, counting on (101 102 103), network addresses, round written amounts,
hexadecimal codes, and a number of up to 9 digits that is said to be an
order, a ticket or the like.
"""

import re
from itertools import pairwise

from qa.redact import lexicon
from qa.redact.found import DIGITS, Found
from qa.redact.passage import Passage
from qa.redact.runs import Run
from qa.redact.topics import Topic

_LONG = 7
_DICTATED = 5
_ORDER = 9
_AMOUNT = 12  # more digits are no quantity in a call
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_SHAPES = re.compile(
    r"\d{1,3}(?:[,٬،]\d{3})+(?:\.\d+)?"  # 12,500,000.00
    r"|\d+[.٫]\d+"
    r"|(?:1[34]|19|20)\d\d[\-.]\d{1,2}[\-.]\d{1,2}"  # 1403-05-12
    r"|\d{1,2}[\-.]\d{1,2}[\-.](?:1[34]|19|20)\d\d"
    rf"|{_OCTET}(?:[.٫]{_OCTET}){{3}}"
    r"|[1-9]\d{2,4}0000"  # an amount without its unit
)
_YEAR = re.compile(r"1[34]\d\d|19\d\d|20\d\d")
_LEAD = re.compile(r"(?:[$€£]\s?|0x)$")
_LISTED = re.compile(r"\d{1,4}(?:\s?[,،]\s?|\s(?:and|و)\s)\d{1,4}")


def find(passage: Passage) -> tuple[Found, ...]:
    """Every long or dictated number of the passage."""
    return tuple(
        Found(run.start, run.end, DIGITS)
        for run in passage.runs
        if (len(run.digits) >= _LONG or _is_dictated(run))
        and not (run.topic is Topic.ORDER and len(run.digits) <= _ORDER)
        and not _is_quantity(run, passage.plain)
    )


def _is_dictated(run: Run) -> bool:
    if len(run.digits) < _DICTATED:
        return False
    if run.spoken:
        return len(run.groups) >= 3 and not all(_is_round(group.digits) for group in run.groups)
    return all(len(group.digits) == 1 for group in run.groups)


def _is_counting(run: Run) -> bool:
    """«دوازده سیزده چهارده», "101 102 103": each group is one more than the one before."""
    values = [int(group.digits) for group in run.groups]
    long = len(values) > 2 and all(len(group.digits) > 1 for group in run.groups)
    return long and all(after == before + 1 for before, after in pairwise(values))


def _is_round(digits: str) -> bool:
    return len(digits) > 1 and digits.endswith("0")


def _is_quantity(run: Run, plain: str) -> bool:
    if len(run.digits) > _AMOUNT:
        return False
    written = plain[run.start : run.end]
    return (
        run.after in lexicon.QUANTITIES
        or _is_counting(run)
        or run.topic is Topic.MONEY
        or _SHAPES.fullmatch(written) is not None
        or all(_YEAR.fullmatch(group.digits) for group in run.groups)
        or _LISTED.fullmatch(written) is not None
        or _LEAD.search(plain, max(0, run.start - 3), run.start) is not None
    )
