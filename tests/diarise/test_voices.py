"""Voices told apart on real and synthesised calls mixed to one channel."""

from functools import cache

import numpy as np
import pytest

from qa.audio import decode, speech_activity
from qa.diarise import VoiceDiariser, open_diariser
from qa.evaluate.diarisation import diarisation_errors, turns
from qa.evaluate.voices import mixed
from qa.records import Audio, Diarisation, Flag, Heard, Hearing, Span, Spans, Speaker
from tests.shared import ROOT, shared_data

CLIPS = ROOT / "data" / "demo" / "audio"
A1 = "A1_aws_auto_repair_calls"


@cache
def clip(name: str) -> Audio:
    return decode(CLIPS / f"{name}.ogg", maximum=600)[1]


@cache
def diariser() -> VoiceDiariser:
    made = open_diariser()
    assert made is not None, "requirements-weights.txt is not installed"
    return made


def told(audio: Audio, *heard: Heard) -> Diarisation:
    hearing = Hearing("en", 1.0, "none", "none", heard)
    return diariser().tell_apart(audio, speech_activity(audio)[0], hearing)


def rate(audio: Audio, found: Diarisation) -> float:
    truth = {str(n): spans for n, spans in enumerate(speech_activity(audio))}
    return diarisation_errors(turns(truth), turns(dict(found.speech or {}))).rate


def cut(audio: Audio, start: float, end: float) -> Audio:
    return Audio(audio.samples[:, int(start * 16_000) : int(end * 16_000)], 16_000)


@pytest.mark.parametrize("name", ["en-account-card-number", "en-order-late-parcel"])
def test_two_synthesised_voices_on_one_channel(name: str) -> None:
    audio = cut(clip(name), 0, 40)
    found = told(mixed(audio))
    assert set(found.speech or ()) == {Speaker.SPEAKER_1, Speaker.SPEAKER_2}
    assert found.channels_separate
    assert Flag.BY_VOICE in found.transcript.flags
    assert rate(audio, found) < 0.03


@pytest.mark.parametrize("channel", [0, 1])
def test_one_voice_stays_one(channel: int) -> None:
    audio = Audio(clip("en-booking-angry-customer").samples[channel : channel + 1], 16_000)
    found = told(audio)
    assert list(found.speech or ()) == [Speaker.SPEAKER_1]
    assert (found.confidence, found.channels_separate) == (0.0, False)


def test_two_settings_of_one_formant_synthesiser_are_no_two_voices() -> None:
    """The Persian demo voices are espeak's; saying two would be a guess, so there is one."""
    found = told(mixed(cut(clip("fa-booking-angry-customer"), 0, 40)))
    assert list(found.speech or ()) == [Speaker.SPEAKER_1]


def test_the_one_who_greets_is_the_agent() -> None:
    audio = cut(clip("en-account-card-number"), 0, 40)
    agent, customer = speech_activity(audio)
    lines = (
        Heard(0, agent[0], "Thank you for calling Acme Bank, how can I help you?", 0.9),
        Heard(0, customer[0], "Hello, I have a question.", 0.9),
    )
    found = told(mixed(audio), *lines)
    assert [u.speaker for u in found.transcript.utterances] == [Speaker.AGENT, Speaker.CUSTOMER]
    assert found.confidence > 0.9


OTHERS = {"start": "fa-order-late-parcel", "middle": "en-refund-hard-promise"}


def announced(at: str) -> tuple[Audio, Span]:
    """A call of two with 6 s of a third voice before it, or in the middle while nobody speaks.

    In the middle it is a voice like the customer's: what it says tells.
    """
    call = mixed(cut(clip("en-account-card-number"), 0, 40)).samples[0]
    third = Audio(clip(OTHERS[at]).samples[:1], 16_000)
    spoken = np.concatenate(
        [third.samples[0][int(s.start * 16_000) : int(s.end * 16_000)] for s in speech_activity(third)[0]]
    )
    tape = spoken[: 6 * 16_000]
    quiet = np.zeros(8_000, np.float32)
    place = 0 if at == "start" else int(speech_activity(Audio(call[None], 16_000))[0][5].end * 16_000) + 800
    parts = [call[:place], quiet, tape, quiet, call[place:]]
    start = (place + len(quiet)) / 16_000
    return Audio(np.concatenate(parts)[None, :].astype(np.float32), 16_000), Span(start, start + 6)


def shared_seconds(spans: Spans, with_: Span) -> float:
    return sum(span.overlap(with_) for span in spans)


@pytest.mark.parametrize("at", ["start", "middle"])
def test_an_announcement_is_neither(at: str) -> None:
    audio, tape = announced(at)
    lines = () if at == "start" else (Heard(0, tape, "Your call is important to us, please hold.", 0.9),)
    found = told(audio, *lines)
    speech = found.speech or {}
    assert {Speaker.SPEAKER_1, Speaker.SPEAKER_2, Speaker.SYSTEM} == set(speech)
    assert shared_seconds(speech[Speaker.SYSTEM], tape) > 5.0
    assert sum(span.length for span in speech[Speaker.SYSTEM]) < 7.0
    assert all(u.speaker is Speaker.SYSTEM for u in found.transcript.utterances)


def test_the_same_announcement_twice_is_a_machine_whatever_its_voice() -> None:
    audio = mixed(cut(clip("en-account-card-number"), 0, 40))
    speech = speech_activity(audio)[0]
    text = "All our agents are busy, please stay on the line."
    found = told(audio, *(Heard(0, speech[n], text, 0.9) for n in (3, 6)))
    assert [u.speaker for u in found.transcript.utterances] == [Speaker.SYSTEM, Speaker.SYSTEM]


def test_silence_has_nobody() -> None:
    found = told(Audio(np.zeros((1, 160_000), np.float32), 16_000))
    assert found.transcript.utterances == ()
    assert not found.channels_separate


def test_real_call_mixed_to_one_channel() -> None:
    path = shared_data(A1, "Auto_Repairs_40_UTC_stereo_LagentRcaller.wav")
    audio = cut(decode(path, maximum=600)[1], 0, 90)
    found = told(mixed(audio))
    assert len(found.speech or ()) == 2
    assert rate(audio, found) <= 0.06


def test_real_agent_alone_stays_one() -> None:
    path = shared_data(A1, "Auto_Repairs_40_UTC_agent.wav")
    assert list(told(cut(decode(path, maximum=600)[1], 0, 90)).speech or ()) == [Speaker.SPEAKER_1]
