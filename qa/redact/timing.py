"""When a redacted part was said, and the word entries that stand for it."""

from collections.abc import Sequence

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


def time_of(part: Part, utterance: Utterance, places: Sequence[Place] | None) -> Span | None:
    """The time to mute, ``MARGIN`` wider on both sides.

    From the words that hold the part; without word times in proportion to the characters, a digit
    counting as four letters; ``None`` for an utterance without times.
    """
    if places is not None:
        said = [
            word.span
            for word, (start, end) in zip(utterance.words, places, strict=True)
            if start < part.end and part.start < end
        ]
        if said:
            return _wider(min(span.start for span in said), max(span.end for span in said))
    if utterance.span is None:
        return None
    weights = [_SPOKEN_DIGIT if letter.isdecimal() else 1 for letter in utterance.text]
    pace = utterance.span.length / sum(weights)
    begin = utterance.span.start
    return _wider(begin + pace * sum(weights[: part.start]), begin + pace * sum(weights[: part.end]))


def _wider(start: Seconds, end: Seconds) -> Span:
    return Span(max(0.0, start - MARGIN), end + MARGIN)


def masked_words(words: Sequence[Word], places: Sequence[Place], masked: Masked) -> tuple[Word, ...]:
    """The words of the redacted text: one word with the placeholder for all that hold a redacted part."""
    out: list[Word] = []
    group: list[int] = []
    for index, (start, _) in enumerate(places):
        if group and not any(part.start < places[group[-1]][1] and start < part.end for part in masked.parts):
            out.append(_one(group, words, places, masked))
            group = []
        group.append(index)
    if group:
        out.append(_one(group, words, places, masked))
    return tuple(out)


def _one(group: Sequence[int], words: Sequence[Word], places: Sequence[Place], masked: Masked) -> Word:
    first, last = group[0], group[-1]
    start, end = places[first][0], places[last][1]
    if not any(start < part.end and part.start < end for part in masked.parts):
        return words[first]
    text = words[first].text
    space = text[: len(text) - len(text.lstrip())]
    span = Span(words[first].span.start, max(words[index].span.end for index in group))
    return Word(space + masked.between(start, end), span, min(words[index].probability for index in group))
