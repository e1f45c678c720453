"""The voice of an agent from calls in which the agent has a channel of their own. Biometric data."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from qa.diarise.clusters import centre
from qa.diarise.contract import Voice
from qa.diarise.encoder import SIZE, VoiceEncoder
from qa.diarise.voices import ENOUGH
from qa.diarise.windows import listen
from qa.records import Spans

FEWEST_CELLS = 50
"""20 s of speech."""


def voice_of(channels: Iterable[tuple[NDArray[np.float32], Spans]], encoder: VoiceEncoder) -> Voice | None:
    """The mean voice of an agent's channels with their speech; ``None`` under 20 s of speech in all."""
    heard = [listen(samples, speech, encoder) for samples, speech in channels if speech]
    known = [windows.vectors[windows.heard >= ENOUGH] for windows in heard]
    if sum(len(vectors) for vectors in known) < FEWEST_CELLS:
        return None
    return centre(np.concatenate(known))


def to_bytes(voice: Voice) -> bytes:
    """A voice as it is stored: 256 little-endian floats."""
    return voice.astype("<f4").tobytes()


def from_bytes(stored: bytes) -> Voice:
    """A stored voice."""
    voice = np.frombuffer(stored, "<f4").astype(np.float32)
    if len(voice) != SIZE:
        raise ValueError(f"a voice has {SIZE} numbers, got {len(voice)}")
    return voice
