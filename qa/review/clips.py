"""Which moments of an agent's calls a coaching session hears: recent, sure, varied, good and bad.

The weight of a verdict is its confidence, halved every four weeks of age; a recording counts a quarter more
than words alone. One moment a call; a queue that is chosen already counts half.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass

from qa.records import Seconds, Transcript, Utterance, Verdict
from qa.scorecard import Rule, Window
from qa.store.coaching.candidates import Candidate

BAD, GOOD = 3, 2
"""Moments of a session: most of them what to work on, and what went well."""
HALF_LIFE = 28  # days
HEARD, SAME_QUEUE = 1.25, 0.5
LINES = 4
LONGEST: Seconds = 60.0


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a transcript. Without times in the transcript there is no start and no end."""

    start: Seconds | None
    end: Seconds | None
    utterances: tuple[int, ...]
    quote: str


def chosen(
    found: Sequence[Candidate], today: int, many: tuple[int, int] = (BAD, GOOD)
) -> tuple[Candidate, ...]:
    """The calls to hear, what to work on first, then what went well. Where there is too little of one kind
    the other does not fill its place.
    """
    low = _best([one for one in found if one.verdict is not Verdict.MET], today, many[0])
    high = _best([one for one in found if one.verdict is Verdict.MET], today, many[1])
    return low + high


def clip(candidate: Candidate, transcript: Transcript, rule: Rule | None) -> Clip | None:
    """The lines around the evidence; where nobody said it, the lines where it was looked for.

    ``None`` when neither is known: then there is no second to play.
    """
    said: Sequence[Utterance] = transcript.utterances
    place = _place(candidate, said)
    quote = candidate.evidence[0].quote if candidate.evidence else ""
    if place is None:
        window = _window(rule)
        if window is None or not said:
            return None
        lines = said[:LINES] if window.end == "first" else said[-LINES:]
    else:
        first = max(0, min(place - 1, len(said) - LINES))
        lines = said[first : first + LINES]
    lines = _short(lines)
    starts = [one.span.start for one in lines if one.span]
    ends = [one.span.end for one in lines if one.span]
    return Clip(
        round(min(starts), 2) if starts else None,
        round(max(ends), 2) if ends else None,
        tuple(one.id for one in lines),
        quote,
    )


def _best(found: Iterable[Candidate], today: int, many: int) -> tuple[Candidate, ...]:
    left, taken = list(found), list[Candidate]()
    while left and len(taken) < many:
        queues = {one.queue_id for one in taken}
        best = max(
            left, key=lambda one: _weight(one, today) * (SAME_QUEUE if one.queue_id in queues else 1.0)
        )
        taken.append(best)
        left.remove(best)
    return tuple(taken)


def _weight(one: Candidate, today: int) -> float:
    age = max(0, today - one.local_day)
    return float(one.confidence * 0.5 ** (age / HALF_LIFE) * (HEARD if one.sound else 1.0))


def _place(candidate: Candidate, said: Sequence[Utterance]) -> int | None:
    """Where in the transcript the first evidence is."""
    for proof in candidate.evidence:
        for place, one in enumerate(said):
            if proof.utterance is not None and one.id == proof.utterance:
                return place
            if proof.utterance is None and proof.span and one.span and proof.span.start < one.span.end:
                return place
    return None


def _window(rule: object) -> Window | None:
    """The first window of a rule or of the rules inside it."""
    if isinstance(rule, Window):
        return rule
    inside: Iterable[object] = ()
    if isinstance(rule, tuple):
        inside = rule
    elif is_dataclass(rule):
        inside = [getattr(rule, field.name) for field in fields(rule)]
    return next((found for part in inside if (found := _window(part)) is not None), None)


def _short(lines: Sequence[Utterance]) -> Sequence[Utterance]:
    """Lines from the end taken off until the stretch is short enough to hear."""
    while (
        len(lines) > 1
        and lines[0].span
        and lines[-1].span
        and (lines[-1].span.end - lines[0].span.start > LONGEST)
    ):
        lines = lines[:-1]
    return lines
