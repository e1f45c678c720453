"""Iranian account numbers (Sheba): IR and 24 digits, or 24 digits whose check digits fit.

With IR before it, or when the talk is of a Sheba, a wrong check digit or a lost digit does not save
the number: recognisers mishear digits.
"""

import re

from qa.redact.checks import mod97
from qa.redact.found import SHEBA, Found
from qa.redact.passage import Passage
from qa.redact.topics import Topic

_PREFIX = re.compile(r"(?<![^\W\d_])(?:i[\s.,]{0,2}r|ا[یِ]?[\s\u200c]?ار)[\s\u200c:.,،\-]*$")
_LOOSE = range(20, 29)  # digits of a misheard one


def find(passage: Passage) -> tuple[Found, ...]:
    """Every Sheba of the passage, its IR included."""
    out: list[Found] = []
    for run in passage.runs:
        for window in run.windows(_LOOSE.stop - 1):
            digits = window.digits
            prefix = _PREFIX.search(passage.plain, max(0, window.start - 8), window.start)
            named = prefix is not None or run.topic is Topic.SHEBA
            if _is_sheba(digits) or (named and len(digits) in _LOOSE):
                out.append(Found(prefix.start() if prefix else window.start, window.end, SHEBA))
                break
    return tuple(out)


def _is_sheba(digits: str) -> bool:
    """The check digits fit, and the bank's code behind them begins with 0, as all of them do."""
    return len(digits) == 24 and digits[2] == "0" and mod97(f"IR{digits}")
