"""The sound as the voice encoder hears it: power in 40 mel bands, every 10 ms."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from qa.audio import SAMPLE_RATE

HOP = SAMPLE_RATE // 100
WINDOW = SAMPLE_RATE // 40
BANDS = 40
LINEAR_TO, LINEAR_STEP = 1000.0, 200.0 / 3  # Hz; Slaney's scale is straight up to 1 kHz, then logarithmic
LOG_STEP = np.log(6.4) / 27
CHUNK = 6000  # frames in one go: one minute, so that hours need no more memory than that


def mel_frames(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Power in mel bands of one channel, shape ``(frames, 40)``; frame ``n`` is centred on ``n`` · 10 ms.

    Windows of 25 ms (periodic Hann), silence before the first and after the last sample. The same numbers as
    ``librosa.feature.melspectrogram`` with ``n_fft=400, hop_length=160, n_mels=40``.
    """
    padded = np.pad(samples, WINDOW // 2)
    count = 1 + len(samples) // HOP
    view = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:count]
    hann = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)
    bands = filterbank().T
    out = np.empty((len(view), BANDS), np.float32)
    for first in range(0, len(view), CHUNK):
        spectrum = np.fft.rfft(view[first : first + CHUNK] * hann, axis=1)
        out[first : first + CHUNK] = (spectrum.real**2 + spectrum.imag**2).astype(np.float32) @ bands
    return out


@cache
def filterbank() -> NDArray[np.float32]:
    """Triangles of equal area on Slaney's mel scale, 0 Hz to half the sample rate, shape ``(40, 201)``."""
    edges = _hertz(np.linspace(0.0, _mel(SAMPLE_RATE / 2), BANDS + 2))
    bins = np.linspace(0.0, SAMPLE_RATE / 2, WINDOW // 2 + 1)
    lower, centre, upper = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising, falling = (bins - lower) / (centre - lower), (upper - bins) / (upper - centre)
    triangles = np.maximum(0.0, np.minimum(rising, falling)) * 2 / (upper - lower)
    return np.asarray(triangles, np.float32)


def _mel(hertz: float) -> float:
    straight = hertz / LINEAR_STEP
    return (
        straight
        if hertz < LINEAR_TO
        else LINEAR_TO / LINEAR_STEP + float(np.log(hertz / LINEAR_TO)) / LOG_STEP
    )


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    knee = LINEAR_TO / LINEAR_STEP
    return np.where(mel < knee, mel * LINEAR_STEP, LINEAR_TO * np.exp(LOG_STEP * (mel - knee)))
