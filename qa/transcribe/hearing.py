"""From a recording to what was said in it: the steps that every engine shares.

Speech is packed into windows; windows of all channels of a recording go into the same batches, longest
first, and the longest of them tell the language.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from qa.errors import InvalidSetting
from qa.records import Audio, Flag, Heard, Hearing, Seconds, Share, Spans
from qa.transcribe import guards
from qa.transcribe.language import PROBES, Choice, choose_language, fixed_language
from qa.transcribe.packing import Window, pack, window_sound
from qa.transcribe.placing import place_words, utterances
from qa.transcribe.timed import Decoded, TimedWord

E = TypeVar("E")
Sounds = Sequence[NDArray[np.float32]]
_Found = tuple[tuple[Heard, ...], bool]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The text tokens of one window, none for a window that holds nothing, and its seconds in use."""

    tokens: tuple[int, ...]
    length: Seconds


class Ear(Protocol[E]):
    """The part of a recogniser that differs from engine to engine; ``E`` is its view of some windows.

    ``window`` is the longest window in seconds, ``batch`` how many are worked on together, ``languages``
    the codes that the model knows.
    """

    name: str
    model: str
    window: Seconds
    batch: int
    languages: tuple[str, ...]

    def drafts(self, language: str) -> bool:
        """See ``Transcriber``."""

    def encode(self, sounds: Sounds) -> E:
        """The encoder's view of windows of 16 kHz sound, each ``(samples,)``."""

    def shares(self, encoded: E, count: int) -> Sequence[Mapping[str, Share]]:
        """The probability of each language in the first ``count`` windows."""

    def decode(self, encoded: E, language: str) -> Sequence[Decoded]:
        """The text of each window, with one second try for those that went wrong."""

    def align(self, encoded: E, spoken: Sequence[Spoken], language: str) -> Sequence[list[TimedWord]]:
        """The words of each window with their times in it; none for a window without tokens."""


@dataclass(frozen=True, slots=True)
class Job:
    """A recording with its speech per channel; ``language`` is ``None`` to choose."""

    audio: Audio
    speech: tuple[Spans, ...]
    language: str | None


def hear(ear: Ear[E], job: Job, progress: Callable[[Share], None]) -> Hearing:
    """What is said in a recording.

    Raises:
        InvalidSetting: the model does not know the language.
    """
    check_language(ear, job.language)
    windows = pack(job.audio, job.speech, ear.window)
    batches = list(_batches(windows, ear.batch))
    probing = 0 if job.language else -(-PROBES // ear.batch)
    probes = [_encode(ear, job.audio, batch) for batch in batches[:probing]]
    choice = fixed_language(job.language) if job.language else _choose(ear, batches, probes)
    heard: list[Heard] = []
    cut, done = False, 0
    for at, batch in enumerate(batches):
        encoded = probes[at] if at < len(probes) else _encode(ear, job.audio, batch)
        for found, looped in _heard(ear, batch, encoded, choice.language):
            heard += found
            cut = cut or looped
        done += len(batch)
        progress(done / len(windows))
    draft = (Flag.DRAFT,) if ear.drafts(choice.language) else ()
    return Hearing(
        language=choice.language,
        language_confidence=choice.confidence,
        engine=ear.name,
        model=ear.model,
        heard=tuple(sorted(heard, key=lambda one: (one.span, one.channel))),
        flags=(*choice.flags, *draft, *((Flag.REPETITION_REMOVED,) if cut else ())),
    )


def check_language(ear: Ear[E], language: str | None) -> None:
    """Refuse a language that the model cannot write.

    Raises:
        InvalidSetting: the model does not know it.
    """
    if language is None or language in ear.languages:
        return
    if ear.languages == ("en",) and language == "fa":
        raise InvalidSetting(
            f"The model {ear.model!r} knows English alone, not {language!r}: "
            "choose a model without .en in its name."
        )
    raise InvalidSetting(f"The language {language!r} is unknown to Whisper: use fa, en or auto.")


def _encode(ear: Ear[E], audio: Audio, windows: Sequence[Window]) -> E:
    return ear.encode([window_sound(audio, window) for window in windows])


def _choose(ear: Ear[E], batches: Sequence[Sequence[Window]], probes: Sequence[E]) -> Choice:
    if ear.languages == ("en",):
        return fixed_language("en")
    told: list[tuple[Mapping[str, Share], Seconds]] = []
    for batch, encoded in zip(batches, probes, strict=False):
        count = min(len(batch), PROBES - len(told))
        shares = ear.shares(encoded, count)
        told += [(one, window.speech) for window, one in zip(batch, shares, strict=False)]
    return choose_language(told)


def _heard(ear: Ear[E], windows: Sequence[Window], encoded: E, language: str) -> Iterator[_Found]:
    decoded = ear.decode(encoded, language)
    signs = [_signs(window, one) for window, one in zip(windows, decoded, strict=True)]
    spoken = [
        Spoken(() if guards.empty(sign) else one.tokens, window.length)
        for window, one, sign in zip(windows, decoded, signs, strict=True)
    ]
    aligned = ear.align(encoded, spoken, language)
    for window, words, sign in zip(windows, aligned, signs, strict=True):
        yield _utterances(window, words, sign)


def _utterances(window: Window, words: Sequence[TimedWord], signs: guards.Signs) -> _Found:
    kept, looped = guards.without_loops(guards.without_collapsed(words))
    found = utterances(window.channel, place_words(window, kept))
    return tuple(heard for heard in found if guards.said(heard, signs)), looped


def _signs(window: Window, decoded: Decoded) -> guards.Signs:
    return guards.Signs(
        speech=window.speech,
        words=len(decoded.text.split()),
        no_speech=decoded.no_speech,
        logprob=decoded.logprob,
        doubtful=decoded.doubtful,
    )


def _batches(windows: Sequence[Window], size: int) -> Iterator[Sequence[Window]]:
    """Windows of like length together, longest first: a batch is decoded until its longest text ends."""
    line = sorted(windows, key=lambda window: -window.speech)
    for first in range(0, len(line), size):
        yield line[first : first + size]
