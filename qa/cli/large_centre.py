"""The generated centre that ``bench pages`` and ``bench search`` measure."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.printing import file_progress
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
Lean = Annotated[
    bool,
    typer.Option("--lean", help="Four criteria and three measures a call: half the disk."),
]
Url = Annotated[
    str | None, typer.Option(help="A database on PostgreSQL, empty or generated before; without it SQLite.")
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What centre is to be there. ``lean``: with short scorecards, where it is generated now."""

    calls: int
    language: str
    lean: bool = False
    url: str | None = None


@contextmanager
def kept_folder(data: Path | None) -> Iterator[Path]:
    """The folder that was named, or one that is removed afterwards."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="qa-bench-") as folder:
        yield Path(folder)


def filled(folder: Path, wanted: Wanted) -> "Settings":
    """The settings of a site that holds the generated centre; makes it where it is not there.

    Raises:
        QAError: the database holds another number of calls.
    """
    from qa.settings import read_settings
    from qa.store.database import Database
    from qa.store.engine.migrate import upgrade
    from qa.store.made.mass_loading import finish
    from qa.store.made.mass_reads import count_calls

    own = {} if wanted.url is None else {"database_url": wanted.url}
    settings = read_settings(data_dir=folder, **own)
    upgrade(settings.url)
    database = Database.open(settings.url)
    there = count_calls(database)
    database.close()  # it opens again when it is asked
    if there not in (0, wanted.calls):
        raise QAError(
            f"{database.label} holds {there} calls, not {wanted.calls}; name another or --calls {there}."
        )
    if there == 0:
        _generate(settings, wanted)
    finish(database)
    _summed(database, settings)
    database.close()
    return settings


def _generate(settings: "Settings", wanted: Wanted) -> None:
    from qa.demo.large import Large, write_large
    from qa.store.made.mass_loading import loading

    large = Large(
        wanted.calls, "fa" if wanted.language == "fa" else "en", datetime.now(UTC), lean=wanted.lean
    )
    with loading(settings.url) as database, file_progress(wanted.calls, "writing calls") as bar:
        for written in write_large(database, settings, large):
            bar.to(written, "writing calls")


def _summed(database: "Database", settings: "Settings") -> None:
    """What a worker has done long before anybody opens a page of so many calls."""
    from qa.store.care.keeping import steps
    from qa.store.rollups.fold import fold_all

    for name, work in (("summing", fold_all(database, settings.zone)), ("open matters", steps(database))):
        with file_progress(100, name) as bar:
            for done, total in work:
                bar.to(100 * done // max(1, total), name)
