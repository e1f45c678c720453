"""Whose words they are: every word goes to the voice that speaks at its time, utterances are cut between."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.diarise.voices import Voices
from qa.records import Heard, Seconds, Span, Word

NEAR = 2  # words; a cut moves at most so far to the end of a sentence or a pause
SHORT: Seconds = 0.3  # one voice's words in the middle of the other's that last less stay with the other
PAUSE: Seconds = 0.25
ENDS = tuple(".?!؟…")

Piece = tuple[int, Heard]
"""Who (as in ``Voices``) said what."""


def by_speaker(heard: Heard, voices: Voices) -> list[Piece]:
    """What was heard, cut where the voice changes. Without word times all of it goes to its main voice."""
    places = _places(heard)
    if places is None:
        return [(_main(heard.span, voices), heard)]
    owners = _steady([voices.at((w.span.start + w.span.end) / 2) for w in heard.words], heard.words)
    cuts = [at for at, (one, other) in enumerate(pairwise(owners), start=1) if one != other]
    moved = [_moved(at, heard.words) for at in cuts]
    edges = [0, *dict.fromkeys(sorted(moved)), len(owners)]
    pieces: list[Piece] = []
    for first, last in pairwise(edges):
        if first < last:
            span = owners[first:last]
            pieces.append((max(set(span), key=span.count), _cut(heard, places, first, last)))
    return _joined(pieces) or [(_main(heard.span, voices), heard)]


def _places(heard: Heard) -> list[int] | None:
    """Where each word begins in the text; ``None`` when the words do not spell it."""
    places, after = [], 0
    for word in heard.words:
        said = word.text.strip()
        place = heard.text.find(said, after) if said else -1
        if place < 0:
            return None
        places.append(place)
        after = place + len(said)
    return places or None


def _steady(owners: list[int], words: Sequence[Word]) -> list[int]:
    """Islands shorter than 0.3 s between words of one other voice are that voice's."""
    out = list(owners)
    first = 0
    for last in range(1, len(out) + 1):
        if last < len(out) and out[last] == out[first]:
            continue
        inside = first > 0 and last < len(out) and out[first - 1] == owners[last]
        if inside and words[last - 1].span.end - words[first].span.start < SHORT:
            out[first:last] = [out[first - 1]] * (last - first)
        first = last
    return out


def _moved(at: int, words: Sequence[Word]) -> int:
    """A cut before word ``at``, moved to a near end of a sentence, else to a near pause."""
    near = sorted(
        (n for n in range(at - NEAR, at + NEAR + 1) if 0 < n < len(words)), key=lambda n: abs(n - at)
    )
    ends = (n for n in near if words[n - 1].text.strip().endswith(ENDS))
    pauses = (n for n in near if words[n].span.start - words[n - 1].span.end >= PAUSE)
    for found in (*ends, *pauses):
        return found
    return at


def _cut(heard: Heard, places: list[int], first: int, last: int) -> Heard:
    words = heard.words[first:last]
    begin = places[first] if first else 0
    end = places[last] if last < len(places) else len(heard.text)
    start = heard.span.start if first == 0 else words[0].span.start
    stop = heard.span.end if last == len(places) else words[-1].span.end
    return replace(
        heard, span=Span(min(start, stop), max(start, stop)), text=heard.text[begin:end].strip(), words=words
    )


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one voice as one piece."""
    out: list[Piece] = []
    for owner, heard in pieces:
        if out and out[-1][0] == owner:
            before = out[-1][1]
            whole = Span(before.span.start, max(before.span.end, heard.span.end))
            text = f"{before.text} {heard.text}"
            out[-1] = owner, replace(before, span=whole, text=text, words=before.words + heard.words)
        else:
            out.append((owner, heard))
    return out


def _main(span: Span, voices: Voices) -> int:
    labels: list[int] = voices.labels.tolist()
    shared = dict.fromkeys(labels, 0.0)
    for cell, label in zip(voices.cells, labels, strict=True):
        shared[label] += cell.overlap(span)
    if not any(shared.values()):
        return voices.at((span.start + span.end) / 2)
    return max(shared, key=lambda label: shared[label])
