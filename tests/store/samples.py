"""Reviews and calls to store, made from a seed: the same seed, the same words."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from qa.calendar import local_day
from qa.records import (
    CriterionResult,
    CriticalKind,
    Evidence,
    Judgement,
    Measurement,
    Reason,
    Recording,
    Redaction,
    Review,
    Scoring,
    ScoringStatus,
    SectionResult,
    Span,
    Speaker,
    Transcript,
    Utterance,
    Verdict,
    Word,
)
from qa.store.call.calls import NewCall
from qa.store.kinds import CallSource, Direction

START = datetime(2026, 8, 1, 6, 30, tzinfo=UTC)
WORDS = ("سلام", "وقت‌تون", "بخیر", "سفارش", "پیگیری", "ممنون", "hello", "order", "refund", "thanks")


def sha(seed: int) -> str:
    return hashlib.sha256(str(seed).encode()).hexdigest()


def new_call(seed: int, **changes: object) -> NewCall:
    """A waiting call; the seed moves it by an hour."""
    started = START + timedelta(hours=seed)
    fields: dict[str, object] = {
        "sha256": sha(seed),
        "file_name": f"q-500-{seed}.wav",
        "media": f"{sha(seed)[:2]}/{sha(seed)}.wav",
        "started_at": started,
        "local_day": local_day(started, UTC),
        "source": CallSource.COMMAND,
        "direction": Direction.INBOUND,
    }
    return NewCall(**(fields | changes))  # type: ignore[arg-type]


def recording(seed: int) -> Recording:
    return Recording(
        Path("a.wav"), sha(seed), 61.25, None, 2, 8000, "pcm_s16le", 98_044, ("wrong extension",)
    )


def utterance(number: int, rng: np.random.Generator) -> Utterance:
    speaker = Speaker.AGENT if number % 2 == 0 else Speaker.CUSTOMER
    start = number * 3.0
    words = tuple(
        Word(str(text), Span(start + 0.25 * i, start + 0.25 * i + 0.2), round(float(rng.uniform(0.2, 1)), 4))
        for i, text in enumerate(rng.choice(WORDS, 6))
    )
    text = " ".join(word.text for word in words)
    return Utterance(number, speaker, Span(start, start + 1.75), text, 0.875, words)


def transcript(seed: int, turns: int = 8) -> Transcript:
    rng = np.random.default_rng(seed)
    return Transcript("fa", "openai", "base", tuple(utterance(n, rng) for n in range(turns)), ("draft",))


def scoring(
    seed: int = 0, *, score: float | None = 80.0, critical: CriticalKind | None = None, version: int = 1
) -> Scoring:
    """Nineteen criteria in seven sections. With ``critical`` the first criterion is one and fails."""
    rng = np.random.default_rng(seed)
    criteria = [
        CriterionResult(
            f"criterion_{n}",
            f"section_{n % 7}",
            2.0,
            100 / 19,
            critical if n == 0 else None,
            Judgement(
                Verdict.NOT_MET if n == 0 and critical else Verdict(rng.choice(list(Verdict))),
                0.75,
                (Evidence(n % 4, "سلام وقت‌تون بخیر", Span(0.5, 1.5)), Evidence(None, "", None)),
                "phrase/1",
                "a greeting in the first 20 s",
            ),
        )
        for n in range(19)
    ]
    sections = tuple(SectionResult(f"section_{n}", 10.0, 100 / 7, 0.5 if n else None) for n in range(7))
    band = None if score is None else "pass" if score >= 85 else "coach" if score >= 70 else "flag"
    return Scoring(
        scorecard="default_fa",
        version=version,
        status=ScoringStatus.INSUFFICIENT if score is None else ScoringStatus.SCORED,
        score=0.0 if critical else score,
        score_before_critical=score,
        failed_by=("criterion_0",) if critical else (),
        band="flag" if critical else band,
        sections=sections,
        criteria=tuple(criteria),
    )


def measures(seed: int = 0) -> tuple[Measurement, ...]:
    rng = np.random.default_rng(seed)
    return (
        Measurement("talk_share_agent", float(rng.uniform(0.3, 0.7)), "share"),
        Measurement("dead_air_seconds", 12.5, "s", None, (Span(20.0, 32.5),)),
        Measurement("dead_air_count", 1.0, "count"),
        Measurement("overlap", None, "share", Reason.ONE_CHANNEL),
    )


def review(seed: int, *, turns: int = 8, **scored: object) -> Review:
    return Review(
        recording=recording(seed),
        transcript=transcript(seed, turns),
        redactions=(
            Redaction("CARD_NUMBER", 2, (5, 18), Span(6.25, 8.5)),
            Redaction("EMAIL", 3, (0, 7), None),
        ),
        measures=measures(seed),
        scoring=scoring(seed, **scored),  # type: ignore[arg-type]
        speech={Speaker.AGENT: (Span(0.0, 1.75), Span(6.0, 7.75)), Speaker.CUSTOMER: (Span(3.0, 4.75),)},
        roles_confidence=1.0,
        left_out=None,
    )


def saying(told: Review, text: str) -> Review:
    """The same review with other words in its first utterance."""
    first, *others = told.transcript.utterances
    words = replace(told.transcript, utterances=(replace(first, text=text, words=()), *others))
    return replace(told, transcript=words)
