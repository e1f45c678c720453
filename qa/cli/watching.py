"""``watchdog``: jobs of machines that are gone go back to the queue, also while no worker lives."""

import threading
from typing import TYPE_CHECKING

import typer

from qa.cli import setup
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.worker.watchdog import Watchdog

LOOK = 5.0
"""Seconds between two looks."""


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(watchdog)


def watchdog() -> None:
    """Take jobs back from workers that give no sign of life, until stopped. Each worker does so as well."""
    from qa.store.database import Database
    from qa.worker.signals import stop_on_signals
    from qa.worker.watchdog import Silence, Watchdog

    settings = setup.site()
    stop = threading.Event()
    stop_on_signals(stop)
    guard = Watchdog(Database.open(settings.url), Silence(settings.worker_silence))
    while not stop.is_set():
        _look(guard)
        stop.wait(LOOK)


def _look(guard: "Watchdog") -> None:
    import logging

    try:
        guard.look()
    except QAError as error:
        logging.getLogger(__name__).warning("%s", error.message)
