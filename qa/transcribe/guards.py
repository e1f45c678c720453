"""Against words that nobody said.

Whisper fills what it cannot hear with lines of film subtitles and with loops. Nothing here looks at a
window as long as it holds clear speech.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from qa.records import Heard, Seconds, Share
from qa.text import fold
from qa.transcribe.timed import TimedWord

_NO_SPEECH: Share = 0.35
_NO_SPEECH_LOGPROB = -1.0
_SURELY_NO_SPEECH: Share = 0.9
_SHORT_SPEECH: Seconds = 3.0
_FEWEST = 0.3
"""Words a second; people say two to four."""
_PHANTOM_NO_SPEECH: Share = 0.3
_PHANTOM_CONFIDENCE: Share = 0.5
_LONE_CONFIDENCE: Share = 0.15
_COLLAPSED: Seconds = 0.03
_COLLAPSED_RUN = 4
_FASTEST = 9.0
_FASTEST_WORDS = 5

_REPEATS = {1: 6, 2: 5}
_REPEATS_LONGER = 4
_LONGEST_LOOP = 12

PHANTOMS = frozenset(
    fold(line)
    for line in (
        "you",
        "thank you",
        "thank you very much",
        "thank you so much",
        "thank you for watching",
        "thanks for watching",
        "thanks",
        "bye",
        "bye bye",
        "okay",
        "oh",
        "so",
        "the",
        "hmm",
        "please subscribe",
        "subscribe",
        "see you next time",
        "see you in the next video",
        "subtitles by the amara.org community",
        "music",
        "foreign",
        "ممنون",
        "مرسی",
        "متشکرم",
        "خداحافظ",
        "موسیقی",
        "زیرنویس",
        "با تشکر از تماشای شما",
        "ممنون که تماشا کردید",
        "ممنون از توجه شما",
        "لطفا عضو کانال شوید",
    )
)
"""Lines that Whisper writes over silence and noise; every one may also be said."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a window's decoding says about itself: seconds of speech, words, probability of no speech, mean
    log probability per token, and whether the text failed Whisper's guards to the end.
    """

    speech: Seconds
    words: int
    no_speech: Share
    logprob: float
    doubtful: bool

    @property
    def near_empty(self) -> bool:
        """Whether there is next to no speech, or next to no words for it."""
        return self.speech < _SHORT_SPEECH or self.words < _FEWEST * self.speech


def empty(signs: Signs) -> bool:
    """Whether a whole window holds nothing that was said.

    Whisper asks for 0.6 and this logarithm; real calls stay under 0.1, made tones reach 0.39.
    """
    if signs.no_speech > _NO_SPEECH and signs.logprob < _NO_SPEECH_LOGPROB:
        return True
    return signs.no_speech > _SURELY_NO_SPEECH and (signs.doubtful or signs.near_empty)


def without_loops(words: Sequence[TimedWord]) -> tuple[list[TimedWord], bool]:
    """The words with each loop cut to its first round, and whether anything was cut.

    A loop is one word six times in a row, two words five times, or up to twelve words four times.
    """
    keys = [fold(word.text).strip() for word in words]
    kept: list[TimedWord] = []
    place, cut = 0, False
    while place < len(words):
        length, rounds = _loop(keys, place)
        kept.extend(words[place : place + length])
        place += length * rounds
        cut = cut or rounds > 1
    return kept, cut


def _loop(keys: Sequence[str], place: int) -> tuple[int, int]:
    """Length and rounds of the loop that starts at a place; (1, 1) for none."""
    for length in range(1, _LONGEST_LOOP + 1):
        pattern, rounds = keys[place : place + length], 1
        while keys[place + rounds * length : place + (rounds + 1) * length] == pattern:
            rounds += 1
        if rounds >= _REPEATS.get(length, _REPEATS_LONGER) and any(pattern):
            return length, rounds
    return 1, 1


def without_collapsed(words: Sequence[TimedWord]) -> list[TimedWord]:
    """The words without runs of four or more that take no time: no sound was found for them."""
    kept: list[TimedWord] = []
    for collapsed, run in groupby(words, key=lambda word: word.end - word.start < _COLLAPSED):
        group = list(run)
        if not (collapsed and len(group) >= _COLLAPSED_RUN):
            kept.extend(group)
    return kept


def said(heard: Heard, signs: Signs) -> bool:
    """Whether an utterance is believed.

    Not believed: more than nine words a second; a known phantom line, or one or two hardly probable words,
    in a window with next to no speech or words.
    """
    words = heard.text.split()
    if len(words) >= _FASTEST_WORDS and len(words) > _FASTEST * heard.span.length:
        return False
    if not signs.near_empty:
        return True
    if len(words) <= 2 and heard.confidence < _LONE_CONFIDENCE:
        return False
    weak = signs.no_speech >= _PHANTOM_NO_SPEECH or heard.confidence < _PHANTOM_CONFIDENCE
    return not (weak and fold(heard.text).strip() in PHANTOMS)
