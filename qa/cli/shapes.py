"""The JSON shapes that other programs rely on (docs/formats.md). Times in seconds, ``null`` for none."""

from typing import TYPE_CHECKING, Any

from qa.abuse import excused
from qa.records import (
    Complaint,
    CriterionResult,
    Evidence,
    Measurement,
    Promise,
    Recording,
    Redaction,
    Review,
    Scoring,
    Span,
    Tone,
    Transcript,
)

if TYPE_CHECKING:
    from qa.store.call.detail import CallHead

DIGITS = 3  # milliseconds are finer than any recogniser


def review_shape(review: Review) -> dict[str, Any]:
    """Everything ``analyse`` prints about one file. A part that is not built is absent."""
    shape: dict[str, Any] = {}
    if review.recording is not None:
        shape["recording"] = recording_shape(review.recording)
    return shape | {
        "transcript": transcript_shape(review.transcript),
        "redactions": [redaction_shape(redaction) for redaction in review.redactions],
        "measures": [measure_shape(measure) for measure in review.measures],
        "scoring": scoring_shape(review.scoring),
        "abuse": list(review.abuse),
        "abuse_stretch": list(excused(review.transcript.utterances)),
        "promises": [promise_shape(promise) for promise in review.promises],
        "complaints": [complaint_shape(complaint) for complaint in review.complaints],
        "sentiment": [tone_shape(tone) for tone in review.tones],
        "left_out": review.left_out,
    }


def tone_shape(tone: Tone) -> dict[str, Any]:
    """The sentiment of one utterance; ``score`` from -1 to 1."""
    return {"utterance": tone.utterance, "label": tone.label, "score": tone.score}


def recording_shape(recording: Recording) -> dict[str, Any]:
    """What is known of the file; never its path."""
    return {
        "sha256": recording.sha256,
        "duration": round(recording.duration, DIGITS),
        "channels": recording.channels,
        "sample_rate": recording.sample_rate,
        "codec": recording.codec,
        "size": recording.size,
        "flags": list(recording.flags),
    }


def stored_recording_shape(head: "CallHead") -> dict[str, Any]:
    """The same of a stored call; its flags are the recording's and the transcript's."""
    return {
        "sha256": head.sha256,
        "duration": _rounded(head.duration),
        "channels": head.channels,
        "sample_rate": head.sample_rate,
        "codec": head.codec,
        "size": head.size,
        "flags": list(head.flags),
    }


def transcript_shape(transcript: Transcript) -> dict[str, Any]:
    """The redacted words, one entry an utterance."""
    return {
        "language": transcript.language,
        "engine": transcript.engine,
        "model": transcript.model,
        "utterances": [
            {
                "id": utterance.id,
                "speaker": utterance.speaker.value,
                **_times(utterance.span),
                "text": utterance.text,
                "confidence": _rounded(utterance.confidence),
            }
            for utterance in transcript.utterances
        ],
        "flags": list(transcript.flags),
    }


def redaction_shape(redaction: Redaction) -> dict[str, Any]:
    """What kind of data was replaced, and when it was said."""
    return {"kind": redaction.kind, "utterance": redaction.utterance, **_times(redaction.span)}


def measure_shape(measure: Measurement) -> dict[str, Any]:
    """One measure; ``value`` is null exactly when ``reason`` is not."""
    return {
        "name": measure.name,
        "value": _rounded(measure.value, 4),
        "unit": measure.unit,
        "reason": measure.reason.value if measure.reason else None,
        "evidence": [_times(span) for span in measure.evidence],
    }


def scoring_shape(scoring: Scoring) -> dict[str, Any]:
    """The score with every part it can be derived from."""
    return {
        "scorecard": scoring.scorecard,
        "version": scoring.version,
        "score": _rounded(scoring.score, 6),
        "score_before_critical": _rounded(scoring.score_before_critical, 6),
        "status": scoring.status.value,
        "failed_by": ", ".join(scoring.failed_by) or None,
        "band": scoring.band,
        "criteria": [criterion_shape(criterion) for criterion in scoring.criteria],
    }


def criterion_shape(criterion: CriterionResult) -> dict[str, Any]:
    """One verdict with its weight, evidence and the rule that gave it."""
    judgement = criterion.judgement
    return {
        "key": criterion.key,
        "section": criterion.section,
        "verdict": judgement.verdict.value,
        "weight": criterion.weight,
        "applied_weight": _rounded(criterion.applied_weight, 6),
        "critical": criterion.critical.value if criterion.critical else None,
        "confidence": _rounded(judgement.confidence),
        "evidence": [evidence_shape(evidence) for evidence in judgement.evidence],
        "rule": judgement.rule,
        "looked_for": judgement.looked_for,
    }


def evidence_shape(evidence: Evidence) -> dict[str, Any]:
    """The words or the stretch of time a verdict rests on."""
    return {"utterance": evidence.utterance, "quote": evidence.quote, **_times(evidence.span)}


def promise_shape(promise: Promise) -> dict[str, Any]:
    """What was promised; ``due`` is null where no time was named, or the day of the call is not known."""
    return {
        "utterance": promise.utterance,
        "quote": promise.quote,
        "when": promise.when or None,
        "due": promise.due.isoformat() if promise.due else None,
        "forbidden": promise.forbidden,
        "confidence": _rounded(promise.confidence),
    }


def complaint_shape(complaint: Complaint) -> dict[str, Any]:
    """What the customer complained of, and the second at which that utterance begins."""
    return {"utterance": complaint.utterance, "quote": complaint.quote, "start": _rounded(complaint.at)}


def _times(span: Span | None) -> dict[str, float | None]:
    if span is None:
        return {"start": None, "end": None}
    return {"start": round(span.start, DIGITS), "end": round(span.end, DIGITS)}


def _rounded(value: float | None, digits: int = 3) -> float | None:
    return None if value is None else round(value, digits)
