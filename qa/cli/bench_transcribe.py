"""``bench transcribe``: our engines against the usual ways to run Whisper, in one run on the same weights."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_json, print_line, print_table

if TYPE_CHECKING:
    from qa.evaluate.speed import Result

Data = Annotated[Path, typer.Argument(help="The folder with the sets A1, A2, A3, A5.")]
Files = Annotated[str, typer.Option(help="Only these sets, such as A2,A5.")]
Only = Annotated[str, typer.Option(help="Only these rivals, such as batched,fast.")]
Cut = Annotated[float, typer.Option(help="Hear only so many seconds of each call of A1; 0 for all.", min=0)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
BASELINES = ("whisper", "greedy", "batched", "batched+words")
MIB = 2**20


def transcribe(
    folder: Data, files: Files = "", only: Only = "", cut: Cut = 0.0, as_json: AsJson = False
) -> None:
    """Seconds of sound per CPU-second, word error rate and peak memory of each engine and of the baselines.

    Each runs in its own process with the threads of QA_THREADS (1 unless it is set). The `whisper` command
    alone takes about ten minutes of processor time.
    """
    from qa.evaluate.speed import compare, find_sounds

    settings = setup.site()
    settings = settings.model_copy(update={"threads": settings.threads or 1})
    sounds = find_sounds(folder, [name.upper() for name in _names(files)], cut)
    with file_progress(1, "listening") as bar:
        results = compare(sounds, settings, _names(only), lambda name: bar.stage(name)("listening", 0.0))
    shape = bench_shape(results, settings.model, settings.recogniser_threads)
    if as_json:
        print_json(shape)
        return
    print_line(
        f"Whisper {shape['model']}, {shape['threads']} thread; speed in seconds of sound per CPU-second"
    )
    columns = ("rival", "speed", *(f"x {name}" for name in BASELINES), "word errors", "MiB")
    print_table("", columns, [_row(row) for row in shape["rivals"]])


def bench_shape(results: "tuple[Result, ...]", model: str, threads: int) -> dict[str, Any]:
    """What ``bench transcribe --json`` prints; a ratio to a baseline that did not run is absent."""
    speeds = {one.run.name: one.speed for one in results if one.run.name in BASELINES and one.speed}
    rows = [
        {
            "name": one.run.name,
            "says": one.says,
            "ours": one.ours,
            "sound_seconds": round(one.sound, 1),
            "cpu_seconds": round(one.cpu, 2),
            "load_cpu_seconds": round(one.run.load, 2),
            "speed": round(one.speed, 2),
            "ratios": {name: round(one.speed / speed, 2) for name, speed in speeds.items()},
            "wer": round(one.wer, 4) if one.errors else None,
            "wer_by_set": {name: round(errors.rate, 4) for name, errors in one.errors.items()},
            "words": sum(errors.words for errors in one.errors.values()),
            "peak_bytes": one.run.peak,
        }
        for one in results
    ]
    return {"model": model, "threads": threads, "rivals": rows}


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    ratios = [f"{row['ratios'][name]:.2f}" if name in row["ratios"] else "" for name in BASELINES]
    wrong = "" if row["wer"] is None else f"{100 * row['wer']:.1f} %"
    return (row["name"], f"{row['speed']:.1f}", *ratios, wrong, f"{row['peak_bytes'] / MIB:.0f}")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
