"""Voices of machines: queue announcements, menus, greetings from a tape. They are neither side."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from qa.diarise.clusters import distance, needed, split, two_voices
from qa.diarise.path import most_likely
from qa.diarise.phrases import phrases, said
from qa.diarise.windows import Windows
from qa.records import Hearing, Spans
from qa.text import fold

FAR = 0.2  # without words a voice has to be this far from the others
SHORTEST = 5  # cells, 2 s
GREETING = 8  # cells, 3.2 s
WORDS = 4  # a repeated announcement has at least so many

_Mask = NDArray[np.bool_]


def machine_cells(windows: Windows, fit: Windows, hearing: Hearing) -> _Mask:
    """The cells in which a machine speaks.

    Either the same announcement was heard twice, whoever's voice it is; or a third voice, far from both
    others, mostly says what announcements say, or only greets at the very start before two others talk.
    ``fit`` are the windows with enough speech to know a voice by.
    """
    told, repeated = _announced(hearing)
    machine = _inside(windows, repeated)
    if len(fit.cells) < 3 * SHORTEST:
        return machine
    _, centres = split(fit.vectors, 3)
    labels = most_likely(windows, centres)
    mentioned = _inside(windows, told)
    for each in range(3):
        others = [centres[other] for other in range(3) if other != each]
        away = min(distance(centres[each], other) for other in others)
        own, far = labels == each, needed(len(fit.cells))
        if (away >= far and _speaks_like_one(own, mentioned)) or (
            away >= max(FAR, far) and _greets_only(own, windows)
        ):
            machine |= own
    return machine if not machine.all() else _inside(windows, repeated)


def _speaks_like_one(own: _Mask, mentioned: _Mask) -> bool:
    """True when most of what a voice says lies in blocks in which an announcement was heard."""
    blocks = _blocks(own)
    announced = sum(last - first for first, last in blocks if mentioned[first:last].any())
    return bool(own.sum() >= SHORTEST and 2 * announced > own.sum())


def _greets_only(own: _Mask, windows: Windows) -> bool:
    """True when a voice speaks in one block at the very start, and two others talk after it."""
    blocks = _blocks(own)
    if len(blocks) != 1 or blocks[0][0] != 0 or not GREETING <= blocks[0][1] <= len(own) / 2:
        return False
    rest = windows.where(~own)
    labels, centres = split(rest.vectors, 2)
    return two_voices(labels, centres) and len(_blocks(labels == labels[-1])) > 1


def _blocks(own: _Mask) -> list[tuple[int, int]]:
    """Runs of true, as first and end (half open)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], own, [False]]).astype(np.int8)))
    return [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _announced(hearing: Hearing) -> tuple[Spans, Spans]:
    """Where announcements were heard, and those of them that were heard more than once."""
    known = phrases().announcement
    told = [heard for heard in hearing.heard if said(heard.text, known)]
    times = Counter(_plain(heard.text) for heard in told)
    again = [h for h in told if times[_plain(h.text)] > 1 and len(h.text.split()) >= WORDS]
    return tuple(heard.span for heard in told), tuple(heard.span for heard in again)


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(text)).split())


def _inside(windows: Windows, spans: Spans) -> _Mask:
    middles = np.array([(cell.start + cell.end) / 2 for cell in windows.cells])
    found = np.zeros(len(middles), np.bool_)
    for span in spans:
        found |= (middles >= span.start) & (middles < span.end)
    return found
