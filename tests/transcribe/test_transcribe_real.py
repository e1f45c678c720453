"""The real recogniser on real calls, and on sounds in which nobody speaks."""

from collections.abc import Sequence

import numpy as np
import pytest
import whisper

from qa.audio import decode, speech_activity
from qa.errors import InvalidSetting
from qa.evaluate.wer import total_errors, word_errors
from qa.records import Audio, Flag, Hearing, Span, Spans
from qa.transcribe import read_transcript
from qa.transcribe.openai import OpenAITranscriber
from qa.transcribe.placing import GAP
from tests.audio.made import WITHOUT_SPEECH
from tests.shared import shared_data

pytestmark = pytest.mark.speech


def hear(
    engine: OpenAITranscriber, audio: Audio, language: str | None = None
) -> tuple[Hearing, Sequence[Spans]]:
    speech = speech_activity(audio)
    return engine.listen(audio, speech, language, lambda share: None), speech


def text_of(hearing: Hearing, channel: int = 0) -> str:
    return " ".join(heard.text for heard in hearing.heard if heard.channel == channel)


@pytest.fixture(scope="module")
def call(engine: OpenAITranscriber) -> tuple[Hearing, Sequence[Spans], list[float]]:
    """The real telephone call of 73 s, with what the progress was told."""
    _, audio = decode(shared_data("A2_callytics_csvd", "Call01.wav"), maximum=600)
    shares: list[float] = []
    speech = speech_activity(audio)
    return engine.listen(audio, speech, None, shares.append), speech, shares


def test_the_telephone_call_has_few_wrong_words(call: tuple) -> None:
    hearing, _, _ = call
    reference = read_transcript(shared_data("A2_callytics_csvd", "Call01.srt"))
    errors = word_errors(" ".join(u.text for u in reference.utterances), text_of(hearing), "en")
    print(f"word error rate {errors.rate:.3f} of {errors.words} words")
    assert errors.rate <= 0.27
    assert (hearing.language, hearing.engine, hearing.model, hearing.flags) == ("en", "openai", "base", ())
    assert hearing.language_confidence > 0.95


def test_every_word_lies_in_speech_and_no_utterance_holds_a_gap(call: tuple) -> None:
    hearing, (spans,), _ = call
    assert list(hearing.heard) == sorted(hearing.heard, key=lambda heard: heard.span)
    for heard in hearing.heard:
        assert heard.text == " ".join(word.text for word in heard.words)
        assert heard.span == Span(heard.words[0].span.start, heard.words[-1].span.end)
        assert 0 < heard.confidence <= 1
        for before, after in zip(heard.words, heard.words[1:], strict=False):
            assert after.span.start - before.span.end <= GAP
        for word in heard.words:
            assert any(s.start - 0.01 <= word.span.start <= word.span.end <= s.end + 0.01 for s in spans)
            assert word.span.length <= 2.0


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        # Times of the human reference, to three quarters of a second.
        ("hi emily", 9.58, None),
        ("sorry for the inconvenience", 20.6, None),
        ("great news", 52.63, None),
        ("anything else i can", None, 65.95),
        ("goodbye", None, 71.58),
    ],
)
def test_utterances_are_where_the_reference_has_them(
    call: tuple, phrase: str, start: float | None, end: float | None
) -> None:
    hearing, _, _ = call
    plain = {
        heard: "".join(c for c in heard.text.lower() if c.isalpha() or c == " ") for heard in hearing.heard
    }
    (found,) = [heard for heard, text in plain.items() if phrase in text]
    assert start is None or abs(found.span.start - start) < 0.75
    assert end is None or -1.6 < found.span.end - end < 0.75


def test_progress_runs_to_one(call: tuple) -> None:
    _, _, shares = call
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_each_channel_is_heard_by_itself(engine: OpenAITranscriber) -> None:
    _, audio = decode(shared_data("A5_small_asr_checks", "stereo_diarization.wav"), maximum=60)
    hearing, _ = hear(engine, audio, "en")
    wanted = {
        0: "He began a confused complaint against the wizard, "
        "who had vanished behind the curtain on the left.",
        1: "The horizon seems extremely distant.",
    }
    errors = total_errors(word_errors(text, text_of(hearing, at), "en") for at, text in wanted.items())
    assert errors.rate <= 0.05


