"""From sound to words: recognisers behind one protocol, and transcripts that others made."""

from qa.settings import Settings
from qa.transcribe.choosing import choose_engine
from qa.transcribe.confidence import calibrated
from qa.transcribe.imported import read_transcript
from qa.transcribe.port import LANGUAGES, Engine, Transcriber

__all__ = [
    "ENGINES",
    "LANGUAGES",
    "Engine",
    "Transcriber",
    "calibrated",
    "choose_engine",
    "open_engine",
    "read_transcript",
]


def _open_openai(settings: Settings) -> Transcriber:
    from qa.transcribe.openai import OpenAITranscriber

    return OpenAITranscriber(settings)


def _open_fast(settings: Settings) -> Transcriber:
    from qa.transcribe.fast import FastTranscriber

    return FastTranscriber(settings)


ENGINES = (Engine("openai", _open_openai), Engine("fast", _open_fast))
"""Every recogniser that ``settings.engine`` may name."""


def open_engine(settings: Settings) -> Transcriber:
    """The recogniser of the settings with its model loaded.

    Raises:
        ModelMissing: its weights cannot be found or loaded.
    """
    engines = {engine.name: engine for engine in ENGINES}
    return engines[chosen(settings)].open(settings)


def chosen(settings: Settings) -> str:
    """The engine's name: that of the settings, or the one that ``auto`` found for this machine.

    Raises:
        ModelMissing: no engine's weights can be found.
    """
    return choose_engine(settings, ENGINES).engine if settings.engine == "auto" else settings.engine
