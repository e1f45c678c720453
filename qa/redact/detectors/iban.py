"""IBANs of other countries: the length of the country and the check digits must fit.

When the talk is of an IBAN, wrong check digits do not save the number.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from qa.redact.checks import mod97
from qa.redact.found import IBAN, Found
from qa.redact.passage import Passage
from qa.redact.topics import Topic

_HEAD = re.compile(r"(?<![^\W_])[a-z]{2}[ \-]?\d{2}")
_REACH = 40
_SAID = re.compile(r"(?<![^\W_])[a-z][\s.\-]{0,2}[a-z][\s.,:\-]{1,3}$")
_FEWEST = 13
# Characters per country (SWIFT IBAN registry).
_LENGTHS = {
    "ad": 24, "ae": 23, "al": 28, "at": 20, "az": 28, "ba": 20, "be": 16, "bg": 22, "bh": 22, "br": 29,
    "by": 28, "ch": 21, "cr": 22, "cy": 28, "cz": 24, "de": 22, "dk": 18, "do": 28, "ee": 20, "eg": 29,
    "es": 24, "fi": 18, "fo": 18, "fr": 27, "gb": 22, "ge": 22, "gi": 23, "gl": 18, "gr": 27, "gt": 28,
    "hr": 21, "hu": 28, "ie": 22, "il": 23, "iq": 23, "is": 26, "it": 27, "jo": 30, "kw": 30, "kz": 20,
    "lb": 28, "li": 21, "lt": 20, "lu": 20, "lv": 21, "ly": 25, "mc": 27, "md": 24, "me": 22, "mk": 19,
    "mr": 27, "mt": 31, "mu": 30, "nl": 18, "no": 15, "om": 23, "pk": 24, "pl": 28, "ps": 29, "pt": 25,
    "qa": 29, "ro": 24, "rs": 22, "sa": 24, "sc": 31, "sd": 18, "se": 24, "si": 19, "sk": 24, "sm": 27,
    "tl": 23, "tn": 24, "tr": 26, "ua": 29, "va": 22, "vg": 24, "xk": 20,
}  # fmt: skip


def find(passage: Passage) -> tuple[Found, ...]:
    """Every IBAN of the passage."""
    named = [m.end for m in passage.named if m.topic is Topic.IBAN]
    out: list[Found] = []
    for head in _HEAD.finditer(passage.plain):
        end = _end(passage.plain, head.start(), _LENGTHS.get(head[0][:2], 0))
        if end is None:
            continue
        account = re.sub(r"[ \-]", "", passage.plain[head.start() : end])
        if mod97(account) or _is_named(named, head.start()):
            out.append(Found(head.start(), end, IBAN))
    return tuple(out + _spoken(passage))


def _is_named(named: Sequence[int], start: int) -> bool:
    """True when one of the places, sorted, lies within reach before ``start``."""
    before = bisect_right(named, start)
    return before > 0 and start - named[before - 1] <= _REACH


def _spoken(passage: Passage) -> list[Found]:
    """Two letters ("D E three two one …") and the digits of an account, when the talk is of an IBAN."""
    out = []
    for run in passage.runs:
        letters = _SAID.search(passage.plain, max(0, run.start - 8), run.start)
        if run.topic is Topic.IBAN and run.spoken and letters and len(run.digits) >= _FEWEST:
            out.append(Found(letters.start(), run.end, IBAN))
    return out


def _end(plain: str, start: int, length: int) -> int | None:
    """Where ``length`` letters and digits, at most one separator apart, end at a word's end."""
    if not length:
        return None
    hit = _of_length(length).match(plain, start)
    return hit.end() if hit else None


@cache
def _of_length(length: int) -> re.Pattern[str]:
    return re.compile(rf"[a-z0-9](?:[ \-]?[a-z0-9]){{{length - 1}}}(?![^\W_])")
