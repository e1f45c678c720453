"""Digits that no other detector can name.

Hit: 7 or more digits; or a number that is dictated, which is 5 or more digits in 3 or more spoken
groups or written one by one ("4 4 7 1 9"). Not hit: money, counts, measures, dates, decimals, years,
two short written numbers in a list, counting on (101 102 103), network addresses, round written amounts,
hexadecimal codes, a number of up to 9 digits that is said to be an order or a ticket, and the number of
a parcel, a part, a bill or another thing.
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
_SHORT = 4  # what is longer is one number, not a part of one
_AMOUNT = 12  # more digits are no quantity in a call
_STEP = 100
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_SHAPES = re.compile(
    r"\d{1,3}(?:[,٬،]\d{3})+(?:\.\d+)?"  # 12,500,000.00
    r"|\d+[.٫]\d+"
    r"|(?:1[34]|19|20)\d\d[\-.]\d{1,2}[\-.]\d{1,2}"  # 1403-05-12
    r"|\d{1,2}[\-.]\d{1,2}[\-.](?:1[34]|19|20)\d\d"
    r"|(?:1[34]|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"  # 14030512
    rf"|{_OCTET}(?:[.٫]{_OCTET}){{3}}"
    r"|[1-9]\d{2,4}0000"  # an amount without its unit
)
_PRICE = re.compile(r"(?<![\d.])\d{1,4}\.\d\d(?![\d.])")
_YEAR = re.compile(r"1[34]\d\d|19\d\d|20\d\d")
_LEAD = re.compile(r"(?:[$€£]\s?|0x)$")
_LISTED = re.compile(r"\d{1,4}(?:\s?[,،]\s?|\s(?:and|و)\s)\d{1,4}")


def find(passage: Passage) -> tuple[Found, ...]:
    """Every long or dictated number of the passage."""
    return tuple(
        Found(run.start, run.end, DIGITS)
        for run in passage.runs
        if (len(run.digits) >= _LONG or _is_dictated(run, passage.plain))
        and not _is_of_a_thing(run)
        and not _is_quantity(run, passage.plain)
    )


def _is_of_a_thing(run: Run) -> bool:
    """An order or a ticket, or two of them («۷۱۱۲۰۴۵ و ۷۱۱۲۰۹۸»); a parcel and the like at any length."""
    if run.topic is Topic.ORDER:
        apart = all(not group.spoken and len(group.digits) > _SHORT for group in run.groups)
        return (
            max(len(group.digits) for group in run.groups) <= _ORDER if apart else len(run.digits) <= _ORDER
        )
    return run.topic is Topic.THING


def _is_dictated(run: Run, plain: str) -> bool:
    if len(run.digits) < _DICTATED:
        return False
    if not run.spoken:
        return all(len(group.digits) == 1 for group in run.groups)
    prices = [hit.span() for hit in _PRICE.finditer(plain, run.start, run.end)]  # "29.90 and one for 92.90"
    said = [g for g in run.groups if not any(start <= g.start and g.end <= end for start, end in prices)]
    long = sum(len(group.digits) for group in said) >= _DICTATED
    return long and len(said) >= 3 and not all(_is_round(group.digits) for group in said)


def _is_counting(run: Run) -> bool:
    """«دوازده سیزده چهارده», "101 102 103", "38 40 42 44": each group is as much more than the one before."""
    values = [int(group.digits) for group in run.groups]
    long = len(values) > 2 and all(len(group.digits) > 1 for group in run.groups)
    steps = {after - before for before, after in pairwise(values)}
    return long and len(steps) == 1 and 0 < steps.pop() <= _STEP


def _is_times(run: Run) -> bool:
    """As in "between ten fifteen and eleven forty five"."""
    values = [int(group.digits) for group in run.groups]
    hours, minutes = values[::2], values[1::2]
    clock = len(hours) == len(minutes) and all(h <= 24 for h in hours) and all(m < 60 for m in minutes)
    return clock and run.before in lexicon.TIME_LEADS


def _is_round(digits: str) -> bool:
    return len(digits) > 1 and digits.endswith("0")


def _is_quantity(run: Run, plain: str) -> bool:
    if len(run.digits) > _AMOUNT:
        return False
    written = plain[run.start : run.end]
    return (
        run.after in lexicon.QUANTITIES
        or _is_counting(run)
        or _is_times(run)
        or run.topic is Topic.MONEY
        or _SHAPES.fullmatch(written) is not None
        or all(_YEAR.fullmatch(group.digits) for group in run.groups)
        or _LISTED.fullmatch(written) is not None
        or _LEAD.search(plain, max(0, run.start - 3), run.start) is not None
    )
