"""Where a phrase was said: utterance, original words, time."""

from functools import lru_cache

from qa.judge.case import Case
from qa.judge.index import Hit
from qa.judge.words import written_bounds
from qa.records import Evidence, Span, Utterance


def evidence_of(hit: Hit, case: Case) -> tuple[Evidence, ...]:
    """The quoted words, one piece for each utterance that the phrase runs through."""
    places = case.turns[hit.turn].places
    (utterance, first), (end_in, last) = places[hit.start], places[hit.end - 1]
    if utterance == end_in:
        return (_piece(case.utterances[utterance], first, last),)
    pieces: dict[int, tuple[int, int]] = {}
    for utterance, written in places[hit.start : hit.end]:
        first, _ = pieces.get(utterance, (written, written))
        pieces[utterance] = (first, written)
    return tuple(_piece(case.utterances[index], *numbers) for index, numbers in pieces.items())


def _piece(utterance: Utterance, first: int, last: int) -> Evidence:
    start, end = written_bounds(utterance.text, first, last)
    if "<" not in utterance.text and len(utterance.words) == _count(utterance.text):
        span = _joined(utterance, first, last)  # no placeholder: written words are the recogniser's
        return Evidence(utterance.id, utterance.text[start:end], span)
    return written_evidence(utterance, start, end)


def written_evidence(utterance: Utterance, start: int, end: int) -> Evidence:
    """The characters of an utterance (half open) as evidence."""
    return Evidence(utterance.id, utterance.text[start:end], written_span(utterance, start, end))


def written_span(utterance: Utterance, start: int, end: int) -> Span | None:
    """The time of characters ``start`` to ``end``: that of their words where the recogniser timed each word
    of the text, else the whole utterance's.
    """
    if not utterance.words or len(utterance.words) != _count(utterance.text):
        return utterance.span
    first = max(0, len(utterance.text[: start + 1].split()) - 1)
    last = max(first, len(utterance.text[:end].split()) - 1)
    return _joined(utterance, first, last)


@lru_cache(maxsize=1024)
def _count(text: str) -> int:
    """Written words."""
    return len(text.split())


def _joined(utterance: Utterance, first: int, last: int) -> Span:
    if first == last:
        return utterance.words[first].span
    spans = [word.span for word in utterance.words[first : last + 1]]
    return Span(spans[0].start, max(span.end for span in spans))
