"""The stages in order, with a recogniser that says what a table tells it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from qa.measure import default_limits
from qa.pipeline import STAGES, Options, Sound, Tools, hear, left_out, rescore, review, review_transcript
from qa.records import (
    Audio,
    Call,
    Heard,
    Hearing,
    LeftOut,
    Measurement,
    Recording,
    Review,
    ScoringStatus,
    Share,
    Span,
    Spans,
    Speaker,
    Transcript,
    Utterance,
    Verdict,
)
from qa.scorecard import default_scorecards, parse_scorecard
from tests.audio.files import voices

CARD_NUMBER = "4111 1111 1111 1111"
LINES = (
    Heard(0, Span(0.1, 1.0), "Thank you for calling Acme Bank, my name is Sara.", 0.9),
    Heard(1, Span(1.1, 2.0), f"Hello, my card number is {CARD_NUMBER}.", 0.9),
    Heard(0, Span(2.1, 3.0), "Is there anything else I can help you with?", 0.9),
    Heard(1, Span(3.1, 4.0), "No, that is all, thank you very much for the help.", 0.9),
)


class TableEngine:
    """Says the lines it was made with, on the channels they name."""

    name, model = "table", "none"

    def __init__(self, lines: tuple[Heard, ...] = LINES, language: str = "en", *flags: str) -> None:
        self._lines, self._language, self._flags = lines, language, flags
        self.asked: list[str | None] = []

    def drafts(self, language: str) -> bool:
        return False

    def listen(
        self,
        audio: Audio,
        speech: tuple[Spans, ...],
        language: str | None,
        progress: Callable[[Share], None],
    ) -> Hearing:
        assert len(speech) == audio.channels
        self.asked.append(language)
        progress(0.5)
        progress(1.0)
        return Hearing(self._language, 0.9, self.name, self.model, self._lines, self._flags)


def sound(seconds: float = 30.0, channels: int = 2) -> Sound:
    samples = np.repeat(voices(seconds, 16_000)[:channels], 1, axis=0)
    audio = Audio(np.ascontiguousarray(samples), 16_000)
    recording = Recording(
        Path("call.wav"), "ab" * 32, audio.duration, audio.duration, channels, 8000, "pcm_s16le", 1
    )
    return Sound(recording, audio)


def card(language: str) -> object:
    return next(card for card in default_scorecards() if card.language == language)


def reviewed(engine: TableEngine, made: Sound | None = None, **options: object) -> tuple[Review, list[str]]:
    stages: list[str] = []
    chosen = Options(limits=default_limits(), **options)
    tools = Tools(engine, lambda _language: card("en"))
    found = review(made or sound(), tools, chosen, lambda stage, _share: stages.append(stage))
    return found, stages


def test_every_stage_is_told_in_order() -> None:
    _, stages = reviewed(TableEngine())
    assert list(dict.fromkeys(stages)) == list(STAGES)


@pytest.mark.parametrize(("agent_channel", "first"), [(0, Speaker.AGENT), (1, Speaker.CUSTOMER)])
def test_the_site_says_which_channel_is_the_agent(agent_channel: int, first: Speaker) -> None:
    found, _ = reviewed(TableEngine(), agent_channel=agent_channel)
    assert [u.speaker for u in found.transcript.utterances][:1] == [first]
    assert found.roles_confidence == 1.0


def test_one_channel_gives_one_voice_whose_role_is_not_known() -> None:
    mono = tuple(Heard(0, line.span, line.text, line.confidence) for line in LINES)
    found, _ = reviewed(TableEngine(mono), sound(channels=1))
    assert {u.speaker for u in found.transcript.utterances} == {Speaker.SPEAKER_1}
    assert found.roles_confidence == 0.0


def test_nothing_after_the_redactor_sees_the_card_number() -> None:
    found, _ = reviewed(TableEngine())
    assert [redaction.kind for redaction in found.redactions] == ["CARD_NUMBER"]
    assert "4111" not in repr(found)
    assert "<CARD_NUMBER>" in found.transcript.utterances[1].text


def test_the_language_of_the_options_reaches_the_engine() -> None:
    engine = TableEngine()
    reviewed(engine, language="fa")
    reviewed(engine)
    assert engine.asked == ["fa", None]


@pytest.mark.parametrize(
    ("engine", "status", "reason"),
    [
        # nobody speaks
        (TableEngine(()), ScoringStatus.NO_SPEECH, LeftOut.NO_SPEECH),
        # another language is written down and not scored
        (
            TableEngine(LINES, "de", "language not supported"),
            ScoringStatus.LANGUAGE_NOT_SUPPORTED,
            LeftOut.LANGUAGE,
        ),
    ],
)
def test_what_cannot_be_scored_says_so(engine: TableEngine, status: ScoringStatus, reason: LeftOut) -> None:
    found, _ = reviewed(engine)
    assert (found.scoring.status, found.scoring.score, found.left_out) == (status, None, reason)


def test_the_score_is_the_sum_of_its_parts() -> None:
    worth = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5, Verdict.NOT_MET: 0.0}
    found, _ = reviewed(TableEngine())
    parts = [
        criterion.applied_weight * worth[criterion.judgement.verdict]
        for criterion in found.scoring.criteria
        if criterion.judgement.verdict in worth
    ]
    assert found.scoring.score_before_critical == pytest.approx(sum(parts))
    assert 0 < sum(parts) < 100


def test_words_from_elsewhere_need_no_engine() -> None:
    lines = (
        Utterance(0, Speaker.AGENT, None, "Thank you for calling Acme, my name is Sara."),
        Utterance(1, Speaker.CUSTOMER, None, "I want to know where my order is, please."),
    )
    transcript = Transcript("en", "imported", "json", lines)
    tools = Tools(None, lambda _language: card("en"))
    options = Options(limits=default_limits())
    found = review_transcript(transcript, None, tools, options, lambda *_: None)
    assert (found.recording, found.speech) == (None, None)
    assert {measure.value for measure in found.measures if measure.unit in ("s", "share")} == {None}
    with pytest.raises(ValueError, match="needs an engine"):
        hear(sound(), tools, options, lambda *_: None)


def words(count: int, speaker: Speaker, number: int = 0) -> Utterance:
    return Utterance(number, speaker, Span(number, number + 1), " ".join(["word"] * count))


MINIMUM = """id: small
version: 1
language: en
title: {en: Small, fa: کوچک}
sections:
  - key: one
    title: {en: One, fa: یک}
    weight: 1
    criteria:
      - key: greeting
        title: {en: Greeting, fa: سلام}
        weight: 1
        rule: {phrase: {speaker: any, phrases: [word]}}
