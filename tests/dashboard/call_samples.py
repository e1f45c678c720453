"""A whole call made by hand: two voices on two channels, everything that the call page can show."""

import hashlib
import wave
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dashboard.data import site
from qa.records import (
    CriterionResult,
    CriticalKind,
    Evidence,
    Judgement,
    Measurement,
    Reason,
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
from qa.store import people
from qa.store.call import calls
from qa.store.call.reviews import save_review
from qa.store.kinds import CallSource, Direction
from qa.store.shelf.recordings import Recordings
from tests.store.samples import recording

RATE, LENGTH = 8000, 64
CRITICAL = "no_unrealistic_promise"
A, C = Speaker.AGENT, Speaker.CUSTOMER
SAID = (
    (1.0, 5.0, A, "Good morning, Parsa Home, this is Sara.", "صبح بخیر، خانهٔ پارسا، سارا هستم."),
    (6.0, 12.0, C, "I sent a kettle back eleven days ago.", "یازده روز پیش کتری را پس فرستادم."),
    (13.0, 18.0, A, "I am sorry. One moment, please.", "متأسفم. یک لحظه لطفاً."),
    (30.0, 34.0, A, "Thank you for waiting.", "ممنون که منتظر ماندید."),
    (46.0, 50.0, C, "<b>My card</b> is <CARD_NUMBER>.", "<b>کارتم</b> می‌شود <CARD_NUMBER>."),
    (49.0, 55.0, A, "The refund will certainly be there tonight.", "مبلغ حتماً همین امشب واریز می‌شود."),
    (57.0, 60.0, C, "Thank you.", "ممنون."),
)
"""Start, end, side, words in both languages. 18 to 30 is announced silence, 34 to 46 is not."""


def utterances(language: str) -> tuple[Utterance, ...]:
    out = []
    for place, (start, end, side, en, fa) in enumerate(SAID):
        text = fa if language == "fa" else en
        step = (end - start) / len(text.split())
        words = tuple(
            Word(word, Span(start + i * step, start + (i + 1) * step), 0.3 if i == 1 else 0.9)
            for i, word in enumerate(text.split())
        )
        out.append(Utterance(place, side, Span(start, end), text, 0.9, words))
    return tuple(out)


def speech() -> dict[Speaker, tuple[Span, ...]]:
    return {side: tuple(Span(s, e) for s, e, who, *_ in SAID if who is side) for side in (A, C)}


def measures() -> tuple[Measurement, ...]:
    dead = (Span(34.0, 46.0),)
    return (
        Measurement("conversation_duration", 59.0, "s"),
        Measurement("talk_share_agent", 0.32, "share"),
        Measurement("talk_share_customer", 0.22, "share"),
        Measurement("non_talk", 0.41, "share", None, (Span(18.0, 30.0), *dead)),
        Measurement("dead_air_seconds", 12.0, "s", None, dead),
        Measurement("dead_air_count", 1.0, "count", None, dead),
        Measurement("overlap", 0.017, "share", None, (Span(49.0, 50.0),)),
        Measurement("interruptions_agent", 1.0, "count", None, (Span(49.0, 50.0),)),
        Measurement("response_latency_median", 1.0, "s"),
        Measurement("speech_rate_agent", 132.0, "words/min"),
        Measurement("speech_rate_customer", None, "words/min", Reason.DRAFT),
    )


def _result(key: str, section: str, verdict: Verdict, *evidence: Evidence) -> CriterionResult:
    critical = CriticalKind.COMPLIANCE if key == CRITICAL else None
    judgement = Judgement(verdict, 0.9, evidence, "phrase/1", "“Parsa Home” said by the agent")
    return CriterionResult(key, section, 2.0, 20.0, critical, judgement)


def scoring(language: str) -> Scoring:
    said = utterances(language)
    quote = said[5].text.rstrip(".")
    greeting = " ".join(said[0].text.split()[:2]).rstrip("،,")
    criteria = (
        _result("greeting", "opening", Verdict.MET, Evidence(0, said[0].text, Span(1.0, 5.0))),
        _result("own_name", "opening", Verdict.PARTLY, Evidence(0, greeting, Span(1.0, 2.0))),
        _result(CRITICAL, "compliance", Verdict.NOT_MET, Evidence(5, quote, Span(49.0, 55.0))),
        _result("no_interruption", "listening", Verdict.NOT_MET, Evidence(None, "", Span(49.0, 50.0))),
        _result("empathy", "listening", Verdict.CANNOT_TELL),
        _result("survey_announced", "listening", Verdict.NOT_APPLICABLE),
    )
    sections = (
        SectionResult("opening", 10.0, 40.0, 0.75),
        SectionResult("listening", 20.0, 20.0, 0.0),
        SectionResult("compliance", 10.0, 20.0, None),
    )
    return Scoring(
        f"default-{language}", 1, ScoringStatus.SCORED, 0.0, 65.0, (CRITICAL,), "flag",
        sections, criteria,
    )  # fmt: skip


def review(language: str = "en") -> Review:
    words = Transcript(language, "openai", "base", utterances(language), ("draft",))
    at = words.utterances[4].text.index("<CARD_NUMBER>")
    return Review(
        recording=replace(recording(1), duration=float(LENGTH)),
        transcript=words,
        redactions=(Redaction("CARD_NUMBER", 4, (at, at + 13), Span(48.0, 50.0)),),
        measures=measures(),
        scoring=scoring(language),
        speech=speech(),
        roles_confidence=1.0,
        left_out=None,
    )


def sound() -> NDArray[np.float64]:
    """Two voices as two tones, shape ``(2, samples)``; the agent is on the right channel."""
    time = np.arange(RATE * LENGTH) / RATE
    out = np.zeros((2, len(time)))
    for start, end, side, *_ in SAID:
        here = (time >= start) & (time < end)
        wave_form = np.sin(2 * np.pi * (180 if side is A else 260) * time) * np.abs(np.sin(4 * time)) * 0.5
        out[1 if side is A else 0, here] = wave_form[here]
    return out


def write_wav(path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes((sound().T * 32767).astype("<i2").tobytes())


def peaks() -> NDArray[np.float32]:
    return np.abs(sound()).reshape(2, 2000, -1).max(axis=2).astype(np.float32)


def store(folder: Path, language: str = "en", *, team: str = "North", **changes: object) -> str:
    """Store the call with its recording; gives its key. ``changes`` are fields of the review."""
    source = folder / f"{language}-{team}.wav"
    write_wav(source)
    with source.open("ab") as more:  # two calls are two contents; what stands behind the sound is not heard
        more.write(f"{team} {language}".encode())
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    media = Recordings(site.settings().recordings_dir).keep(source, sha256)
    with site.database().write() as tx:
        team_id = people.team_id(tx, team)
        new = calls.NewCall(
            sha256=sha256,
            file_name=source.name,
            started_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
            local_day=20777,
            source=CallSource.COMMAND,
            media=media,
            direction=Direction.INBOUND,
            agent_id=people.agent_id(tx, "Sara Ahmadi" if language == "en" else "سارا احمدی", team=team_id),
            team_id=team_id,
            duration=float(LENGTH),
            channels=2,
            language=language,
        )
        made = calls.register(tx, new)
        save_review(tx, made.call_id, replace(review(language), **changes), peaks())  # type: ignore[arg-type]
    return made.key
