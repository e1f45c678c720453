"""What a recogniser says about one window, whichever engine it is."""

import zlib
from dataclasses import dataclass

from qa.records import Seconds, Share

COMPRESSION = 2.4
LOGPROB = -1.0


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word with its times in the window and the recogniser's probability. ``text`` keeps its spaces."""

    text: str
    start: Seconds
    end: Seconds
    probability: Share


@dataclass(frozen=True, slots=True)
class Decoded:
    """What was heard in one window. ``logprob`` is the mean per token, natural logarithm; ``compression``
    is the text's length by its zlib length, high for loops.
    """

    tokens: tuple[int, ...]
    text: str
    logprob: float
    no_speech: Share
    compression: float

    @property
    def doubtful(self) -> bool:
        """Whether Whisper's own guards refuse the text."""
        return self.compression > COMPRESSION or self.logprob < LOGPROB


def better(first: Decoded, second: Decoded) -> Decoded:
    """Of two tries the one that passes the guards; else the one that does not loop, else the likelier."""
    if first.doubtful != second.doubtful:
        return min(first, second, key=lambda one: one.doubtful)
    if (first.compression > COMPRESSION) != (second.compression > COMPRESSION):
        return min(first, second, key=lambda one: one.compression)
    return max(first, second, key=lambda one: one.logprob)


def compression(text: str) -> float:
    """A text's length in bytes by its zlib length (Whisper's ``compression_ratio``)."""
    data = text.encode()
    return len(data) / len(zlib.compress(data))
