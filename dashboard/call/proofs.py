"""Evidence gets a number: the same one on the timeline, the line and the criterion."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from qa.records import CriterionResult, Evidence, Scoring, Seconds, Transcript, Verdict

Tone = Literal["", "weak", "now"]
SAYING = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)
"""Verdicts whose evidence proves something; the others only say why nothing is proved."""
STRENGTH: dict[Tone, int] = {"": 0, "weak": 1, "now": 2}


@dataclass(frozen=True, slots=True)
class Proof:
    """One moment that proves a verdict. ``tone``: supports, ``weak`` weakens, ``now`` fails the call.

    ``start`` is ``None`` when the transcript has no times.
    """

    number: int
    start: Seconds | None
    utterance: int | None
    quote: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Proofs:
    """The numbered moments in order, and the numbers of each criterion."""

    moments: tuple[Proof, ...]
    of: dict[str, tuple[int, ...]]


Place = tuple[float, int, str]


def numbered(scoring: Scoring, transcript: Transcript) -> Proofs:
    """Number the evidence of a scoring by its time. What two criteria share has one number."""
    tones: dict[Place, Tone] = {}
    places: dict[str, list[Place]] = {}
    for result in scoring.criteria:
        tone = _tone(result, scoring)
        for place in dict.fromkeys(_places(result, transcript)):
            places.setdefault(result.key, []).append(place)
            tones[place] = max(tone, tones.get(place, ""), key=STRENGTH.__getitem__)
    # At the same second the scorecard's order stays.
    ordered = sorted(tones, key=lambda place: place[0])
    numbers = {place: number for number, place in enumerate(ordered, start=1)}
    moments = tuple(_proof(numbers[place], place, tones[place]) for place in ordered)
    return Proofs(
        moments, {key: tuple(sorted(numbers[place] for place in each)) for key, each in places.items()}
    )


def _tone(result: CriterionResult, scoring: Scoring) -> Tone:
    if result.judgement.verdict is Verdict.MET:
        return ""
    return "now" if result.key in scoring.failed_by else "weak"


def _places(result: CriterionResult, transcript: Transcript) -> Iterator[Place]:
    if result.judgement.verdict not in SAYING:
        return
    for evidence in result.judgement.evidence:
        if evidence.span is not None or evidence.utterance is not None:
            start = _start(evidence, transcript)
            known = -1 if evidence.utterance is None else evidence.utterance
            yield (float("inf") if start is None else round(start, 2), known, evidence.quote)


def _start(evidence: Evidence, transcript: Transcript) -> Seconds | None:
    if evidence.span is not None:
        return evidence.span.start
    if evidence.utterance is None or evidence.utterance >= len(transcript.utterances):
        return None
    span = transcript.utterances[evidence.utterance].span
    return None if span is None else span.start


def _proof(number: int, place: Place, tone: Tone) -> Proof:
    start, utterance, quote = place
    return Proof(
        number, None if start == float("inf") else start, None if utterance < 0 else utterance, quote, tone
    )
