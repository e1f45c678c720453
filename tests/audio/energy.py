"""An independent recount of who spoke when: the level of each channel alone, plain numpy, nothing of qa.

A frame of 20 ms is speech when its root mean square is over a gate; the gate stays on for a hangover
of 0.3 s between loud frames, and stretches under 0.1 s are clicks. The gate is 32 dB under the
channel's loudest 5 % of frames. Good for channels without cross-talk and with a quiet floor.
"""

import numpy as np

RATE = 16_000
FRAME = 320
STEP = FRAME / RATE


def talk(channel: np.ndarray, under: float = 32.0, hangover: float = 0.3) -> list[tuple[float, float]]:
    """Start and end, in seconds, of each stretch of speech of one channel at 16 kHz."""
    frames = channel[: len(channel) // FRAME * FRAME].reshape(-1, FRAME).astype(np.float64)
    level = np.sqrt((frames**2).mean(axis=1))
    gate = np.quantile(level, 0.95) * 10 ** (-under / 20)
    found: list[list[float]] = []
    for index in np.flatnonzero(level > gate):
        start, end = index * STEP, (index + 1) * STEP
        if found and start - found[-1][1] <= hangover + 1e-9:
            found[-1][1] = end
        else:
            found.append([start, end])
    return [(start, end) for start, end in found if end - start >= 0.1 - 1e-9]


def talk_time(channel: np.ndarray) -> float:
    """Seconds of speech of one channel."""
    return sum(end - start for start, end in talk(channel))


def active(stretches: list[tuple[float, float]], duration: float) -> np.ndarray:
    """One yes or no for each 10 ms of the recording."""
    line = np.zeros(round(duration * 100), dtype=bool)
    for start, end in stretches:
        line[round(start * 100) : round(end * 100)] = True
    return line
