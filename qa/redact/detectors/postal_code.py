"""Postal codes: 10 digits in Iran, 5 to 9 elsewhere, only when the talk is of a postal code."""

from qa.redact.found import POSTAL_CODE, Found
from qa.redact.passage import Passage
from qa.redact.topics import Topic


def find(passage: Passage) -> tuple[Found, ...]:
    """Every postal code of the passage."""
    out: list[Found] = []
    for run in passage.runs:
        if run.topic is Topic.POSTAL:
            window = next((w for w in run.windows(10) if len(w.digits) >= 5), None)
            if window is not None:
                out.append(Found(window.start, window.end, POSTAL_CODE))
    return tuple(out)
