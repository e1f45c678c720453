"""All detectors over a passage, one name for each place."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from operator import attrgetter

from qa.redact.detectors import DETECTORS
from qa.redact.found import DIGITS, Found
from qa.redact.passage import Passage
from qa.redact.runs import Group, Run

_REST = 3  # so many digits that touch personal data belong to it


def find_all(passage: Passage) -> tuple[Found, ...]:
    """Everything found, sorted, without overlaps; the earlier detector wins."""
    taken: list[Found] = []
    for detect in DETECTORS:
        for found in detect(passage):
            if not _meets(taken, found.start, found.end):
                insort(taken, found)
    rest = [found for run in passage.runs for found in _rest(run, taken)]
    return tuple(sorted([*taken, *rest]))


def _meets(taken: Sequence[Found], start: int, end: int) -> bool:
    """True when one of them, sorted and apart from one another, overlaps the place."""
    after = bisect_left(taken, start, key=attrgetter("start"))
    return any(found.overlaps(start, end) for found in taken[max(0, after - 1) : after + 1])


def _rest(run: Run, taken: list[Found]) -> list[Found]:
    """What is left of a run that holds personal data."""
    if not _meets(taken, run.start, run.end):
        return []
    out: list[Found] = []
    free: list[Group] = []
    for group in (*run.groups, None):
        if group is not None and not _meets(taken, group.start, group.end):
            free.append(group)
            continue
        alone = len(free) == 1 and free[0].spoken  # «صد در صد، صفر نهصد و دوازده …»
        if sum(len(part.digits) for part in free) >= _REST and not alone:
            out.append(Found(free[0].start, free[-1].end, DIGITS))
        free = []
    return out
