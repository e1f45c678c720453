"""When a redacted part was said, and the word entries that stand for it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from qa.records import Seconds, Span, Utterance, Word
from qa.redact.masking import Masked, Part

MARGIN: Seconds = 0.2  # word times are this rough
_SPOKEN_DIGIT = 4  # letters that take as long to say as one digit

Place = tuple[int, int]


def word_places(utterance: Utterance) -> tuple[Place, ...] | None:
    """Where each word stands in the text; ``None`` when the words do not spell the text."""
    out: list[Place] = []
    place = 0
    for word in utterance.words:
        text = word.text.strip()
        start = utterance.text.find(text, place)
        if start < 0 or utterance.text[place:start].strip():
            return None
        place = start + len(text)
        out.append((start, place))
    return None if utterance.text[place:].strip() else tuple(out)


def times_of(
    parts: Sequence[Part], utterance: Utterance, places: Sequence[Place] | None
) -> list[Span | None]:
    """The times to mute, ``MARGIN`` wider on both sides, of each part.

    From the words that hold the part; without word times in proportion to the characters, a digit
    counting as four letters; ``None`` for an utterance without times.
    """
    if not parts:
        return []
    ends = [end for _, end in places or ()]
    starts = [start for start, _ in places or ()]
    weights = (_SPOKEN_DIGIT if letter.isdecimal() else 1 for letter in utterance.text)
    said = list(accumulate(weights, initial=0))
    out: list[Span | None] = []
    for part in parts:
        words = utterance.words[bisect_right(ends, part.start) : bisect_left(starts, part.end)]
        if words and places is not None:
            out.append(_wider(min(w.span.start for w in words), max(w.span.end for w in words)))
        elif utterance.span is None:
            out.append(None)
        else:
            pace = utterance.span.length / said[-1]
            begin = utterance.span.start
            out.append(_wider(begin + pace * said[part.start], begin + pace * said[part.end]))
    return out


def _wider(start: Seconds, end: Seconds) -> Span:
    return Span(max(0.0, start - MARGIN), end + MARGIN)


def masked_words(words: Sequence[Word], places: Sequence[Place], masked: Masked) -> tuple[Word, ...]:
    """The words of the redacted text: one word with the placeholder for all that hold a redacted part."""
    out: list[Word] = []
    group: list[int] = []
    for index, (start, _) in enumerate(places):
        if group and not _is_one(masked, places[group[-1]][1], start):
            out.append(_one(group, words, places, masked))
            group = []
        group.append(index)
    if group:
        out.append(_one(group, words, places, masked))
    return tuple(out)


def _is_one(masked: Masked, end: int, start: int) -> bool:
    """True when a part reaches over the gap between a word that ends and one that starts there."""
    return any(part.start < end and start < part.end for part in masked.touched(end - 1, start + 1))


def _one(group: Sequence[int], words: Sequence[Word], places: Sequence[Place], masked: Masked) -> Word:
    first, last = group[0], group[-1]
    start, end = places[first][0], places[last][1]
    if not masked.touched(start, end):
        return words[first]
    text = words[first].text
    space = text[: len(text) - len(text.lstrip())]
    span = Span(words[first].span.start, max(words[index].span.end for index in group))
    return Word(space + masked.between(start, end), span, min(words[index].probability for index in group))