def test_converted_weights_give_the_reference_text(engine: OpenAITranscriber) -> None:
    _, audio = decode(shared_data("A5_small_asr_checks", "jfk.flac"), maximum=60)
    hearing, _ = hear(engine, audio)
    reference = shared_data("A5_small_asr_checks", "jfk.txt").read_text(encoding="utf-8")
    assert word_errors(reference, text_of(hearing), "en").rate == 0
    assert hearing.language == "en"


@pytest.mark.parametrize(
    ("parts", "language", "flags"),
    [
        pytest.param(("B2_fa_alifarrokh_narration", "1.mp3"), "fa", {Flag.DRAFT}, id="narrated Persian"),
        pytest.param(
            ("B1_fa_shynrdi_utterances", "Shayan01.mp3"),
            "fa",
            {Flag.DRAFT, Flag.LANGUAGE_NOT_SURE},
            id="one sentence",
        ),
        pytest.param(("A3_temmi_call_recordings", "call_recording_14.wav"), "en", set(), id="English"),
    ],
)
def test_persian_and_english_are_told_apart(
    engine: OpenAITranscriber, parts: tuple[str, str], language: str, flags: set[str]
) -> None:
    _, audio = decode(shared_data(*parts), maximum=600)
    beginning = Audio(audio.samples[:, : 14 * audio.sample_rate], audio.sample_rate)
    hearing, _ = hear(engine, beginning)
    assert hearing.language == language
    assert set(hearing.flags) - {Flag.REPETITION_REMOVED} <= flags
    assert (Flag.DRAFT in hearing.flags) == (language == "fa")


@pytest.mark.parametrize("name", sorted(WITHOUT_SPEECH))
def test_sounds_without_speech_give_no_utterance(engine: OpenAITranscriber, name: str) -> None:
    sound = WITHOUT_SPEECH[name](20)
    hearing, _ = hear(engine, Audio(sound[None].astype(np.float32), 16_000))
    assert hearing.heard == ()


@pytest.mark.parametrize("name", ["silence", "ring-back 425 Hz", "busy tone", "hum"])
def test_nothing_is_invented_even_if_the_sound_is_taken_for_speech(
    engine: OpenAITranscriber, name: str
) -> None:
    audio = Audio(WITHOUT_SPEECH[name](20)[None].astype(np.float32), 16_000)
    assert engine.listen(audio, ((Span(0, 20),),), "en", lambda share: None).heard == ()


@pytest.mark.parametrize("language", ["xx", "english please"])
def test_an_unknown_language_is_refused(engine: OpenAITranscriber, language: str) -> None:
    audio = Audio(np.zeros((1, 16_000), np.float32), 16_000)
    with pytest.raises(InvalidSetting, match="use fa, en or auto"):
        engine.listen(audio, ((),), language, lambda share: None)


def test_the_encoder_gives_whispers_numbers_for_30_s(engine: OpenAITranscriber) -> None:
    import torch

    dims, ours = engine._whisper.dims, engine._whisper.encoder
    theirs = whisper.model.AudioEncoder(
        dims.n_mels, dims.n_audio_ctx, dims.n_audio_state, dims.n_audio_head, dims.n_audio_layer
    )
    theirs.load_state_dict(ours.state_dict())
    torch.manual_seed(0)
    sound = torch.randn(1, dims.n_mels, 3000)
    with torch.inference_mode():
        torch.testing.assert_close(ours(sound), theirs(sound), rtol=1e-4, atol=1e-3)
        assert ours(sound[..., :1000]).shape == (1, 500, dims.n_audio_state)


def test_the_decoder_turned_round_gives_whispers_numbers(engine: OpenAITranscriber) -> None:
    import torch

    dims, ours = engine._whisper.dims, engine._whisper.decoder
    theirs = whisper.model.TextDecoder(
        dims.n_vocab, dims.n_text_ctx, dims.n_text_state, dims.n_text_head, dims.n_text_layer
    )
    theirs.load_state_dict(ours.state_dict())
    torch.manual_seed(0)
    tokens, sound = (
        torch.randint(0, dims.n_vocab, (3, 7)),
        torch.randn(3, dims.n_audio_ctx, dims.n_audio_state),
    )
    with torch.inference_mode():
        torch.testing.assert_close(ours(tokens, sound), theirs(tokens, sound), rtol=1e-4, atol=1e-3)
