"""Records as rows."""

from collections.abc import Iterable
from typing import Any

from qa.records import CriticalKind, Measurement, Redaction, Scoring, Verdict
from qa.store.call.content import pack_spans
from qa.store.kinds import EvaluationSource
from qa.store.types import utc_now


def failed_kinds(scoring: Scoring) -> frozenset[CriticalKind]:
    """Which kinds of critical criteria failed."""
    return frozenset(
        c.critical
        for c in scoring.criteria
        if c.critical is not None and c.judgement.verdict is Verdict.NOT_MET
    )


def call_scoring(scoring: Scoring) -> dict[str, Any]:
    """The columns of ``calls`` that repeat the current evaluation."""
    failed = failed_kinds(scoring)
    return {
        "scoring": scoring.status,
        "score": scoring.score,
        "band": scoring.band,
        **{f"failed_{kind.value}": kind in failed for kind in CriticalKind},
    }


def evaluation_row(call_id: int, scoring: Scoring, *, current: bool) -> dict[str, Any]:
    """A row of ``evaluations``."""
    return {
        "call_id": call_id,
        "scorecard": scoring.scorecard,
        "version": scoring.version,
        "source": EvaluationSource.AUTO,
        "status": scoring.status,
        "score": scoring.score,
        "score_before_critical": scoring.score_before_critical,
        "failed_by": list(scoring.failed_by),
        "band": scoring.band,
        "current": current,
        "created_at": utc_now(),
    }


def criterion_rows(evaluation_id: int, scoring: Scoring) -> list[dict[str, Any]]:
    """Rows of ``criterion_results``."""
    return [
        {
            "evaluation_id": evaluation_id,
            "position": position,
            "key": c.key,
            "section": c.section,
            "verdict": c.judgement.verdict,
            "weight": c.weight,
            "applied_weight": c.applied_weight,
            "critical": c.critical,
            "confidence": c.judgement.confidence,
            "rule": c.judgement.rule,
            "looked_for": c.judgement.looked_for,
            "evidence": [
                [e.utterance, e.quote, None if e.span is None else pack_spans((e.span,))[0]]
                for e in c.judgement.evidence
            ],
        }
        for position, c in enumerate(scoring.criteria)
    ]


def section_rows(evaluation_id: int, scoring: Scoring) -> list[dict[str, Any]]:
    """Rows of ``section_results``."""
    return [
        {
            "evaluation_id": evaluation_id,
            "position": position,
            "key": section.key,
            "weight": section.weight,
            "applied_weight": section.applied_weight,
            "score": section.score,
        }
        for position, section in enumerate(scoring.sections)
    ]


def measurement_rows(call_id: int, measures: Iterable[Measurement]) -> list[dict[str, Any]]:
    """Rows of ``measurements``."""
    return [
        {
            "call_id": call_id,
            "position": position,
            "name": m.name,
            "value": m.value,
            "unit": m.unit,
            "reason": None if m.reason is None else m.reason.value,
            "evidence": pack_spans(m.evidence),
        }
        for position, m in enumerate(measures)
    ]


def redaction_rows(call_id: int, found: Iterable[Redaction]) -> list[dict[str, Any]]:
    """Rows of ``redactions``."""
    return [
        {
            "call_id": call_id,
            "position": position,
            "kind": r.kind,
            "utterance": r.utterance,
            "placeholder_start": r.placeholder[0],
            "placeholder_end": r.placeholder[1],
            "start": None if r.span is None else r.span.start,
            "end": None if r.span is None else r.span.end,
        }
        for position, r in enumerate(found)
    ]
