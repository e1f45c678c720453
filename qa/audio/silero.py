"""Probability of speech by the Silero network that comes inside faster-whisper; nothing is downloaded.

The network remembers. That makes it sure of itself, and deaf for the first five seconds of speech after
a minute of loud hold music (4.6 s missed on the agent's side of a real call). Starting afresh every
9.6 s, twice, half a block apart, and taking the higher probability misses 1.1 s of the same speech, but
takes more music for speech. So there are two readings: ``remembering`` decides whether a channel holds
speech at all, ``starting_afresh`` where it is.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Memory = tuple[NDArray[np.float32], NDArray[np.float32]]

FRAME = 512
"""Samples at 16 kHz per probability (32 ms)."""

CONTEXT = 64
BLOCK = 300
"""Frames in one call of the network (9.6 s)."""


def remembering(samples: NDArray[np.float32], gain: float) -> NDArray[np.float32]:
    """One probability per frame of 32 ms of one channel at 16 kHz, the last frame filled with silence."""
    return np.concatenate([np.zeros(0, np.float32), *remembering_blocks(samples, gain)])


def remembering_blocks(samples: NDArray[np.float32], gain: float) -> Iterator[NDArray[np.float32]]:
    """The same block by block, for who need not hear all.

    The same numbers as faster-whisper's own call, which copies the whole recording twice; this one
    hands the memory on from block to block and takes 2 MB beside the samples, whatever their length.
    """
    count = -(-len(samples) // FRAME)
    memory = _no_memory()
    for first in range(0, count, BLOCK):
        heard, memory = _listen(samples, (first, min(first + BLOCK, count)), gain, memory)
        yield heard


def starting_afresh(samples: NDArray[np.float32], gain: float) -> NDArray[np.float32]:
    """Like ``remembering``, with an empty memory every 4.8 s."""
    count = -(-len(samples) // FRAME)
    found = np.zeros(count, np.float32)
    for shift in (0, BLOCK // 2):
        edges = sorted({0, *range(shift, count, BLOCK), count})
        for first, last in pairwise(edges):
            heard, _ = _listen(samples, (first, last), gain, _no_memory())
            np.maximum(found[first:last], heard, out=found[first:last])
    return found


def _no_memory() -> Memory:
    return np.zeros((1, 1, 128), np.float32), np.zeros((1, 1, 128), np.float32)


def _listen(
    samples: NDArray[np.float32], frames: tuple[int, int], gain: float, memory: Memory
) -> tuple[NDArray[np.float32], Memory]:
    from faster_whisper.vad import get_vad_model

    first, last = frames
    start = first * FRAME
    block = samples[start : last * FRAME]
    before = samples[start - CONTEXT : start] if first else np.zeros(CONTEXT, np.float32)
    rows = np.pad(block, (0, -len(block) % FRAME)).reshape(-1, FRAME)
    heads = np.vstack([before[None, :], rows[:-1, -CONTEXT:]])
    sound = np.concatenate([heads, rows], axis=1) * np.float32(gain)
    session = get_vad_model().session
    output, state, cell = session.run(None, {"input": sound, "h": memory[0], "c": memory[1]})
    return np.asarray(output, np.float32).reshape(-1), (state, cell)
