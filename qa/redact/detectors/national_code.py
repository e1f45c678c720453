"""Iranian national codes: ten digits with a fitting check digit.

When the talk is of a national code, a birth certificate or a social security card, 3 to 12 digits are one
whatever the check says: recognisers mishear digits and drop leading zeros.
"""

from qa.redact.checks import national_code
from qa.redact.found import NATIONAL_CODE, Found
from qa.redact.lexicon import QUANTITIES
from qa.redact.passage import Passage
from qa.redact.topics import Topic

_LOOSE = 12  # digits of a misheard one


def find(passage: Passage) -> tuple[Found, ...]:
    """Every national code of the passage."""
    out: list[Found] = []
    for run in passage.runs:
        named = run.topic is Topic.NATIONAL
        for window in run.windows(_LOOSE if named else 10):
            size = len(window.digits)
            if national_code(window.digits) or (named and size >= 3 and run.after not in QUANTITIES):
                out.append(Found(window.start, window.end, NATIONAL_CODE))
                break
    return tuple(out)
