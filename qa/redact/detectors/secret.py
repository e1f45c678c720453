"""PINs, CVV2, one-time codes, passwords and account numbers: digits that a word before them names.

A secret has 3 to 12 digits, an account number 5 or more. "I changed my password in 2023" is no secret.
"""

from qa.redact import lexicon
from qa.redact.found import DIGITS, Found
from qa.redact.passage import Passage
from qa.redact.runs import Run
from qa.redact.topics import Topic


def find(passage: Passage) -> tuple[Found, ...]:
    """Every secret of the passage."""
    return tuple(Found(run.start, run.end, DIGITS) for run in passage.runs if _is_secret(run))


def _is_secret(run: Run) -> bool:
    size = len(run.digits)
    if run.topic is Topic.ACCOUNT:
        return size >= 5
    counted = run.after in lexicon.QUANTITIES or run.before in lexicon.YEAR_LEADS
    return run.topic is Topic.SECRET and 3 <= size <= 12 and not counted
