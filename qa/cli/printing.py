"""What commands print: JSON lines, tables for people, progress that is silent off a terminal."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

Progress = Callable[[str, float], None]
"""Told the stage of the pipeline and the share of it that is done."""


def print_json(value: Any) -> None:
    """One JSON value on one line, letters of every script as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, separators=(",", ": ")) + "\n")
    sys.stdout.flush()


def print_line(text: str) -> None:
    """One line of plain text."""
    sys.stdout.write(text + "\n")


def warn(text: str) -> None:
    """One line for the person, beside the data on stdout."""
    sys.stderr.write(text + "\n")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as wide as its content; ``None`` shows as a dash."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("–" if cell is None else str(cell)) for cell in row))
    Console(highlight=False).print(table)


@contextmanager
def file_progress(count: int, label: str) -> Iterator["Bar"]:
    """A bar over ``count`` files with the stage of the present one; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield Bar(None, None, count)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        yield Bar(bar, bar.add_task(label, total=count), count)


class Bar:
    """Progress over files; one file counts as 1, its stages as shares of it."""

    def __init__(self, bar: Any, task: Any, count: int) -> None:
        self._bar, self._task, self._done, self.count = bar, task, 0, count

    def stage(self, name: str) -> Progress:
        """A callback for the pipeline while it works on the file called ``name``."""

        def tell(stage: str, share: float) -> None:
            if self._bar is not None:
                from qa.pipeline import STAGES

                part = (STAGES.index(stage) + share) / len(STAGES)
                self._bar.update(self._task, completed=self._done + part, description=f"{name} · {stage}")

        return tell

    def to(self, done: int, description: str) -> None:
        """So many files are finished, and this is going on now."""
        self._done = done
        if self._bar is not None:
            self._bar.update(self._task, completed=done, description=description)

    def next(self) -> None:
        """One file is finished."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done)
