"""``demo``: a made-up contact centre to look around in, and its removal."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_line
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.database import Database

Calls = Annotated[int, typer.Option(help="How many calls of history.", min=1, max=200_000)]
Wanted = Annotated[
    str | None,
    typer.Option("--language", help="fa or en: names and weeks of the centre; default: the site's."),
]
Remove = Annotated[bool, typer.Option("--remove", help="Take everything generated out again.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(demo)


def demo(calls: Calls = 3000, language: Wanted = None, remove: Remove = False) -> None:
    """Open the demo centre: sixteen weeks of generated history and twelve calls to listen to."""
    settings = setup.site()
    chosen = _language(language or settings.language)
    database = setup.ready(settings)
    if remove:
        _remove(database, settings)
        return
    from qa.demo import History, create

    setup.audited_alone(database, "demo centre changed", "demo", step="made", language=chosen)
    history = History(calls, chosen, datetime.now(UTC))
    with file_progress(100, "demo centre") as bar:
        for share in create(database, settings, history):
            bar.to(round(100 * share), "demo centre")
    print_line("The demo centre is open; its English calls are heard by the worker (python -m qa work).")


def _remove(database: "Database", settings: "Settings") -> None:
    from qa.demo import DemoState, demo_state, remove

    if demo_state(database, settings) is DemoState.ABSENT:
        print_line("There is no demo centre; nothing was removed.")
        return
    files = remove(database, settings)
    setup.audited_alone(database, "demo centre changed", "demo", step="removed")
    print_line(f"The demo centre is gone, with {files} recordings.")


def _language(name: str) -> Literal["fa", "en"]:
    if name == "auto":
        return "en"
    if name not in ("fa", "en"):
        raise QAError(f"--language {name!r} is not known; use fa or en.")
    return name  # type: ignore[return-value]  # one of the two, as was just seen
