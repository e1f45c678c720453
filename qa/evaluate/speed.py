"""What a second of sound costs each recogniser, and how many words it gets wrong for that.

Speed is measured on whole calls (A1, A2) and clips (A5), word error rate wherever the words are known
(A2, A3, A5). CPU-seconds are compared, not the clock: they hold on a machine that others use as well.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.errors import QAError
from qa.evaluate.racing import Run, Track, race
from qa.evaluate.references import find_references
from qa.evaluate.rivals import RIVALS
from qa.evaluate.wer import WordErrors, total_errors, word_errors
from qa.records import Seconds
from qa.settings import Settings

TIMED = ("A1", "A2", "A5")
SPELT = ("A2", "A3", "A5")
_CALLS = (
    "Auto_Repairs_40_UTC_stereo_LagentRcaller.wav",
    "Auto0_GUID_000_AGENT_ChrisL_DT_2025-02-19T06-01-22_Mono.wav",
)


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording of a set; ``said`` are the words of each channel, none where nobody wrote them down."""

    group: str
    track: Track
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One rival. ``speed``: seconds of sound heard per CPU-second over ``TIMED``; ``errors`` by set."""

    run: Run
    says: str
    ours: bool
    speed: float
    cpu: Seconds
    sound: Seconds
    errors: dict[str, WordErrors]

    @property
    def wer(self) -> float:
        """Word error rate over all words of ``SPELT``."""
        return total_errors(self.errors.values()).rate


def find_sounds(folder: Path, sets: Sequence[str] = (), cut: Seconds = 0.0) -> tuple[Sound, ...]:
    """Every recording to be heard; ``cut`` shortens those without known words.

    Raises:
        QAError: none is there, or a set is unknown.
    """
    calls = [folder / "A1_aws_auto_repair_calls" / name for name in _CALLS]
    found = [Sound("A1", Track(path, cut)) for path in calls if path.is_file()]
    found += [
        Sound(one.group, Track(one.path), one.channels)
        for one in find_references(folder)
        if one.group in SPELT
    ]
    known = sorted({one.group for one in found})
    if missing := set(sets) - set(known):
        raise QAError(f"The set {min(missing)} is not in {folder}; there are {', '.join(known)}.")
    return tuple(one for one in found if not sets or one.group in sets)


def compare(
    sounds: Sequence[Sound], settings: Settings, names: Sequence[str], done: Callable[[str], None]
) -> tuple[Result, ...]:
    """The rivals of those names (all when empty), one after the other; ``done`` is told each before it runs.

    Raises:
        QAError: a name is unknown, or a rival did not finish.
    """
    known = [rival.name for rival in RIVALS]
    if missing := set(names) - set(known):
        raise QAError(f"The rival {min(missing)!r} is unknown; there are {', '.join(known)}.")
    results = []
    for rival in RIVALS:
        if not names or rival.name in names:
            done(rival.name)
            run = race(rival.name, [sound.track for sound in sounds], settings)
            results.append(result_of(run, sounds))
    return tuple(results)


def result_of(run: Run, sounds: Sequence[Sound]) -> Result:
    """What a run comes to; without a recording of ``TIMED`` all of them count for the speed."""
    (rival,) = [one for one in RIVALS if one.name == run.name]
    timed = [at for at, sound in enumerate(sounds) if sound.group in TIMED] or list(range(len(sounds)))
    cpu, heard = sum(run.cpu[at] for at in timed), sum(run.sound[at] for at in timed)
    errors: dict[str, WordErrors] = {}
    for sound, texts in zip(sounds, run.texts, strict=True):
        for said, text in zip(sound.said, texts, strict=False):
            before = errors.get(sound.group, WordErrors(0, 0, 0, 0))
            errors[sound.group] = before + word_errors(said, text, "en")
    return Result(run, rival.says, rival.ours, heard / cpu if cpu else 0.0, cpu, heard, errors)
