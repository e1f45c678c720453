"""Calls and one-criterion scorecards for judges' tests."""

import json
from pathlib import Path

from qa.judge import judge
from qa.measure import default_limits, measure
from qa.records import Call, Judgement, Measurement, Span, Speaker, Transcript, Utterance, merged
from qa.scorecard import Scorecard, parse_scorecard

A, C = Speaker.AGENT, Speaker.CUSTOMER
DIALOGUES = Path(__file__).parent / "dialogues"


def call(
    *said: tuple[Speaker, str], language: str = "en", confidence: float | None = None, **more: object
) -> Call:
    """A call of utterances 10 s apart; ``times=False`` for none, ``flags`` for the transcript."""
    times = more.get("times", True)
    utterances = tuple(
        Utterance(
            id=100 + place,
            speaker=speaker,
            span=Span(10.0 * place, 10.0 * place + 8) if times else None,
            text=text,
            confidence=confidence,
        )
        for place, (speaker, text) in enumerate(said)
    )
    flags = more.get("flags", ())
    assert isinstance(flags, tuple)
    return Call(Transcript(language, "imported", "", utterances, flags), None, None, channels_separate=True)


def card(rule: str, language: str = "en", extra: str = "") -> Scorecard:
    """A scorecard with the one criterion ``it``; ``rule`` and ``extra`` are YAML in one line."""
    text = f"""\
id: one
version: 1
language: {language}
title: {{en: One, fa: یک}}
sections:
  - key: only
    title: {{en: Only, fa: تنها}}
    weight: 1
    criteria:
      - {{key: it, title: {{en: It, fa: آن}}, weight: 1, rule: {{{rule}}}{extra}}}
"""
    return parse_scorecard(text, "one.yaml")


def judged(rule: str, heard: Call, measures: tuple[Measurement, ...] = (), extra: str = "") -> Judgement:
    """The judgement of one rule; the scorecard is in the call's language."""
    return judge(card(rule, heard.transcript.language, extra), heard, measures)["it"]


def dialogue(name: str) -> tuple[Call, tuple[Measurement, ...], dict[str, str]]:
    """A written dialogue: the call, its measures, and the verdicts that a person gave it."""
    read = json.loads((DIALOGUES / f"{name}.json").read_text(encoding="utf-8"))
    utterances = tuple(
        Utterance(place, Speaker(one["speaker"]), Span(one["start"], one["end"]), one["text"])
        for place, one in enumerate(read["utterances"])
    )
    speech = {side: merged(u.span for u in utterances if u.speaker == side and u.span) for side in (A, C)}
    heard = Call(
        Transcript(read["language"], "imported", "", utterances), speech, read["utterances"][-1]["end"], True
    )
    expected = json.loads((DIALOGUES / f"{name}.expected.json").read_text(encoding="utf-8"))
    return heard, measure(heard, default_limits()), expected
