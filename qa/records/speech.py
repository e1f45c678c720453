"""What is heard: recording, audio, words, utterances, transcript."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.records.spans import Span, Spans
from qa.records.units import Hertz, Seconds, Share, Speaker


@dataclass(frozen=True, slots=True)
class Recording:
    """A file that was found to hold audio.

    ``declared`` is the length the container claims, ``None`` when it claims nothing;
    ``duration`` is what could be decoded.
    """

    path: Path
    sha256: str
    duration: Seconds
    declared: Seconds | None
    channels: int
    sample_rate: Hertz
    codec: str
    size: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """Decoded sound: float32 in [-1, 1], shape ``(channels, samples)``."""

    samples: NDArray[np.float32]
    sample_rate: Hertz

    @property
    def channels(self) -> int:
        """How many channels were kept."""
        return int(self.samples.shape[0])

    @property
    def duration(self) -> Seconds:
        """Length in seconds."""
        return float(self.samples.shape[1]) / self.sample_rate


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word with its time and the recogniser's probability (0-1)."""

    text: str
    span: Span
    probability: Share


@dataclass(frozen=True, slots=True)
class Heard:
    """One stretch of recognised speech on one channel, before anybody knows who spoke."""

    channel: int
    span: Span
    text: str
    confidence: Share
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Hearing:
    """Everything an engine heard in a recording, sorted by start."""

    language: str
    language_confidence: Share
    engine: str
    model: str
    heard: tuple[Heard, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said in one go. ``id`` is its place in the transcript, from 0.

    ``span`` is ``None`` when an imported transcript has no times, ``confidence`` is ``None`` when
    the recogniser gave none.
    """

    id: int
    speaker: Speaker
    span: Span | None
    text: str
    confidence: Share | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation in words, sorted by start where times are known."""

    language: str
    engine: str
    model: str
    utterances: tuple[Utterance, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diarisation:
    """Who spoke when. ``speech`` comes from voice activity, not from the recogniser's times;
    ``None`` when an imported transcript has no times.

    ``confidence`` says how sure the *roles* are (1.0 for a channel per side); ``channels_separate``
    is False when both voices share one channel and were not told apart.
    """

    transcript: Transcript
    speech: dict[Speaker, Spans] | None
    confidence: Share
    channels_separate: bool
