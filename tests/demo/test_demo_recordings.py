"""The sound can be heard, the words are where they are said, and the scorecard finds what was written in."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from qa.audio import decode, speech_activity
from qa.demo.dialogues import DEMO_DIR, Dialogue, read_dialogues
from qa.errors import BadTranscript
from qa.pipeline import Sound, Tools, review_transcript
from qa.records import Review, Seconds, Span, Spans, Speaker
from qa.settings import Settings
from qa.transcribe import read_transcript
from qa.worker.reviewing import default_scorecard, site_options

DIALOGUES = read_dialogues()
PERSIAN = [dialogue for dialogue in DIALOGUES if dialogue.language == "fa"]
SIDES = (Speaker.AGENT, Speaker.CUSTOMER)


def inside(spans: Spans, part: Span) -> Seconds:
    return sum(max(0.0, min(s.end, part.end) - max(s.start, part.start)) for s in spans)


def reviewed(dialogue: Dialogue) -> Review:
    return _reviewed(dialogue.name)


@cache
def _reviewed(name: str) -> Review:
    dialogue = next(d for d in DIALOGUES if d.name == name)
    recording, audio = decode(dialogue.audio, maximum=600)
    tools = Tools(None, default_scorecard)
    options = site_options(Settings(agent_channel="left"))
    return review_transcript(
        read_transcript(dialogue.transcript),
        Sound(recording, audio),
        tools,
        options,
        lambda _stage, _share: None,
    )


def test_the_set_is_whole_and_small() -> None:
    assert sorted(dialogue.language for dialogue in DIALOGUES) == ["en"] * 6 + ["fa"] * 6
    assert sum(dialogue.audio.stat().st_size for dialogue in DIALOGUES) < 2_500_000
    audio = {path.stem for path in (DEMO_DIR / "audio").iterdir()}
    assert audio == {dialogue.name for dialogue in DIALOGUES}
    assert {p.stem for p in (DEMO_DIR / "transcripts").iterdir()} == {dialogue.name for dialogue in PERSIAN}


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda d: d.name)
def test_both_voices_are_heard_on_their_own_channel(dialogue: Dialogue) -> None:
    recording, audio = decode(dialogue.audio, maximum=600)
    activity = speech_activity(audio)
    assert (recording.channels, recording.flags) == (2, ())
    assert 35 <= recording.duration <= 75
    assert min(sum(span.end - span.start for span in spans) for spans in activity) > 6
    for own, other in ((0, 1), (1, 0)):
        # Where one side speaks alone the other channel is at least 20 dB quieter: no voice leaks.
        alone = [s for s in activity[own] if inside(activity[other], s) == 0]
        cut = [slice(int(s.start * audio.sample_rate), int(s.end * audio.sample_rate)) for s in alone]
        loud, quiet = (
            float(np.mean(np.concatenate([audio.samples[channel, c] for c in cut]) ** 2))
            for channel in (own, other)
        )
        assert 10 * np.log10(loud / quiet) > 20


@pytest.mark.parametrize("dialogue", PERSIAN, ids=lambda d: d.name)
def test_persian_words_stand_where_they_are_said(dialogue: Dialogue) -> None:
    transcript = read_transcript(dialogue.transcript)
    written = [(line.speaker, " ".join(line.text.split())) for line in dialogue.lines]
    assert [(u.speaker, u.text) for u in transcript.utterances] == written
    activity = dict(zip(SIDES, speech_activity(decode(dialogue.audio, maximum=600)[1]), strict=True))
    for utterance in transcript.utterances:
        span = utterance.span
        assert span is not None
        assert inside(activity[utterance.speaker], span) > 0.7 * (span.end - span.start), utterance.index


@pytest.mark.parametrize("dialogue", PERSIAN, ids=lambda d: d.name)
def test_the_scorecard_finds_what_was_written_in(dialogue: Dialogue) -> None:
    found = reviewed(dialogue)
    verdicts = {c.key: c.judgement.verdict.value for c in found.scoring.criteria}
    assert {key: verdicts[key] for key in dialogue.expect} == dict(dialogue.expect)
    assert {r.kind for r in found.redactions} >= set(dialogue.redacted)
    assert found.left_out is None


def test_good_and_poor_calls_differ() -> None:
    scores = {dialogue.name: reviewed(dialogue).scoring for dialogue in PERSIAN}
    assert scores["fa-order-late-parcel"].score == pytest.approx(100, abs=6)
    assert scores["fa-refund-hard-promise"].failed_by == ("no_unrealistic_promise",)
    assert (scores["fa-refund-long-silence"].score or 0) < 50


# A dictated card number: neither its digits nor its words are left, and the rest of the sentence is.
def test_the_card_number_is_gone() -> None:
    (dialogue,) = [d for d in PERSIAN if d.redacted == ("CARD_NUMBER",)]
    words = " ".join(u.text for u in reviewed(dialogue).transcript.utterances)
    assert "<CARD_NUMBER>" in words
    assert "نود و نه" not in words
    assert "میرزایی" in words


@pytest.mark.parametrize(
    "text",
    [
        # a language that is not spoken here
        "language: de\nagent: 0\nqueue: 0\ndays_ago: 1\nvoices: {}\nexpect: {}\nlines: [{agent: x}]",
        # an agent that is not there
        "language: en\nagent: 99\nqueue: 0\ndays_ago: 1\nvoices: {}\nexpect: {}\nlines: [{agent: x}]",
        # neither agent nor customer
        "language: en\nagent: 0\nqueue: 0\ndays_ago: 1\nvoices: {}\nexpect: {}\nlines: [{boss: x}]",
        "language: [",  # no YAML
    ],
)
def test_a_broken_dialogue_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "en-broken.yaml").write_text(text)
    with pytest.raises(BadTranscript, match="en-broken"):
        read_dialogues(tmp_path)
