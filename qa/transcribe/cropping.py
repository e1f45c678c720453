"""How long the windows are, and how much silence follows the sound in them.

Whisper learnt on windows of 30 s always. The cost of the encoder's attention grows with the square of a
window, and every token looks at the whole window, so short windows are cheap: in 8-bit integers and with
Whisper base, 30 s cost 1.08 CPU-seconds to encode, 12 s cost 0.17. But without silence at the end it
repeats itself (word error rate of short clips 0.39 with 1 or 2 s of it, 0.00 with 3 s).
"""

import numpy as np
from numpy.typing import NDArray

from qa.records import Seconds

WINDOW: Seconds = 17.0
_MARGIN: Seconds = 3.0
_SHORTEST: Seconds = 12.0
"""Of one word and silence alone; in 8 s a single "hello" was heard as two words."""
_LONGEST: Seconds = 30.0
RATE, HOP = 16_000, 160
FRAMES_PER_SECOND = 50
"""The encoder's frames; each is made of two of the spectrogram, which lie ``HOP`` samples apart."""


def mel_frames(samples: int) -> int:
    """Frames of the spectrogram for a batch whose longest window has so many samples; an even number."""
    seconds = min(_LONGEST, max(_SHORTEST, samples / RATE + _MARGIN))
    return 2 * round(seconds * FRAMES_PER_SECOND)


def padded(sound: NDArray[np.float32], frames: int) -> NDArray[np.float32]:
    """The sound with silence after it, as long as the frames."""
    out = np.zeros(frames * HOP, np.float32)
    out[: sound.size] = sound[: out.size]
    return out
