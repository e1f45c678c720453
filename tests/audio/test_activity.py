"""Speech where there is speech, none where there is none, and the times of a real call recounted."""

import tracemalloc

import numpy as np
import pytest

from qa.audio import decode, speech_activity
from qa.audio.silero import remembering
from qa.records import Audio, Span, shared, total
from tests.audio import energy, made
from tests.shared import shared_data

CALL = ("A1_aws_auto_repair_calls", "Auto_Repairs_40_UTC_stereo_LagentRcaller.wav")
AGENT = ("A1_aws_auto_repair_calls", "Auto_Repairs_40_UTC_agent.wav")


def mono(samples: np.ndarray) -> Audio:
    return Audio(np.ascontiguousarray(samples[None, :], np.float32), made.RATE)


@pytest.mark.parametrize("name", made.WITHOUT_SPEECH)
def test_no_speech_in_tones_noise_and_music(name: str) -> None:
    sound = made.WITHOUT_SPEECH[name](20)
    assert speech_activity(mono(sound)) == ((),)
    assert speech_activity(mono(made.mu_law(sound))) == ((),), "over a telephone line"
    assert speech_activity(mono(0.1 * sound)) == ((),), "faint"


@pytest.fixture(scope="module")
def call() -> Audio:
    return decode(shared_data(*CALL), maximum=3600.0)[1]


@pytest.mark.parametrize("channel", [0, 1], ids=["agent", "caller"])
def test_talk_time_agrees_with_the_energy_of_the_channel(call: Audio, channel: int) -> None:
    spans = speech_activity(call)[channel]
    counted = energy.talk(call.samples[channel])
    print(f"channel {channel}: {total(spans):.2f} s, recount {energy.talk_time(call.samples[channel]):.2f} s")
    assert total(spans) == pytest.approx(energy.talk_time(call.samples[channel]), rel=0.02)
    ours = energy.active([(span.start, span.end) for span in spans], call.duration)
    theirs = energy.active(counted, call.duration)
    assert (ours != theirs).mean() < 0.025, "and at the same times"
    assert spans == tuple(sorted(spans))
    assert spans[-1].end <= call.duration


REAL = [
    ("A2_callytics_csvd", "Call01.wav"),  # English call over AMR
    ("A3_temmi_call_recordings", "call_recording_07.wav"),
    ("A3_temmi_call_recordings", "call_recording_14.wav"),
    ("A5_small_asr_checks", "speechmatics_callcentre_stereo.wav"),
    ("A5_small_asr_checks", "stereo_diarization.wav"),
    ("B1_fa_shynrdi_utterances", "Ardalan14.mp3"),  # Persian
    ("B1_fa_shynrdi_utterances", "Shayan03.mp3"),
    ("B3_fa_isolated_words", "Tarik.wav"),  # one word
]


@pytest.mark.parametrize("parts", REAL, ids=[name for _, name in REAL])
def test_real_speech_is_kept(parts: tuple[str, str]) -> None:
    audio = decode(shared_data(*parts), maximum=3600.0)[1]
    for channel, spans in zip(audio.samples, speech_activity(audio), strict=True):
        ours = energy.active([(span.start, span.end) for span in spans], audio.duration)
        loud = energy.active(energy.talk(channel, under=20.0, hangover=0.0), audio.duration)
        kept = (ours & loud).sum() / loud.sum()
        print(f"{parts[1]}: {total(spans):.1f} s, {kept:.1%} of what is loud")
        assert kept > 0.95


def test_speech_between_handling_noise_that_silero_is_never_certain_of() -> None:
    audio = decode(shared_data("A2_callytics_csvd", "CSR01_voiceprint.wav"), maximum=60.0)[1]
    (spans,) = speech_activity(audio)
    assert spans[0].start == pytest.approx(
        5.95, abs=0.1
    )  # what is loud before it is the telephone being moved
    assert spans[-1].end == pytest.approx(10.3, abs=0.2)
    assert total(spans) > 3.8


@pytest.mark.parametrize("music", ["electric piano", "guitar", "strings, shur", "organ, major"])
def test_a_minute_of_hold_music_hides_no_speech_and_is_none(music: str) -> None:
    agent = decode(shared_data(*AGENT), maximum=3600.0)[1].samples[0, : 130 * made.RATE]
    place, minute = 96 * made.RATE, np.resize(made.WITHOUT_SPEECH[music](20), 60 * made.RATE)
    held = mono(np.concatenate([agent[:place], minute, agent[place:]]))
    spans = speech_activity(held)[0]
    heard = total(shared(spans, [Span(96.5, 155.5)]))
    plain, after = speech_activity(mono(agent))[0], shared(spans, [Span(156.0, 190.0)])
    assert heard < 1.0
    assert total(after) == pytest.approx(total(shared(plain, [Span(96.0, 130.0)])), abs=1.5)


@pytest.mark.parametrize("length", [0, 1, 159, 511, 512, 513, 4801])
def test_recordings_of_a_moment(length: int) -> None:
    assert speech_activity(mono(np.full(length, 0.1, np.float32))) == ((),)


def test_the_network_is_fed_as_faster_whisper_feeds_it(call: Audio) -> None:
    from faster_whisper.vad import get_vad_model

    samples = np.ascontiguousarray(call.samples[1, : 1000 * 512])
    theirs = get_vad_model()(samples.copy()).reshape(-1)
    ours = remembering(samples, 1.0)
    # theirs has a quirk: it silences the last 64 samples
    assert np.abs(ours[:-1] - theirs[:-1]).max() < 1e-3


def test_memory_does_not_grow_with_the_recording(call: Audio) -> None:
    part = np.ascontiguousarray(call.samples[:1, : 60 * made.RATE])
    long = Audio(np.tile(part, (1, 5)), made.RATE)
    once = total(speech_activity(Audio(part, made.RATE))[0])
    tracemalloc.start()
    spans = speech_activity(long)[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total(spans) == pytest.approx(5 * once, rel=0.05)
    assert peak < long.samples.nbytes / 3
