"""All detectors over a passage, one name for each place."""

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
            if not any(found.overlaps(other.start, other.end) for other in taken):
                taken.append(found)
    for run in passage.runs:
        taken.extend(_rest(run, taken))
    return tuple(sorted(taken))


def _rest(run: Run, taken: list[Found]) -> list[Found]:
    """What is left of a run that holds personal data."""
    if not any(found.overlaps(run.start, run.end) for found in taken):
        return []
    out: list[Found] = []
    free: list[Group] = []
    for group in (*run.groups, None):
        if group is not None and not any(found.overlaps(group.start, group.end) for found in taken):
            free.append(group)
            continue
        alone = len(free) == 1 and free[0].spoken  # «صد در صد، صفر نهصد و دوازده …»
        if sum(len(part.digits) for part in free) >= _REST and not alone:
            out.append(Found(free[0].start, free[-1].end, DIGITS))
        free = []
    return out
