"""``bench pages``: how long pages take with very many calls, beside the same sums by other means."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.printing import file_progress, print_json, print_line
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.database import Database

Calls = Annotated[int, typer.Option(help="How many generated calls.", min=1000, max=20_000_000)]
Data = Annotated[
    Path | None,
    typer.Option(help="Keep the generated centre in this folder; one that is there is used again."),
]
Language = Annotated[str, typer.Option(help="fa or en: language and weeks of the pages.")]
Only = Annotated[str, typer.Option(help="Pages by the name in their address, with commas; else all.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
RUNS, COLD = 10, 3  # of each page


def pages(
    calls: Calls = 100_000,
    data: Data = None,
    language: Language = "fa",
    only: Only = "",
    as_json: AsJson = False,
) -> None:
    """Generate a centre of three years and time the script of every page; then one aggregate by other means.

    p95 in milliseconds: cold (nothing held), lapsed (tables that a page keeps for a moment are gone), warm.
    With QA_DATABASE_URL the centre goes into that database, which must be empty.
    """
    with kept_folder(data) as folder:
        settings = filled(folder, calls, language)
        command = ["--runs", str(RUNS), "--cold", str(COLD), "--language", language, "--only", only]
        timed = list(_timed(settings, command))
        shape = {"calls": calls, "pages": timed, "aggregate": _aggregate(settings)}
    if as_json:
        print_json(shape)
        return
    _print(shape)


@contextmanager
def kept_folder(data: Path | None) -> Iterator[Path]:
    """The folder that was named, or one that is removed afterwards."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="qa-bench-") as folder:
        yield Path(folder)


def filled(folder: Path, calls: int, language: str, url: str | None = None) -> "Settings":
    """The settings of a folder, or of the database at ``url``, that holds the generated centre; makes it
    where it is not there.

    Raises:
        QAError: the folder holds another number of calls.
    """
    from qa.demo.large import Large, write_large
    from qa.settings import read_settings
    from qa.store.database import Database
    from qa.store.mass_reads import count_calls
    from qa.store.migrate import upgrade

    settings = read_settings(data_dir=folder)
    if url is not None:
        settings = settings.model_copy(update={"database_url": url})
    upgrade(settings.url)
    database = Database.open(settings.url)
    there = count_calls(database)
    if there not in (0, calls):
        raise QAError(
            f"{database.label} holds {there} calls, not {calls}; name another folder or --calls {there}."
        )
    if there == 0:
        large = Large(calls, "fa" if language == "fa" else "en", datetime.now(UTC))
        with file_progress(calls, "writing calls") as bar:
            for written in write_large(database, settings, large):
                bar.to(written, "writing calls")
    _summed(database, settings)
    database.close()
    return settings


def _summed(database: "Database", settings: "Settings") -> None:
    """What a worker has done long before anybody opens a page of so many calls."""
    from qa.store.rollups.fold import fold_all

    with file_progress(100, "summing") as bar:
        for done, total in fold_all(database, settings.zone):
            bar.to(100 * done // max(1, total), "summing")


def _timed(settings: "Settings", command: list[str]) -> Iterator[dict[str, Any]]:
    """Pages are timed in a process of their own: the product never imports what draws them."""
    environment = os.environ | {"QA_DATA_DIR": str(settings.data_dir), "QA_DATABASE_URL": settings.url}
    started = [sys.executable, "-m", "dashboard.timing", *command]
    with subprocess.Popen(  # noqa: S603 (our own module)
        started, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        for line in process.stdout or ():
            yield json.loads(line)
    if process.returncode:
        raise QAError(
            f"Timing the pages ended with code {process.returncode}; run `{' '.join(started[1:])}`."
        )


def _aggregate(settings: "Settings") -> list[dict[str, Any]]:
    from qa.evaluate.aggregates import compared

    return [asdict(one) for one in compared(settings.url)]


def _print(shape: dict[str, Any]) -> None:
    print_line(f"{'page':14}{'cold':>8}{'lapsed':>8}{'warm':>8}{'warm CPU':>10}   (p95 of runs, ms)")
    for one in shape["pages"]:
        cells = [_p95(one["cold"]), _p95(one["lapsed"]), _p95(one["warm"])]
        said = " ".join(one["faults"])
        row = "".join(f"{cell:8.0f}" for cell in cells)
        print_line(f"{one['file']:14}{row}{_p95(one['warm'], 'cpu'):10.0f}   {said}".rstrip())
    if shape["pages"]:
        print_line(f"Most memory of the process: {shape['pages'][-1]['memory']} MB.")
    print_line("Scores by week and team over twelve weeks and half of the queues:")
    for one in shape["aggregate"]:
        taken = "" if one["milliseconds"] is None else f"{one['milliseconds']:10.1f} ms"
        print_line(f"  {one['way']:44}{taken}".rstrip())


def _p95(runs: list[dict[str, float]], what: str = "wall") -> float:
    """The 95th percentile, by the nearest rank."""
    ordered = sorted(run[what] for run in runs)
    return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]
