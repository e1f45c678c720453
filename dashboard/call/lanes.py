"""The two lanes of the timeline: whose voice is on which channel, and its waveform."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.data.calls import CallDetail
from dashboard.i18n import _, percent
from dashboard.words import speaker
from qa.records import Seconds, Spans, Speaker

BARS = 1200
"""As many values as a wide screen has places for bars."""
LOUD = 99.5
"""Percentile that fills a lane: one click on the line must not flatten the voices."""
PAIRS = ((Speaker.AGENT, Speaker.CUSTOMER), (Speaker.SPEAKER_1, Speaker.SPEAKER_2))


def lanes(detail: CallDetail, length: Seconds) -> list[dict[str, Any]]:
    """The lanes from above: agent, customer; one for a recording whose voices share a channel.

    Each has ``peaks`` (0-1), or ``spans`` of speech where there is no waveform.
    """
    speech = detail.speech or {}
    pair = next((pair for pair in PAIRS if pair[0] in speech or pair[1] in speech), None)
    peaks = detail.peaks
    if peaks is None:
        return [_lane(who, detail, spans=speech[who]) for who in (pair or ()) if who in speech]
    if len(peaks) == 1 or pair is None:
        mixed = peaks.max(axis=0)
        return [{"role": "both", "who": _("Both voices"), "note": "", "peaks": shape(mixed)}]
    upper = channel_of(peaks, speech, pair, length)
    return [_lane(who, detail, peaks=peaks[row]) for who, row in zip(pair, (upper, 1 - upper), strict=True)]


def channel_of(
    peaks: NDArray[np.float32], speech: dict[Speaker, Spans], pair: tuple[Speaker, Speaker], length: Seconds
) -> int:
    """The channel (0 or 1) on which the first of the pair speaks: the one that is loud while they do."""
    own, theirs = (inside(speech.get(who, ()), peaks.shape[1], length) for who in pair)
    lead = [float(row[own & ~theirs].sum()) - float(row[theirs & ~own].sum()) for row in peaks[:2]]
    return 0 if lead[0] >= lead[1] else 1


def inside(spans: Spans, count: int, length: Seconds) -> NDArray[np.bool_]:
    """Which of ``count`` equal steps of a recording lie in the spans."""
    middle = (np.arange(count) + 0.5) * length / count
    found = np.zeros(count, dtype=np.bool_)
    for span in spans:
        found |= (middle >= span.start) & (middle < span.end)
    return found


def shape(row: NDArray[np.float32]) -> list[float]:
    """One channel's waveform as at most ``BARS`` values, each the loudest of its stretch."""
    step = -(-len(row) // BARS)
    padded = np.pad(row, (0, -len(row) % step))
    loudest = padded.reshape(-1, step).max(axis=1)
    top = float(np.percentile(loudest, LOUD)) or 1.0
    return [round(min(1.0, float(value) / top), 3) for value in loudest]


def _lane(
    who: Speaker, detail: CallDetail, *, peaks: NDArray[np.float32] | None = None, spans: Spans = ()
) -> dict[str, Any]:
    share = next((m.value for m in detail.measures if m.name == f"talk_share_{who.value}"), None)
    return {
        "role": who.value.replace(" ", "-"),
        "who": speaker(who),
        "note": "" if share is None else _("talks {share}", share=percent(share)),
        "peaks": None if peaks is None else shape(peaks),
        "spans": [[span.start, span.end] for span in spans],
    }
