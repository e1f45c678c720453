"""Reading what was found in a call: transcript, redactions, measures, evaluations."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, select

from qa.records import (
    Call,
    CriterionResult,
    CriticalKind,
    Evidence,
    Judgement,
    Measurement,
    Reason,
    Redaction,
    Scoring,
    ScoringStatus,
    SectionResult,
    Span,
    Spans,
    Speaker,
    Tone,
    Transcript,
    Verdict,
)
from qa.store.call.content import unpack, unpack_peaks, unpack_spans, unpack_tones
from qa.store.database import Transaction
from qa.store.kinds import EvaluationSource
from qa.store.tables import (
    calls,
    criterion_results,
    evaluations,
    measurements,
    pick,
    queues,
    redactions,
    section_results,
    transcripts,
)


@dataclass(frozen=True, slots=True)
class StoredEvaluation:
    """One evaluation with who gave it. ``current``: pages and aggregates use this one of its source."""

    id: int
    source: EvaluationSource
    current: bool
    created_at: datetime
    scoring: Scoring


@dataclass(frozen=True, slots=True)
class StoredWords:
    """A transcript with who spoke when, and the waveform of shape ``(channels, count)``, 0-1."""

    transcript: Transcript
    speech: dict[Speaker, Spans] | None
    peaks: NDArray[np.float32] | None
    tones: tuple[Tone, ...] = ()


def load_words(tx: Transaction, call_id: int) -> StoredWords | None:
    """The transcript of a call, ``None`` until it is done (generated calls have none)."""
    query = select(*pick(transcripts, "content", "peaks", "sentiment")).where(
        transcripts.c.call_id == call_id
    )
    row = tx.execute(query).one_or_none()
    if row is None:
        return None
    transcript, speech = unpack(row.content)
    peaks = None if row.peaks is None else unpack_peaks(row.peaks)
    return StoredWords(transcript, speech, peaks, unpack_tones(row.sentiment))


def load_scorable(tx: Transaction, call_id: int) -> tuple[Call, tuple[Measurement, ...]] | None:
    """What a scorecard judges, to score a call again; ``None`` when the call has no transcript."""
    words = load_words(tx, call_id)
    if words is None:
        return None
    query = select(*pick(calls, "duration", "channels"), queues.c.service.label("service"))
    joined = query.select_from(calls.outerjoin(queues, queues.c.id == calls.c.queue_id))
    row = tx.execute(joined.where(calls.c.id == call_id)).one()
    separate = words.speech is not None and (
        row.channels == 2 or len(words.speech.keys() - {Speaker.SYSTEM}) > 1
    )
    call = Call(
        words.transcript,
        words.speech,
        row.duration,
        separate,
        load_redactions(tx, call_id),
        row.service,
        words.tones,
    )
    return call, load_measures(tx, call_id)


def load_redactions(tx: Transaction, call_id: int) -> tuple[Redaction, ...]:
    """What was redacted, in order."""
    query = select(redactions).where(redactions.c.call_id == call_id).order_by(redactions.c.position)
    return tuple(redaction_of(row) for row in tx.execute(query))


def redaction_of(row: Row[Any]) -> Redaction:
    """A row of ``redactions``."""
    span = None if row.start is None else Span(row.start, row.end)
    return Redaction(row.kind, row.utterance, (row.placeholder_start, row.placeholder_end), span)


def load_measures(tx: Transaction, call_id: int) -> tuple[Measurement, ...]:
    """The measures, in the order in which they were taken."""
    query = select(measurements).where(measurements.c.call_id == call_id).order_by(measurements.c.position)
    return tuple(measurement_of(row) for row in tx.execute(query))


def measurement_of(row: Row[Any]) -> Measurement:
    """A row of ``measurements``."""
    reason = None if row.reason is None else Reason(row.reason)
    return Measurement(row.name, row.value, row.unit, reason, unpack_spans(row.evidence))


def load_evaluations(tx: Transaction, call_id: int) -> tuple[StoredEvaluation, ...]:
    """Every evaluation of a call, the newest first."""
    query = select(evaluations).where(evaluations.c.call_id == call_id).order_by(evaluations.c.id.desc())
    return evaluations_of(tx, tx.execute(query).all())


def evaluations_of(tx: Transaction, rows: Sequence[Row[Any]]) -> tuple[StoredEvaluation, ...]:
    """Rows of ``evaluations`` with their criteria and sections, in the same order."""
    ids = [row.id for row in rows]
    criteria, sections = _criteria(tx, ids), _sections(tx, ids)
    return tuple(
        StoredEvaluation(
            row.id,
            row.source,
            row.current,
            row.created_at,
            Scoring(
                scorecard=row.scorecard,
                version=row.version,
                status=ScoringStatus(row.status),
                score=row.score,
                score_before_critical=row.score_before_critical,
                failed_by=tuple(row.failed_by),
                band=None if row.band is None else str(row.band.value),
                sections=tuple(sections[row.id]),
                criteria=tuple(criteria[row.id]),
            ),
        )
        for row in rows
    )


def _criteria(tx: Transaction, ids: list[int]) -> dict[int, list[CriterionResult]]:
    found: dict[int, list[CriterionResult]] = defaultdict(list)
    t = criterion_results
    for row in tx.execute(select(t).where(t.c.evaluation_id.in_(ids)).order_by(t.c.position)):
        evidence = tuple(_evidence(parts) for parts in row.evidence)
        judgement = Judgement(Verdict(row.verdict), row.confidence, evidence, row.rule, row.looked_for)
        critical = None if row.critical is None else CriticalKind(row.critical)
        result = CriterionResult(row.key, row.section, row.weight, row.applied_weight, critical, judgement)
        found[row.evaluation_id].append(result)
    return found


def _sections(tx: Transaction, ids: list[int]) -> dict[int, list[SectionResult]]:
    found: dict[int, list[SectionResult]] = defaultdict(list)
    t = section_results
    for row in tx.execute(select(t).where(t.c.evaluation_id.in_(ids)).order_by(t.c.position)):
        found[row.evaluation_id].append(SectionResult(row.key, row.weight, row.applied_weight, row.score))
    return found


def _evidence(parts: list[Any]) -> Evidence:
    utterance, quote, pair = parts
    return Evidence(utterance, quote, None if pair is None else Span(*pair))
