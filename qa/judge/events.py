"""When something happened in a call, so that two things can be put in order."""

from bisect import bisect_right
from dataclasses import dataclass

from qa.judge.case import UNSURE, Case
from qa.judge.evidence import evidence_of
from qa.judge.hits import apart, counted_hits, hit_confidence, phrase_obstacle
from qa.judge.index import Hit
from qa.judge.measure import measure_confidence, within
from qa.records import Evidence, Seconds, Share, Span
from qa.scorecard import AnyRule, MeasureRule, PhraseRule, Rule


@dataclass(frozen=True, slots=True)
class Event:
    """One happening. ``turn`` is the turn of the call, ``word`` the place in it (0 for what is not said);
    times are ``None`` where the transcript has none.
    """

    turn: int
    word: int
    start: Seconds | None
    end: Seconds | None
    said: bool
    confidence: Share
    evidence: tuple[Evidence, ...]

    def before(self, other: "Event") -> bool:
        """True when this one begins before the other; words by their order, all else by time."""
        if self.said and other.said:
            return (self.turn, self.word) < (other.turn, other.word)
        if self.start is None or other.start is None:
            return self.turn < other.turn
        return self.start < other.start

    def seconds_to(self, other: "Event") -> Seconds | None:
        """From the end of this one to the start of the other, at least 0; ``None`` without times."""
        if self.end is None or other.start is None:
            return None
        return max(0.0, other.start - self.end)


@dataclass(frozen=True, slots=True)
class Events:
    """In order. ``unknown`` says why there may be more than the call can show; empty when there is none."""

    found: tuple[Event, ...]
    unknown: str


def events_of(rule: Rule, case: Case) -> Events:
    """Every happening of a phrase, of a measure inside its limits (its stretches), or of any of them."""
    if isinstance(rule, PhraseRule):
        return _said(rule, case)
    if isinstance(rule, MeasureRule):
        return _measured(rule, case)
    parts = [events_of(inner, case) for inner in rule.rules] if isinstance(rule, AnyRule) else []
    found = sorted((event for part in parts for event in part.found), key=lambda one: (one.turn, one.word))
    return Events(tuple(found), next((part.unknown for part in parts if part.unknown), ""))


def _said(rule: PhraseRule, case: Case) -> Events:
    reason = phrase_obstacle(rule, case)
    if reason:
        return Events((), reason)
    hits = apart(counted_hits(rule, case, case.ready.of(rule).phrases))
    unsure = "unsure" if case.confidence(rule.speaker) < UNSURE else ""
    return Events(tuple(_event(hit, case) for hit in hits), unsure)


def _event(hit: Hit, case: Case) -> Event:
    evidence = evidence_of(hit, case)
    spans = [piece.span for piece in evidence if piece.span is not None]
    return Event(
        turn=hit.turn,
        word=hit.start,
        start=spans[0].start if spans else None,
        end=spans[-1].end if spans else None,
        said=True,
        confidence=hit_confidence(hit, case),
        evidence=evidence,
    )


def _measured(rule: MeasureRule, case: Case) -> Events:
    measured = case.measures.get(rule.name)
    if measured is None or measured.value is None:
        return Events((), measured.reason if measured and measured.reason else "not measured")
    if not within(measured.value, rule.low, rule.high):
        return Events((), "")
    begins = _turn_starts(case)
    return Events(tuple(_stretch(span, begins, case) for span in sorted(measured.evidence)), "")


def _stretch(span: Span, begins: list[Seconds], case: Case) -> Event:
    turn = max(0, bisect_right(begins, span.start) - 1)
    return Event(
        turn=turn,
        word=0,
        start=span.start,
        end=span.end,
        said=False,
        confidence=measure_confidence(case),
        evidence=(Evidence(None, "", span),),
    )


def _turn_starts(case: Case) -> list[Seconds]:
    """When each turn begins; turns without times are taken to begin with the one before."""
    begins: list[Seconds] = []
    for turn in case.turns:
        span = case.utterances[turn.places[0][0]].span if turn.places else None
        begins.append(max(span.start if span else 0.0, begins[-1] if begins else 0.0))
    return begins
