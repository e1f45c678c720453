"""Iranian mobile numbers: 09 and nine digits, or +98 / 0098 / 98 and ten, or ten digits from 9.

Without the leading zero the number may not be named as something else.
"""

import re

from qa.redact.found import MOBILE, Found
from qa.redact.passage import Passage
from qa.redact.runs import Run
from qa.redact.topics import Topic

_FULL = re.compile(r"(?:0|(?:00)?980?)9\d{9}")
_BARE = re.compile(r"9\d{9}")
_PLUS = re.compile(r"(?:\+|(?<![^\W\d_])(?:plus|مثبت))\s?$")
_OTHER = (Topic.NATIONAL, Topic.POSTAL, Topic.ACCOUNT, Topic.CARD, Topic.SHEBA)


def find(passage: Passage) -> tuple[Found, ...]:
    """Every mobile number of the passage, its + included."""
    out: list[Found] = []
    for run in passage.runs:
        done = -1
        for window in run.windows(15):
            if window.start >= done and _is_mobile(window):
                plus = _PLUS.search(passage.plain, max(0, window.start - 6), window.start)
                out.append(Found(plus.start() if plus else window.start, window.end, MOBILE))
                done = window.end
    return tuple(out)


def _is_mobile(window: Run) -> bool:
    if _FULL.fullmatch(window.digits):
        return True
    decimal = len(window.groups) == 2 and len(window.groups[0].digits) < 3  # 99.99999999
    return window.topic not in _OTHER and not decimal and _BARE.fullmatch(window.digits) is not None
