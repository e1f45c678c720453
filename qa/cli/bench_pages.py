"""``bench pages``: how long pages take with very many calls, beside the same sums by other means."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli.large_centre import Calls, Data, Language, Lean, Url, Wanted, filled, kept_folder
from qa.cli.pages_table import print_pages
from qa.cli.printing import print_json
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.settings import Settings

Only = Annotated[str, typer.Option(help="Pages by the name in their address, with commas; else all.")]
Browser = Annotated[bool, typer.Option("--browser", help="Also through Chromium (needs playwright).")]
Than = Annotated[Path | None, typer.Option(help="What --json printed of another centre: growth beside it.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
RUNS, COLD = 10, 3  # of each page
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pages(  # noqa: PLR0913, PLR0917 (one parameter an option)
    calls: Calls = 100_000,
    data: Data = None,
    url: Url = None,
    language: Language = "fa",
    only: Only = "",
    lean: Lean = False,
    browser: Browser = False,
    than: Than = None,
    as_json: AsJson = False,
) -> None:
    """Generate a centre of three years and time the script of every page; then one aggregate by other means.

    p95 in milliseconds: cold (nothing held), lapsed (tables that a page keeps for a moment are gone), warm;
    and through a browser: from the question to the last answer; until the page stands still, everything
    loaded anew; and the same after a click in the menu of an open desk.
    """
    before = None if than is None else _read(than)
    chosen = _browser() if browser else None
    with kept_folder(data) as folder:
        settings = filled(folder, Wanted(calls, language, lean, url))
        command = ["--runs", str(RUNS), "--cold", str(COLD), "--language", language, "--only", only]
        shape: dict[str, Any] = {"centre": _centre(settings), "pages": list(_timed(settings, command))}
        if chosen:
            shape["browser"] = list(_timed(settings, [*command, "--browser", chosen]))
        shape["aggregate"] = _aggregate(settings)
    if as_json:
        print_json(shape)
        return
    print_pages(shape, before)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QAError(f"{path.name} is not what `bench pages --json` prints; name such a file.") from error
    return dict(found)


def _browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None or importlib.util.find_spec("playwright") is None:
        raise QAError("No browser can be driven here; install chromium and `pip install playwright`.")
    return found


def _centre(settings: "Settings") -> dict[str, Any]:
    from qa.store.database import Database
    from qa.store.made.mass_reads import describe

    database = Database.open(settings.url)
    found = asdict(describe(database))
    database.close()
    return found


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
