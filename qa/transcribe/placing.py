"""From words in a packed window to words and utterances in the recording."""

import math
from collections.abc import Sequence
from dataclasses import replace

from qa.records import Heard, Seconds, Span, Word
from qa.transcribe.packing import Piece, Window
from qa.transcribe.timed import TimedWord

ENDS = ".?!؟…。"
GAP: Seconds = 1.0
"""An utterance never spans a longer stretch without speech."""
_PAUSE: Seconds = 0.8
_SENTENCE_PAUSE: Seconds = 0.1
_SENTENCE: Seconds = 4.0
_SHORTEST: Seconds = 0.05
_LONGEST_WORD: Seconds = 2.0
_CLOSING = "\"'”’)]}»"


def place_words(window: Window, words: Sequence[TimedWord]) -> tuple[Word, ...]:
    """Words with their true times in the recording, in order, each inside one stretch of speech.

    A word belongs to the piece it shares most time with, then to the stretch of speech of that piece that
    it shares most time with or is nearest to; what reaches outside is cut off.
    """
    out: list[Word] = []
    for word in _joined(words):
        span = _source(window, word)
        start = max(span.start, out[-1].span.start) if out else span.start
        out.append(Word(word.text.strip(), Span(start, max(start, span.end)), word.probability))
    return tuple(out)


def utterances(channel: int, words: Sequence[Word]) -> tuple[Heard, ...]:
    """Words grouped at pauses and at the ends of sentences."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and not _ends(groups[-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return tuple(_heard(channel, group) for group in groups)


def confidence(words: Sequence[Word]) -> float:
    """Geometric mean of the words' probabilities."""
    return math.exp(sum(math.log(max(word.probability, 1e-6)) for word in words) / len(words))


def _heard(channel: int, words: Sequence[Word]) -> Heard:
    span = Span(words[0].span.start, max(word.span.end for word in words))
    return Heard(channel, span, " ".join(word.text for word in words), confidence(words), tuple(words))


def _ends(group: Sequence[Word], following: Word) -> bool:
    pause = following.span.start - group[-1].span.end
    if pause >= _PAUSE:
        return True
    if not group[-1].text.rstrip(_CLOSING).endswith(tuple(ENDS)):
        return False
    return pause >= _SENTENCE_PAUSE or group[-1].span.end - group[0].span.start >= _SENTENCE


def _joined(words: Sequence[TimedWord]) -> list[TimedWord]:
    """Marks and parts without a space before them joined to the word before; a lone mark falls away."""
    out: list[TimedWord] = []
    for word in words:
        letters = any(letter.isalnum() for letter in word.text)
        glued = not letters or not word.text[:1].isspace()
        if out and glued and word.end - out[-1].start <= _LONGEST_WORD:
            out[-1] = (
                _glue(out[-1], word) if letters else replace(out[-1], text=out[-1].text + word.text.strip())
            )
        elif letters:
            out.append(word)
    return out


def _glue(first: TimedWord, second: TimedWord) -> TimedWord:
    probability = math.sqrt(first.probability * second.probability)
    return TimedWord(first.text + second.text, first.start, second.end, probability)


def _source(window: Window, word: TimedWord) -> Span:
    piece = max(window.pieces, key=lambda one: _nearness(one.place, one.place + one.source.length, word))
    shift = piece.source.start - piece.place
    moved = TimedWord(word.text, word.start + shift, word.end + shift, word.probability)
    return _clamped(piece, moved)


def _clamped(piece: Piece, word: TimedWord) -> Span:
    stretch = max(piece.speech, key=lambda one: _nearness(one.start, one.end, word))
    start = min(max(word.start, stretch.start), max(stretch.start, stretch.end - _SHORTEST))
    end = max(min(word.end, stretch.end), min(start + _SHORTEST, stretch.end))
    return Span(start, max(start, end))


def _nearness(start: Seconds, end: Seconds, word: TimedWord) -> Seconds:
    """Seconds shared, or less than zero by how far away the word is."""
    return min(end, word.end) - max(start, word.start)
