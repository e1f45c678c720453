"""A transcript as one compressed blob: words, times, probabilities, who spoke when; and the waveform."""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from qa.records import Span, Spans, Speaker, Tone, Transcript, Utterance, Word

FORMAT = 1
LEVEL = 6

Speech = Mapping[Speaker, Spans]


def pack(transcript: Transcript, speech: Speech | None) -> bytes:
    """The blob of a transcript; times keep a millisecond, probabilities four digits."""
    content = {
        "format": FORMAT,
        "language": transcript.language,
        "engine": transcript.engine,
        "model": transcript.model,
        "flags": list(transcript.flags),
        "utterances": [_utterance(u) for u in transcript.utterances],
        "speech": None if speech is None else {s.value: pack_spans(spans) for s, spans in speech.items()},
    }
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), LEVEL)


def unpack(blob: bytes, *, lazy: bool = False) -> tuple[Transcript, dict[Speaker, Spans] | None]:
    """The transcript and the speech of a blob.

    ``lazy`` makes a word's record only when it is asked for: judging reads a few of hundreds.
    """
    content: dict[str, Any] = json.loads(zlib.decompress(blob))
    transcript = Transcript(
        content["language"],
        content["engine"],
        content["model"],
        tuple(_read_utterance(i, parts, lazy=lazy) for i, parts in enumerate(content["utterances"])),
        tuple(content["flags"]),
    )
    speech = content["speech"]
    return transcript, None if speech is None else {
        Speaker(s): unpack_spans(pairs) for s, pairs in speech.items()
    }


def pack_spans(spans: Spans) -> list[list[float]]:
    """Spans as pairs of seconds."""
    return [_pair(span) for span in spans]


def unpack_spans(pairs: list[list[float]]) -> Spans:
    """Pairs of seconds as spans."""
    return tuple(Span(start, end) for start, end in pairs)


def pack_peaks(peaks: NDArray[np.float32]) -> bytes:
    """A waveform of shape ``(channels, count)``, 0-1, in 256 steps; the first byte counts the channels."""
    steps = np.rint(np.clip(peaks, 0.0, 1.0) * 255).astype(np.uint8)
    return bytes([peaks.shape[0]]) + zlib.compress(steps.tobytes(), LEVEL)


def unpack_peaks(blob: bytes) -> NDArray[np.float32]:
    """The waveform of a blob, shape ``(channels, count)``, 0-1."""
    steps = np.frombuffer(zlib.decompress(blob[1:]), dtype=np.uint8).reshape(blob[0], -1)
    return steps.astype(np.float32) / np.float32(255)


def _pair(span: Span) -> list[float]:
    return [round(span.start, 3), round(span.end, 3)]


def _utterance(u: Utterance) -> list[Any]:
    words = [[w.text, *_pair(w.span), round(w.probability, 4)] for w in u.words]
    confidence = None if u.confidence is None else round(u.confidence, 4)
    return [u.speaker.value, None if u.span is None else _pair(u.span), u.text, confidence, words]


class _Words(Sequence[Word]):
    """Words of an utterance, made one by one when they are read."""

    def __init__(self, packed: list[Any]) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return tuple(_word(*parts) for parts in self._packed[place])
        return _word(*self._packed[place])


def _word(text: str, start: float, end: float, share: float) -> Word:
    return Word(text, Span(start, end), share)


def _read_utterance(position: int, parts: list[Any], *, lazy: bool) -> Utterance:
    speaker, pair, text, confidence, packed = parts
    words = cast("tuple[Word, ...]", _Words(packed)) if lazy else tuple(_word(*one) for one in packed)
    return Utterance(
        id=position,
        speaker=Speaker(speaker),
        span=None if pair is None else Span(*pair),
        text=text,
        confidence=confidence,
        words=words,
    )


def pack_tones(tones: tuple[Tone, ...]) -> list[list[int]] | None:
    """Sentiment as whole numbers: utterance, place of the label, hundredths of the score."""
    return [[one.utterance, _TONES.index(one.label), round(100 * one.score)] for one in tones] or None


def unpack_tones(rows: list[list[int]] | None) -> tuple[Tone, ...]:
    """The same back."""
    return tuple(Tone(utterance, _TONES[label], score / 100) for utterance, label, score in rows or ())


_TONES = ("negative", "neutral", "positive")
