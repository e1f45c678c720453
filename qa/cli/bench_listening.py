"""``bench confidence`` and ``bench wer``: how good the recogniser is on recordings whose words are known."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_json, print_line, print_table
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.evaluate.confidence import Bin, Reliability
    from qa.evaluate.listening import Answer
    from qa.evaluate.measured import Measured

Data = Annotated[Path, typer.Argument(help="The folder with the sets A2, A3, A5, B1, B2.")]
Engine = Annotated[str | None, typer.Option(help="Recogniser; default: QA_ENGINE.")]
Sets = Annotated[str, typer.Option(help="Only these sets, such as A2,B1.")]
Write = Annotated[bool, typer.Option("--write", help="Keep the lines in data/confidence.json.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def add_to(group: typer.Typer) -> None:
    """Register the commands in the group ``bench``."""
    for name, command in (("confidence", confidence), ("wer", wer)):
        group.command(name)(command)


def confidence(
    folder: Data, engine: Engine = None, sets: Sets = "", write: Write = False, as_json: AsJson = False
) -> None:
    """Whether confidences mean what they say: a reliability table before and after calibration."""
    from qa.evaluate.measured import measure_confidence, write_calibrations

    found = measure_confidence(_answers(folder, engine, sets))
    if as_json:
        print_json(confidence_shape(found))
    else:
        _show(found)
    if write:
        write_calibrations(found)


def wer(folder: Data, engine: Engine = None, sets: Sets = "", as_json: AsJson = False) -> None:
    """Word error rate of every set, as written and after each step of normalising."""
    from qa.evaluate.spelling import STEPS, spelled

    found = spelled(_answers(folder, engine, sets))
    rows: list[dict[str, Any]] = [
        {
            "set": one.group,
            "language": one.language,
            "recordings": one.recordings,
            "words": one.errors[-1].words,
            "wer": {name: round(errors.rate, 4) for (name, _), errors in zip(STEPS, one.errors, strict=True)},
        }
        for one in found
    ]
    if as_json:
        print_json({"sets": rows})
        return
    columns = ("set", "language", "recordings", "words", *(name for name, _ in STEPS))
    cells = [(*list(row.values())[:-1], *(f"{rate:.3f}" for rate in row["wer"].values())) for row in rows]
    print_table("Word error rate", columns, cells)


def confidence_shape(found: "Measured") -> dict[str, Any]:
    """What ``bench confidence`` prints."""
    return {
        "engine": found.engine,
        "model": found.model,
        "languages": [
            {
                "language": one.language,
                "recordings": one.recordings,
                "slope": round(one.line.slope, 4),
                "intercept": round(one.line.intercept, 4),
                "before": _table(one.before),
                "after": _table(one.after),
            }
            for one in found.languages
        ],
        "pairs_heard": [_bin(one) for one in found.pairs],
        "cannot_tell_below": found.cannot_tell_below,
    }


def _table(found: "Reliability") -> dict[str, Any]:
    return {
        "words": found.count,
        "calibration_error": round(found.error, 4),
        "bins": [_bin(one) for one in found.bins],
    }


def _bin(one: "Bin") -> dict[str, Any]:
    return {
        "from": round(one.low, 1),
        "count": one.count,
        "confidence": round(one.confidence, 3),
        "right": round(one.right, 3),
    }


def _show(found: "Measured") -> None:
    for one in found.languages:
        for title, table in (("as the engine says it", one.before), ("calibrated, held out", one.after)):
            rows = [tuple(_bin(each).values()) for each in table.bins]
            print_line(f"{found.engine} {found.model}, {one.language}, {title}: error {table.error:.3f}")
            print_table("", ("from", "words", "confidence", "right"), rows)
    rows = [tuple(_bin(each).values()) for each in found.pairs]
    print_line("Spoken pairs of words, and the share of them that was heard")
    print_table("", ("from", "pairs", "confidence", "heard"), rows)
    print_line(f'"It was not said" proves nothing below {found.cannot_tell_below:.1f}.')


def _answers(folder: Path, engine: str | None, sets: str) -> "tuple[Answer, ...]":
    from qa.evaluate.listening import listen_to
    from qa.evaluate.references import find_references
    from qa.transcribe import open_engine

    wanted = {name.strip().upper() for name in sets.split(",") if name.strip()}
    references = find_references(folder)
    if missing := wanted - {one.group for one in references}:
        known = ", ".join(sorted({one.group for one in references}))
        raise QAError(f"--sets names {min(missing)}, which is not in {folder}; there are {known}.")
    chosen = [one for one in references if not wanted or one.group in wanted]
    opened = open_engine(setup.site(engine))
    with file_progress(len(chosen), "listening") as bar:
        return listen_to(opened, chosen, bar.next)
