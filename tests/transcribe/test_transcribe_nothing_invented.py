"""Nothing is invented: 40 made clips without speech, single words, and languages that cannot be scored.

The clips of ``tests.audio.made`` are also heard one by one in ``test_transcribe_real``.
"""

import io
import shutil
import subprocess
import wave
from dataclasses import replace

import numpy as np
import pytest

from qa.audio import speech_activity
from qa.evaluate.wer import word_errors
from qa.pipeline import status_of
from qa.records import Audio, Flag, Hearing, ScoringStatus, Span, Transcript
from qa.transcribe.openai import OpenAITranscriber
from tests.audio.line_sounds import on_the_line
from tests.audio.made import RATE, WITHOUT_SPEECH, silence

pytestmark = pytest.mark.speech

GERMAN = (
    "Guten Tag, mein Name ist Müller und ich rufe an, weil meine Bestellung noch nicht angekommen ist. Ich "
    "habe vor zwei Wochen bestellt und bis heute keine Nachricht bekommen. Können Sie bitte nachsehen, wo "
    "das Paket jetzt ist, und mir sagen, wann es endlich geliefert wird?"
)
FRENCH = (
    "Bonjour, je vous appelle parce que ma commande n'est toujours pas arrivée. J'ai commandé il y a deux "
    "semaines et je n'ai reçu aucune nouvelle depuis. Pouvez-vous vérifier où se trouve le colis et me dire "
    "quand il sera livré? Ce serait vraiment très gentil de votre part, merci beaucoup."
)
RUSSIAN = (
    "Здравствуйте, я звоню, потому что мой заказ до сих пор не пришёл. Я сделал заказ две недели назад и до "
    "сегодняшнего дня не получил никаких известий. Не могли бы вы проверить, где сейчас находится посылка?"
)


def say(text: str, voice: str) -> np.ndarray:
    """Words from the speech synthesiser espeak-ng, 16 kHz, half a second of silence around them."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    command = ["espeak-ng", "-v", voice, "-s", "150", "--stdout", text]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(data)) as file:
        rate, raw = file.getframerate(), file.readframes(10**9)
    sound = np.frombuffer(raw, "<i2") / 32768
    places = np.arange(int(len(sound) * RATE / rate)) * rate / RATE
    middle = np.interp(places, np.arange(len(sound)), sound)
    return np.concatenate([silence(0.5), middle, silence(0.5)]).astype(np.float32)


def hear(engine: OpenAITranscriber, sound: np.ndarray, language: str | None = None) -> Hearing:
    audio = Audio(sound[None], RATE)
    return engine.listen(audio, speech_activity(audio), language, lambda share: None)


def test_nobody_speaks_on_forty_clips(engine: OpenAITranscriber) -> None:
    clips = {name: make(10) for name, make in WITHOUT_SPEECH.items()} | on_the_line(10)
    assert len(clips) >= 40
    together = Audio(np.stack([sound.astype(np.float32) for sound in clips.values()]), RATE)
    heard = engine.listen(together, speech_activity(together), None, lambda share: None).heard
    names = list(clips)
    assert [(names[one.channel], one.text) for one in heard] == []


@pytest.mark.parametrize(
    "name",
    ["breathing", "clipped noise", "speech-shaped noise", "noise in syllables", "modem", "not in service"],
)
def test_nothing_is_invented_even_if_they_are_taken_for_speech(engine: OpenAITranscriber, name: str) -> None:
    audio = Audio(on_the_line(10)[name][None].astype(np.float32), RATE)
    assert engine.listen(audio, ((Span(0, 10),),), "en", lambda share: None).heard == ()


@pytest.mark.parametrize(
    ("word", "language"), [("yes", "en"), ("no", "en"), ("hello", "en"), ("بله", "fa"), ("سلام", "fa")]
)
def test_one_word_stays_one_word(engine: OpenAITranscriber, word: str, language: str) -> None:
    text = " ".join(one.text for one in hear(engine, say(word, language), language).heard)
    errors = word_errors(word, text, language)
    assert errors.insertions == 0
    assert language == "fa" or errors.rate == 0  # Persian words are often misheard by a small model


@pytest.mark.parametrize(
    ("voice", "text", "named"),
    [("de", GERMAN, True), ("fr", FRENCH, True), ("ru", RUSSIAN, False)],
    ids=["German", "French", "Russian, which base cannot name"],
)
def test_another_language_is_flagged_and_not_scored(
    engine: OpenAITranscriber, voice: str, text: str, named: bool
) -> None:
    hearing = hear(engine, say(text, voice))
    assert Flag.LANGUAGE_NOT_SUPPORTED in hearing.flags
    assert hearing.language not in ("fa", "en")
    assert not named or hearing.language == voice
    assert not named or hearing.heard  # in its own language, for a person to read
    if voice == "de":
        said = " ".join(one.text for one in hearing.heard)
        assert word_errors(text, said, "de").rate < 0.4
    empty = Transcript(hearing.language, hearing.engine, hearing.model, (), hearing.flags)
    spoken = replace(empty, utterances=tuple(hearing.heard))  # type: ignore[arg-type]
    if hearing.heard:
        assert status_of(spoken) is ScoringStatus.LANGUAGE_NOT_SUPPORTED
