"""The fast engine on real sound, and what both engines promise."""

from collections.abc import Sequence

import numpy as np
import pytest

from qa.audio import decode, speech_activity
from qa.errors import InvalidSetting, ModelMissing
from qa.evaluate.wer import total_errors, word_errors
from qa.records import Audio, Hearing, Span
from qa.settings import Settings
from qa.transcribe import read_transcript
from qa.transcribe.fast import FastTranscriber
from qa.transcribe.openai import OpenAITranscriber
from qa.transcribe.port import Transcriber
from tests.audio.made import WITHOUT_SPEECH
from tests.shared import shared_data
from tests.transcribe.checkpoints import narrow

pytestmark = pytest.mark.speech


@pytest.fixture(scope="module")
def fast(engine: OpenAITranscriber, tmp_path_factory: pytest.TempPathFactory) -> FastTranscriber:
    """The same weights; ``engine`` has skipped when they are not here."""
    assert engine.model == "base"
    return FastTranscriber(Settings(data_dir=tmp_path_factory.mktemp("fast"), engine="fast", threads=1))


@pytest.fixture(scope="module", params=["openai", "fast"])
def either(
    request: pytest.FixtureRequest, engine: OpenAITranscriber, fast: FastTranscriber
) -> OpenAITranscriber | FastTranscriber:
    return engine if request.param == "openai" else fast


@pytest.fixture(scope="module")
def jfk(either: Transcriber) -> tuple[Hearing, list[float]]:
    _, audio = decode(shared_data("A5_small_asr_checks", "jfk.flac"), maximum=60)
    shares: list[float] = []
    return either.listen(audio, speech_activity(audio), None, shares.append), shares


def text_of(hearing: Hearing, channel: int = 0) -> str:
    return " ".join(heard.text for heard in hearing.heard if heard.channel == channel)


def test_both_write_what_was_said_in_the_language_it_was_said_in(
    either: Transcriber, jfk: tuple[Hearing, Sequence[float]]
) -> None:
    hearing, shares = jfk
    reference = shared_data("A5_small_asr_checks", "jfk.txt").read_text(encoding="utf-8")
    assert word_errors(reference, text_of(hearing), "en").rate == 0
    assert (hearing.engine, hearing.model, hearing.language) == (either.name, "base", "en")
    assert hearing.language_confidence > 0.9
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_words_of_both_have_times_in_order_and_probabilities(jfk: tuple[Hearing, Sequence[float]]) -> None:
    hearing, _ = jfk
    words = [word for heard in hearing.heard for word in heard.words]
    assert [word.span.start for word in words] == sorted(word.span.start for word in words)
    assert all(0 < word.probability <= 1 and word.span.length <= 2 for word in words)
    # The one word time that the tests of OpenAI's package check in this clip: 1.8 s lies in "Americans".
    (word,) = [word for word in words if word.text.strip(" ,") == "Americans"]
    assert word.span.start <= 1.8 <= word.span.end


def test_the_engines_give_a_word_the_same_time(engine: OpenAITranscriber, fast: FastTranscriber) -> None:
    _, audio = decode(shared_data("A5_small_asr_checks", "jfk.flac"), maximum=60)
    speech = speech_activity(audio)
    told = [one.listen(audio, speech, "en", lambda _share: None) for one in (engine, fast)]
    ours, theirs = [[word for heard in one.heard for word in heard.words] for one in told]
    assert [word.text.lower().strip(",.") for word in ours] == [
        word.text.lower().strip(",.") for word in theirs
    ]
    apart = [abs(one.span.start - other.span.start) for one, other in zip(ours, theirs, strict=True)]
    assert float(np.median(apart)) <= 0.06
    assert max(apart) < 0.5


def test_the_telephone_call_has_few_wrong_words(fast: FastTranscriber) -> None:
    _, audio = decode(shared_data("A2_callytics_csvd", "Call01.wav"), maximum=600)
    hearing = fast.listen(audio, speech_activity(audio), None, lambda _share: None)
    reference = read_transcript(shared_data("A2_callytics_csvd", "Call01.srt"))
    errors = word_errors(" ".join(u.text for u in reference.utterances), text_of(hearing), "en")
    print(f"word error rate {errors.rate:.3f} of {errors.words} words")
    assert errors.rate <= 0.27


def test_each_channel_is_heard_by_itself(fast: FastTranscriber) -> None:
    _, audio = decode(shared_data("A5_small_asr_checks", "stereo_diarization.wav"), maximum=60)
    hearing = fast.listen(audio, speech_activity(audio), "en", lambda _share: None)
    wanted = (
        "He began a confused complaint against the wizard, who had vanished behind the curtain on the left.",
        "The horizon seems extremely distant.",
    )
    errors = total_errors(word_errors(text, text_of(hearing, at), "en") for at, text in enumerate(wanted))
    assert errors.rate <= 0.05


@pytest.mark.parametrize("name", ["silence", "ring-back 425 Hz", "hum"])
def test_nothing_is_invented_even_if_the_sound_is_taken_for_speech(fast: FastTranscriber, name: str) -> None:
    audio = Audio(WITHOUT_SPEECH[name](20)[None].astype(np.float32), 16_000)
    assert fast.listen(audio, ((Span(0, 20),),), "en", lambda _share: None).heard == ()


def test_the_same_sound_gives_the_same_words(fast: FastTranscriber) -> None:
    random = np.random.default_rng(3)
    audio = Audio(random.normal(0, 0.05, (1, 8 * 16_000)).astype(np.float32), 16_000)
    told = [fast.listen(audio, ((Span(0, 8),),), "fa", lambda _share: None) for _ in range(2)]
    assert told[0] == told[1]


@pytest.mark.parametrize("language", ["xx", "english please"])
def test_an_unknown_language_is_refused(fast: FastTranscriber, language: str) -> None:
    audio = Audio(np.zeros((1, 16_000), np.float32), 16_000)
    with pytest.raises(InvalidSetting, match="use fa, en or auto"):
        fast.listen(audio, ((),), language, lambda _share: None)


def test_silence_is_heard_as_nothing(either: Transcriber) -> None:
    audio = Audio(np.zeros((2, 16_000), np.float32), 16_000)
    assert either.listen(audio, ((), ()), None, lambda _share: None).heard == ()


def test_persian_of_a_small_model_is_a_draft_in_both(either: Transcriber) -> None:
    assert (either.drafts("fa"), either.drafts("en")) == (True, False)


@pytest.mark.parametrize("model", ["path", "name"])
def test_weights_that_the_fast_engine_cannot_read_are_named(tmp_path: object, model: str) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    settings = (
        Settings(data_dir=folder, engine="fast", model_path=narrow(folder))
        if model == "path"
        else Settings(data_dir=folder, engine="fast", model="large-v3")
    )
    with pytest.raises(ModelMissing, match="QA_ENGINE=openai"):
        FastTranscriber(settings)
