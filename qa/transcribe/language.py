"""Which language is spoken: Persian or English, or clearly another one.

Whisper is trained to tell 99 languages apart, but its small models take Persian for Arabic, Azeri or
Polish in short clips. So the choice is between Persian and English alone, over much speech, and another
language is only believed when it wins by far, or when over much speech it is clearly neither of the two.
Measured with base on 24 packs of 9 to 68 s of real and synthetic Persian and 14 of English: all 38 right;
the least sure Persian one had 0.21 for Persian, 0.06 for English and 0.16 for the best other language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.records import Flag, Seconds, Share
from qa.transcribe.port import LANGUAGES

PROBES = 4
"""Windows listened to for the choice: up to two minutes of speech."""
_SURE_RATIO: Share = 0.8
_SURE_SHARE: Share = 0.5
_OTHER_SHARE: Share = 0.8
_OTHER_LEFT: Share = 0.1
_OTHER_SPEECH: Seconds = 12.0
_NEITHER: Share = 0.15
"""Persian and English together over much speech: below this it is neither, whichever language it may be.
Measured with base on 12 s and more: Persian never under 0.35, German, French, Spanish, Russian and Turkish
0.01 to 0.12.
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A language and how sure it is (0-1), with the flags that follow."""

    language: str
    confidence: Share
    flags: tuple[str, ...] = ()


def fixed_language(language: str) -> Choice:
    """The language that a person or a queue has set."""
    return Choice(language, 1.0, () if language in LANGUAGES else (Flag.LANGUAGE_NOT_SUPPORTED,))


def choose_language(heard: Sequence[tuple[Mapping[str, Share], Seconds]]) -> Choice:
    """The language of a call from several windows.

    Args:
        heard: for every window the probability of each language, and its seconds of speech.
    """
    seconds = sum(length for _, length in heard)
    if not seconds:
        return Choice(LANGUAGES[0], 0.0, (Flag.LANGUAGE_NOT_SURE,))
    codes = {code for shares, _ in heard for code in shares}
    shares = {
        code: sum(window.get(code, 0.0) * length for window, length in heard) / seconds for code in codes
    }
    ours = {code: shares.get(code, 0.0) for code in LANGUAGES}
    best, other = max(ours, key=ours.__getitem__), max(shares, key=shares.__getitem__)
    together = sum(ours.values())
    if seconds >= _OTHER_SPEECH and shares[other] >= _OTHER_SHARE and together <= _OTHER_LEFT:
        return Choice(other, shares[other], (Flag.LANGUAGE_NOT_SUPPORTED,))
    if seconds >= _OTHER_SPEECH and together <= _NEITHER:
        return Choice(other, shares[other], (Flag.LANGUAGE_NOT_SUPPORTED, Flag.LANGUAGE_NOT_SURE))
    confidence = ours[best] / together if together else 0.0
    sure = confidence >= _SURE_RATIO and together >= _SURE_SHARE
    return Choice(best, confidence, () if sure else (Flag.LANGUAGE_NOT_SURE,))
