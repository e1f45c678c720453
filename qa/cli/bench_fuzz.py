"""``bench fuzz``: damaged files through every reader."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.printing import file_progress, print_json, print_line
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.fuzz import Result

Files = Annotated[int, typer.Option(help="How many damaged files.", min=1, max=1_000_000)]
Seed = Annotated[int, typer.Option(help="The same number damages the same way.")]
Keep = Annotated[Path | None, typer.Option(help="A folder for the files that were not survived.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def fuzz(files: Files = 500, seed: Seed = 1, keep: Keep = None, as_json: AsJson = False) -> None:
    """Damage recordings, tables, workbooks, scorecards and transcripts, and read them with limits.

    A file must be read or refused in one sentence, within 30 s and 2 GB. Exit code 2 when one is not.
    """
    from qa.fuzz import make_seeds, run

    results: list[Result] = []
    with file_progress(files, "reading") as bar:
        for result in run(make_seeds(), files, seed, keep):
            results.append(result)
            bar.next()
    bad = [result for result in results if not result.good]
    if as_json:
        print_json(_shape(results, bad))
    else:
        _print(results, bad)
    if bad:
        raise QAError(f"{len(bad)} of {len(results)} damaged files were not survived; each is named above.")


def _shape(results: "list[Result]", bad: "list[Result]") -> dict[str, object]:
    return {
        "files": len(results),
        "kinds": dict(Counter(result.kind for result in results)),
        "slowest_seconds": round(max(result.seconds for result in results), 2),
        "most_memory_mb": round(max(result.memory for result in results) / 2**20),
        "bad": [
            {"number": one.number, "target": one.target, "way": one.way, "kind": one.kind, "told": one.told}
            for one in bad
        ],
    }


def _print(results: "list[Result]", bad: "list[Result]") -> None:
    print_line(
        f"{'reader':12} {'files':>5} {'read':>5} {'refused':>7} {'bad':>4} {'slowest s':>9} {'most MB':>8}"
    )
    for target in sorted({result.target for result in results}):
        here = [result for result in results if result.target == target]
        kinds = Counter(result.kind for result in here)
        slowest, most = max(one.seconds for one in here), max(one.memory for one in here) / 2**20
        wrong = len(here) - kinds["read"] - kinds["refused"]
        counts = f"{len(here):5} {kinds['read']:5} {kinds['refused']:7} {wrong:4}"
        print_line(f"{target:12} {counts} {slowest:9.2f} {most:8.0f}")
    for one in bad:
        print_line(f"file {one.number} ({one.target}, {one.way}): {one.kind}, {one.told}")
