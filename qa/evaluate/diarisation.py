"""Diarisation error rate: speech given to the wrong voice, to none, or to one too many."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from qa.records import Seconds, Share, Spans, gaps, merged, shared

STEP: Seconds = 0.01
COLLAR: Seconds = 0.5
PAUSE: Seconds = 2.0

Voices = Mapping[str, Spans]
_Frames = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DiarisationErrors:
    """Seconds of each kind of error, and of speech in the reference (overlaps count for every voice)."""

    miss: Seconds
    false_alarm: Seconds
    confusion: Seconds
    speech: Seconds

    @property
    def rate(self) -> Share:
        """Diarisation error rate (NIST): all errors by the speech of the reference; 0 when both are empty."""
        errors = self.miss + self.false_alarm + self.confusion
        if self.speech == 0:
            return float(errors > 0)
        return errors / self.speech


def diarisation_errors(reference: Voices, found: Voices, collar: Seconds = COLLAR) -> DiarisationErrors:
    """Errors under the assignment of found voices to real ones that makes fewest.

    Args:
        reference: who spoke when.
        found: who was found to speak when; its names need not be those of the reference.
        collar: seconds that are not judged around every edge of the reference, half before, half after it
            (the convention of pyannote.metrics).
    """
    last = max(
        (span.end for voices in (reference, found) for each in voices.values() for span in each), default=0.0
    )
    count = int(np.ceil(last / STEP))
    judged = ~_collars(reference, count, collar)
    real = _frames(reference, count) & judged
    heard = _frames(found, count) & judged
    n_real, n_heard = real.sum(axis=0), heard.sum(axis=0)
    right = _most_agreement(real, heard)
    return DiarisationErrors(
        miss=float(np.maximum(0, n_real - n_heard).sum()) * STEP,
        false_alarm=float(np.maximum(0, n_heard - n_real).sum()) * STEP,
        confusion=float(np.minimum(n_real, n_heard).sum() - right) * STEP,
        speech=float(n_real.sum()) * STEP,
    )


def turns(voices: Voices, pause: Seconds = PAUSE) -> dict[str, Spans]:
    """Speech as turns: pauses of a voice up to ``pause`` seconds in which nobody else speaks belong to it."""
    out: dict[str, Spans] = {}
    for name, spans in voices.items():
        theirs = merged(span for other, each in voices.items() if other != name for span in each)
        bridges = [gap for gap in gaps(spans) if gap.length <= pause and not shared((gap,), theirs)]
        out[name] = merged([*spans, *bridges])
    return out


def _frames(voices: Voices, count: int) -> _Frames:
    out = np.zeros((len(voices), count), np.bool_)
    for row, spans in zip(out, voices.values(), strict=True):
        for span in spans:
            row[round(span.start / STEP) : round(span.end / STEP)] = True
    return out


def _collars(reference: Voices, count: int, collar: Seconds) -> _Frames:
    out = np.zeros(count, np.bool_)
    if collar > 0:
        for spans in reference.values():
            for edge in (edge for span in spans for edge in (span.start, span.end)):
                out[max(0, round((edge - collar / 2) / STEP)) : round((edge + collar / 2) / STEP)] = True
    return out


def _most_agreement(real: _Frames, heard: _Frames) -> int:
    """Frames in which a found voice speaks together with the real one it stands for, at best."""
    together = real.astype(np.int64) @ heard.T.astype(np.int64)
    if together.shape[0] > together.shape[1]:
        together = together.T
    rows = range(together.shape[0])
    ways = permutations(range(together.shape[1]), together.shape[0])
    return max((int(sum(together[row, way[row]] for row in rows)) for way in ways), default=0)
