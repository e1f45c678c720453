"""All detectors over a passage, one name for each place."""

from bisect import insort
from collections.abc import Sequence
from itertools import pairwise

from qa.redact import lexicon
from qa.redact.detectors import DETECTORS
from qa.redact.found import DIGITS, Found, meeting
from qa.redact.naming import is_correction
from qa.redact.passage import Passage
from qa.redact.runs import Group, Run

_REST = 3  # so many digits that touch personal data belong to it


def find_all(passage: Passage) -> tuple[Found, ...]:
    """Everything found, sorted, without overlaps; the earlier detector wins."""
    taken: list[Found] = []
    for detect in DETECTORS:
        for found in detect(passage):
            if not meeting(taken, found.start, found.end):
                insort(taken, found)
    runs = passage.runs
    for found in _corrections(passage.plain, runs, taken):
        insort(taken, found)
    rest = [found for run in runs for found in _rest(run, taken)]
    return tuple(sorted([*taken, *rest]))


def _corrections(plain: str, runs: Sequence[Run], taken: Sequence[Found]) -> list[Found]:
    """What is said instead of personal data: "4119 02, no wait, 4119 20"."""
    out: list[Found] = []
    for before, run in pairwise(runs):
        if len(run.digits) < _REST or run.after in lexicon.QUANTITIES or meeting(taken, run.start, run.end):
            continue
        wrong = [*meeting(taken, before.start, before.end), *meeting(out, before.start, before.end)]
        if wrong and is_correction(plain, before.end, run.start):
            out.append(Found(run.start, run.end, wrong[-1].kind))
    return out


def _rest(run: Run, taken: list[Found]) -> list[Found]:
    """What is left of a run that holds personal data."""
    if not meeting(taken, run.start, run.end):
        return []
    out: list[Found] = []
    free: list[Group] = []
    for group in (*run.groups, None):
        if group is not None and not meeting(taken, group.start, group.end):
            free.append(group)
            continue
        alone = len(free) == 1 and free[0].spoken  # «صد در صد، صفر نهصد و دوازده …»
        if sum(len(part.digits) for part in free) >= _REST and not alone:
            out.append(Found(free[0].start, free[-1].end, DIGITS))
        free = []
    return out
