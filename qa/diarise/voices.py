"""The people on one channel: one or two voices, and the machine that is neither."""

from dataclasses import dataclass

import numpy as np

from qa.diarise.announcements import machine_cells
from qa.diarise.clusters import FEWEST, Labels, centre, distance, split, sureness, two_voices
from qa.diarise.encoder import Vectors
from qa.diarise.path import most_likely
from qa.diarise.windows import Windows
from qa.records import Hearing, Seconds, Share, Span, Spans, merged

MACHINE = -1
ENOUGH: Seconds = 1.0  # of speech, to know a voice by
JOIN: Seconds = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Voices:
    """Who speaks in each cell: 0 for the voice that speaks first, 1 for the other, -1 for a machine.

    ``centres`` holds the mean vector of each person; ``sure`` how sure the voices are two people, 0 when
    only one was found.
    """

    cells: Spans
    labels: Labels
    centres: Vectors
    sure: Share

    def speech(self, label: int) -> Spans:
        """Speech of one voice."""
        return merged((c for c, own in zip(self.cells, self.labels, strict=True) if own == label), JOIN)

    def at(self, moment: Seconds) -> int:
        """Whose cell holds a moment, or is nearest to it."""
        starts = np.array([cell.start for cell in self.cells])
        after = int(np.searchsorted(starts, moment, side="right"))
        near = self.cells[max(0, after - 1) : after + 1]
        place = max(0, after - 1) + min(range(len(near)), key=lambda n: _away(near[n], moment))
        return int(self.labels[place])


def find_voices(windows: Windows, hearing: Hearing) -> Voices:
    """The voices of one channel; needs at least one cell."""
    fit = windows.where(windows.heard >= ENOUGH)
    if len(fit.cells) < FEWEST:
        fit = windows
    machine = machine_cells(windows, fit, hearing)
    people = windows.where(~machine)
    labels = np.full(len(windows.cells), MACHINE, np.int64)
    if not people.cells:
        return Voices(windows.cells, labels, windows.vectors[:0], 0.0)
    labels[~machine], centres, sure = _people(people)
    return Voices(windows.cells, labels, centres, sure)


def _people(windows: Windows) -> tuple[Labels, Vectors, Share]:
    known = windows.where(windows.heard >= ENOUGH)
    fit = known if len(known.cells) >= FEWEST else windows
    one = np.zeros(len(windows.cells), np.int64), centre(fit.vectors)[None, :], 0.0
    if len(fit.cells) < FEWEST:
        return one
    labels, centres = split(fit.vectors, 2)
    if not two_voices(labels, centres):
        return one
    path = most_likely(windows, centres)
    if path.min() == path.max():
        return one
    if path[0] == 1:
        path, centres = 1 - path, centres[::-1]
    return path, centres, sureness(len(fit.cells), distance(centres[0], centres[1]))


def _away(span: Span, moment: Seconds) -> Seconds:
    return max(span.start - moment, moment - span.end, 0.0)