"""
OWN = MINIMUM.replace("sections:", "minimum: {seconds: 60, words: 3}\nsections:")


@pytest.mark.parametrize(
    ("text", "seconds", "lines", "reason"),
    [
        # the site's minimum: 20 s and 10 words a side
        (MINIMUM, 19.9, (words(10, Speaker.AGENT), words(10, Speaker.CUSTOMER, 1)), LeftOut.TOO_SHORT),
        (MINIMUM, 20.0, (words(10, Speaker.AGENT), words(10, Speaker.CUSTOMER, 1)), None),
        (MINIMUM, 20.0, (words(10, Speaker.AGENT), words(9, Speaker.CUSTOMER, 1)), LeftOut.FEW_WORDS),
        (MINIMUM, 20.0, (words(19, Speaker.SPEAKER_1),), LeftOut.FEW_WORDS),
        (MINIMUM, 20.0, (words(20, Speaker.SPEAKER_1),), None),
        # a minimum in the scorecard wins, upwards and downwards
        (OWN, 59.9, (words(10, Speaker.AGENT), words(10, Speaker.CUSTOMER, 1)), LeftOut.TOO_SHORT),
        (OWN, 60.0, (words(3, Speaker.AGENT), words(3, Speaker.CUSTOMER, 1)), None),
        # a transcript alone has no length to be too short
        (MINIMUM, None, (words(10, Speaker.AGENT), words(10, Speaker.CUSTOMER, 1)), None),
    ],
)
def test_what_stays_out_of_averages(
    text: str, seconds: float | None, lines: tuple[Utterance, ...], reason: LeftOut | None
) -> None:
    small = parse_scorecard(text, "small.yaml")
    speech = {line.speaker: (line.span,) for line in lines}
    call = Call(Transcript("en", "table", "none", lines), speech, seconds, channels_separate=True)
    scoring = rescore(call, (), small)
    assert scoring.status is ScoringStatus.SCORED
    assert left_out(call, scoring, small, Options(limits=default_limits())) is reason


@pytest.mark.parametrize(("share", "verdict"), [(0.5, Verdict.MET), (0.9, Verdict.NOT_MET)])
def test_scoring_again_uses_the_measures_it_is_given(share: float, verdict: Verdict) -> None:
    text = MINIMUM.replace(
        "{phrase: {speaker: any, phrases: [word]}}", "{measure: {name: talk_share_agent, at_most: 0.7}}"
    )
    call = Call(Transcript("en", "table", "none", (words(9, Speaker.AGENT),)), None, None, True)
    scoring = rescore(
        call, (Measurement("talk_share_agent", share, "share"),), parse_scorecard(text, "small")
    )
    assert [criterion.judgement.verdict for criterion in scoring.criteria] == [verdict]
