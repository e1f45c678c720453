"""A number that is said again in the same talk is the same number: read back, repeated, confirmed.

What a turn calls it holds for the others that only say its digits («۴۱۱۹۰۲، درسته؟»), and where it is hidden
once it is hidden everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.redact import lexicon
from qa.redact.found import Found, meeting
from qa.redact.passage import Passage
from qa.redact.runs import Run
from qa.redact.topics import Topic

_FEWEST = 5  # digits; four are a year or a house number as well
_NO_PERSON = (Topic.ORDER, Topic.THING, Topic.MONEY)


def with_echoed_topics(turns: Sequence[Passage]) -> list[Passage]:
    """The turns; a number without a topic has that of the same digits elsewhere, a personal one first."""
    named: dict[str, Topic] = {}
    for turn in turns:
        for run in turn.all_runs:
            if run.topic is not None and _is_long(run):
                known = named.get(run.digits)
                named[run.digits] = run.topic if known is None or known in _NO_PERSON else known
    return [_named(turn, named) for turn in turns] if named else list(turns)


def _named(turn: Passage, named: Mapping[str, Topic]) -> Passage:
    if not any(run.topic is None and run.digits in named for run in turn.all_runs):
        return turn
    runs = (replace(run, topic=run.topic or named.get(run.digits)) for run in turn.all_runs)
    return replace(turn, all_runs=tuple(runs))


def hidden_numbers(passage: Passage, found: Sequence[Found]) -> dict[str, str]:
    """The kind of each number that was found, by its digits."""
    out: dict[str, str] = {}
    place = 0
    groups = [group for run in passage.runs for group in run.groups]
    for hit in found:
        while place < len(groups) and groups[place].end <= hit.start:
            place += 1
        digits = ""
        while place < len(groups) and groups[place].start < hit.end:
            digits += groups[place].digits
            place += 1
        if len(digits) >= _FEWEST:
            out.setdefault(digits, hit.kind)
    return out


def echoes(turn: Passage, found: Sequence[Found], hidden: Mapping[str, str]) -> list[Found]:
    """Runs of a turn with hidden digits that nothing of ``found`` touches."""
    return [
        Found(run.start, run.end, hidden[run.digits])
        for run in turn.runs
        if run.digits in hidden
        and run.after not in lexicon.QUANTITIES
        and not meeting(found, run.start, run.end)
    ]


def _is_long(run: Run) -> bool:
    return len(run.digits) >= _FEWEST
