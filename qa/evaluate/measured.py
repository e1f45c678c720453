"""The calibration of an engine, measured and kept with where it comes from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.errors import WriteFailed
from qa.evaluate.alignment import Judged, judged_words, spoken_pairs
from qa.evaluate.confidence import (
    Bin,
    Reliability,
    cannot_tell_below,
    fit,
    held_out,
    pairs_heard,
    reliability,
)
from qa.evaluate.listening import Answer
from qa.records import Share
from qa.transcribe.confidence import FILE, Calibration

UNCHANGED = Calibration(1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: the line fitted on all recordings, the table of the engine's own probabilities, and the
    table of held-out words, each calibrated by a line from the other recordings. Where that is no better
    than the engine's own probabilities, the line is ``UNCHANGED`` and both tables are one.
    """

    language: str
    recordings: int
    sets: tuple[str, ...]
    line: Calibration
    before: Reliability
    after: Reliability


@dataclass(frozen=True, slots=True)
class Measured:
    """An engine with a model: its languages, and of spoken pairs of words the share that was heard."""

    engine: str
    model: str
    languages: tuple[Tongue, ...]
    pairs: tuple[Bin, ...]
    cannot_tell_below: Share


def measure_confidence(answers: Sequence[Answer]) -> Measured:
    """Everything that ``bench confidence`` says.

    Args:
        answers: of one engine, with its own probabilities; at least one.
    """
    languages = tuple(_tongue(code, answers) for code in sorted({a.reference.language for a in answers}))
    pairs = pairs_heard(spoken_pairs(answers), {one.language: one.line for one in languages})
    hearing = answers[0].hearing
    return Measured(hearing.engine, hearing.model, languages, pairs, cannot_tell_below(pairs))


def write_calibrations(found: Measured, path: Path = FILE) -> None:
    """Put an engine's lines into the file; those of other engines and models stay.

    Raises:
        WriteFailed: the file cannot be written.
    """
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["calibrations"]
    fresh = [_row(found, one) for one in found.languages]
    names = ("engine", "model", "language")
    new = {tuple(row[name] for name in names) for row in fresh}
    kept = [row for row in rows if tuple(row[name] for name in names) not in new]
    ordered = sorted([*kept, *fresh], key=lambda row: tuple(row[name] for name in names))
    try:
        path.write_text(json.dumps({"calibrations": ordered}, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise WriteFailed(
            f"{path} cannot be written ({error.strerror}); change its rights and measure again."
        ) from error


def calibrated_line(words: Sequence[Judged]) -> tuple[Calibration, Reliability, Reliability]:
    """The line to use, and the tables before it and, held out, after it.

    Where held-out words come out no better than by the engine's own probabilities, those are kept.
    """
    right = [word.right for word in words]
    before = reliability([word.probability for word in words], right)
    after = reliability(held_out(words), right)
    return (fit(words), before, after) if after.error < before.error else (UNCHANGED, before, before)


def _tongue(code: str, answers: Sequence[Answer]) -> Tongue:
    own = [answer for answer in answers if answer.reference.language == code]
    line, before, after = calibrated_line(judged_words(own))
    return Tongue(
        language=code,
        recordings=len(own),
        sets=tuple(sorted({answer.reference.group for answer in own})),
        line=line,
        before=before,
        after=after,
    )


def _row(found: Measured, one: Tongue) -> dict[str, Any]:
    return {
        "engine": found.engine,
        "model": found.model,
        "language": one.language,
        "slope": round(one.line.slope, 4),
        "intercept": round(one.line.intercept, 4),
        "measured": {
            "day": datetime.now(UTC).date().isoformat(),
            "sets": list(one.sets),
            "recordings": one.recordings,
            "words": one.before.count,
            "error_before": round(one.before.error, 4),
            "error_held_out": round(one.after.error, 4),
        },
    }
