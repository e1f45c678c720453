"""What is found in a call: redactions, measures, verdicts, the score."""

from dataclasses import dataclass
from datetime import datetime

from qa.records.spans import Span, Spans
from qa.records.speech import Recording, Transcript
from qa.records.units import (
    CriticalKind,
    Flag,
    LeftOut,
    Points,
    Reason,
    ScoringStatus,
    Seconds,
    Share,
    Speaker,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Redaction:
    """Personal data that was replaced. Never holds the data.

    ``placeholder`` is the place of the placeholder in the *redacted* text (characters, half open).
    ``span`` is the time to mute, ``None`` without times.
    """

    kind: str
    utterance: int
    placeholder: tuple[int, int]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Tone:
    """The sentiment of an utterance: negative, neutral or positive, and a score from -1 to 1."""

    utterance: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Call:
    """What a measure or a judge sees: redacted words, and who spoke when.

    ``speech`` is ``None`` when no times are known. Without known roles its keys are the numbered
    speakers. ``duration`` is the length of the recording, ``service`` what the call's queue sells.
    ``tones`` are the sentiment of its utterances where that is known already.
    """

    transcript: Transcript
    speech: dict[Speaker, Spans] | None
    duration: Seconds | None
    channels_separate: bool
    redactions: tuple[Redaction, ...] = ()
    service: str | None = None
    tones: tuple[Tone, ...] = ()

    @property
    def roles_known(self) -> bool:
        """True when agent and customer are told apart."""
        roles = {Speaker.AGENT, Speaker.CUSTOMER}
        spoken = {utterance.speaker for utterance in self.transcript.utterances}
        return not roles.isdisjoint(spoken) or (self.speech is not None and Speaker.AGENT in self.speech)

    @property
    def told_by_voice(self) -> bool:
        """True when two voices on one channel were told apart: who speaks is known, overlaps are not."""
        return Flag.BY_VOICE in self.transcript.flags


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measure of one call. ``value`` is ``None`` exactly when ``reason`` says why."""

    name: str
    value: float | None
    unit: str
    reason: Reason | None = None
    evidence: Spans = ()

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError(f"measure {self.name} needs a value or a reason, not both and not neither")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a verdict comes from: an utterance and its words, or a stretch of time."""

    utterance: int | None
    quote: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judge's answer for one criterion, before weights.

    ``rule`` is the judge's name and version ("phrase/1"); ``looked_for`` says in words what was
    sought and where, so that a verdict without evidence still explains itself.
    """

    verdict: Verdict
    confidence: Share
    evidence: tuple[Evidence, ...]
    rule: str
    looked_for: str


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A judgement with its place and weight. ``applied_weight`` is its share of the call's 100 points
    after redistribution; 0 for verdicts that do not count.
    """

    key: str
    section: str
    weight: float
    applied_weight: Points
    critical: CriticalKind | None
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class SectionResult:
    """One section: its weight, its share of the 100 points and its score 0-1 (``None``: nothing applied)."""

    key: str
    weight: float
    applied_weight: Points
    score: Share | None


@dataclass(frozen=True, slots=True)
class Scoring:
    """A call against one scorecard version. ``score`` is 0-100 or ``None``; ``band`` pass, coach, flag."""

    scorecard: str
    version: int
    status: ScoringStatus
    score: Points | None
    score_before_critical: Points | None
    failed_by: tuple[str, ...]
    band: str | None
    sections: tuple[SectionResult, ...]
    criteria: tuple[CriterionResult, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """What an agent promised. ``at`` is the second it was said (``None`` without times), ``when`` the words
    that name the time, ``due`` the moment after which it is late (``None``: no time was named, or the call
    has no date). ``forbidden``: policy does not allow it (FIELD.md §6).
    """

    utterance: int
    quote: str
    at: Seconds | None
    due: datetime | None
    when: str
    confidence: Share
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a customer complained of in a call: the sentence, and the second at which its utterance begins
    (``None`` without times).
    """

    utterance: int
    quote: str
    at: Seconds | None


@dataclass(frozen=True, slots=True)
class Review:
    """Everything known about one call. ``left_out`` says why it stays out of aggregates, if it does.

    ``speech`` as in ``Call``; ``roles_confidence`` 0-1, ``None`` for an imported transcript. ``abuse``: ids
    of the utterances in which the customer insults the agent.
    """

    recording: Recording | None
    transcript: Transcript
    redactions: tuple[Redaction, ...]
    measures: tuple[Measurement, ...]
    scoring: Scoring
    speech: dict[Speaker, Spans] | None
    roles_confidence: Share | None
    left_out: LeftOut | None
    abuse: tuple[int, ...] = ()
    promises: tuple[Promise, ...] = ()
    tones: tuple[Tone, ...] = ()
    complaints: tuple[Complaint, ...] = ()
