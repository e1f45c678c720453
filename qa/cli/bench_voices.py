"""``bench diarise``: how well voices on one channel are told apart where the answers are known."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.printing import print_json, print_table
from qa.errors import ModelMissing, NotFound

if TYPE_CHECKING:
    from qa.evaluate.voices import VoicesFigures

Data = Annotated[Path, typer.Argument(help="Folder of the shared data.", metavar="DATA_DIR")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def diarise(data_dir: Data, as_json: AsJson = False) -> None:
    """Error rate of telling voices on one channel apart, and what it costs."""
    from qa.diarise import open_diariser
    from qa.evaluate.voices import try_voices

    diariser = open_diariser()
    if diariser is None:
        raise ModelMissing("The weights that tell voices apart are not installed; see docs/speakers.md.")
    found = list(try_voices(data_dir, diariser))
    if not found:
        raise NotFound(f"{data_dir.name} holds none of the recordings to measure with; name the shared data.")
    if as_json:
        for figures in found:
            print_json(voices_shape(figures))
        return
    columns = (
        "recording",
        "speakers",
        "DER",
        "goal",
        "miss s",
        "false s",
        "confused s",
        "DER bare",
        "CPU s/h",
    )
    print_table("Diarisation error rate, collar 0.5 s", columns, [_row(figures) for figures in found])


def voices_shape(figures: "VoicesFigures") -> dict[str, Any]:
    """One recording; rates are ``null`` without a reference."""
    errors, bare = figures.errors, figures.bare
    return {
        "recording": figures.material.name,
        "duration": round(figures.duration, 2),
        "speakers": figures.speakers,
        "goal": figures.material.goal,
        "der": None if errors is None else round(errors.rate, 4),
        "miss": None if errors is None else round(errors.miss, 2),
        "false_alarm": None if errors is None else round(errors.false_alarm, 2),
        "confusion": None if errors is None else round(errors.confusion, 2),
        "speech": None if errors is None else round(errors.speech, 2),
        "der_with_pauses": None if figures.pauses is None else round(figures.pauses.rate, 4),
        "der_bare": None if bare is None else round(bare.rate, 4),
        "cpu_seconds_per_hour": round(figures.seconds_per_hour, 1),
    }


def _row(figures: "VoicesFigures") -> tuple[str | None, ...]:
    shape = voices_shape(figures)
    keys = (
        "recording",
        "speakers",
        "der",
        "goal",
        "miss",
        "false_alarm",
        "confusion",
        "der_with_pauses",
        "der_bare",
    )
    return (
        *(None if shape[key] is None else str(shape[key]) for key in keys),
        str(shape["cpu_seconds_per_hour"]),
    )
