"""From sound to words: recognisers behind one protocol, and transcripts that others made."""

from qa.settings import Settings
from qa.transcribe.confidence import calibrated
from qa.transcribe.imported import read_transcript
from qa.transcribe.port import LANGUAGES, Engine, Transcriber

__all__ = [
    "ENGINES",
    "LANGUAGES",
    "Engine",
    "Transcriber",
    "calibrated",
    "open_engine",
    "read_transcript",
]


def _open_openai(settings: Settings) -> Transcriber:
    from qa.transcribe.openai import OpenAITranscriber

    return OpenAITranscriber(settings)


ENGINES = (Engine("openai", _open_openai),)
"""Every recogniser that ``settings.engine`` may name."""


def open_engine(settings: Settings) -> Transcriber:
    """The recogniser of the settings with its model loaded.

    Raises:
        ModelMissing: its weights cannot be found or loaded.
    """
    engines = {engine.name: engine for engine in ENGINES}
    return engines[settings.engine].open(settings)
