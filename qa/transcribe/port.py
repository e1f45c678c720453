"""What every recogniser offers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from qa.records import Audio, Hearing, Share, Spans
from qa.settings import Settings

LANGUAGES = ("fa", "en")
"""The languages that can be scored."""


class Transcriber(Protocol):
    """A recogniser with its model loaded; one object serves many recordings, one after the other.

    ``name`` is the engine's, ``model`` that of its weights.
    """

    name: str
    model: str

    def drafts(self, language: str) -> bool:
        """Whether the model is too small for the language, so that its transcripts are only drafts."""
        ...

    def listen(
        self,
        audio: Audio,
        speech: tuple[Spans, ...],
        language: str | None,
        progress: Callable[[Share], None],
    ) -> Hearing:
        """What is said in a recording.

        Args:
            audio: the recording, 16 kHz.
            speech: for every channel the stretches in which somebody speaks; nothing else is listened to.
            language: two-letter code, or ``None`` to choose between Persian and English.
            progress: is told the share done, from 0 to 1.
        """
        ...


@dataclass(frozen=True, slots=True)
class Engine:
    """A recogniser that can be chosen by ``settings.engine``."""

    name: str
    open: Callable[[Settings], Transcriber]
