"""A folder that is watched: files are taken in once they have stopped growing."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.ingest.batch import plan, take_in
from qa.ingest.desk import open_desk
from qa.ingest.register import Outcome
from qa.ingest.walk import find_files
from qa.settings import Settings
from qa.store.database import Database
from qa.store.kinds import CallSource

SETTLED = 5.0
"""Seconds without a change after which a file counts as complete."""

TABLE = "metadata.csv"

_Look = tuple[int, int]


@dataclass(slots=True)
class Watch:
    """One watched folder. A table called ``metadata.csv`` in it describes the files beside it.

    ``clock`` gives seconds since 1970; it is passed in so that tests need not wait.
    """

    database: Database
    settings: Settings
    folder: Path
    clock: Callable[[], float] = time.time
    _looks: dict[Path, tuple[_Look, float]] = field(default_factory=dict)
    _taken: dict[Path, _Look] = field(default_factory=dict)

    def scan(self) -> tuple[Outcome, ...]:
        """Take in what is complete and was not taken in before by this watch; files stay where they are.

        Raises:
            BadMetadata: the table beside the files cannot be used; nothing is taken in until it is mended.
            StoreUnavailable: the database cannot be reached.
        """
        ready = self._complete(find_files([self.folder]).files)
        if not ready:
            return ()
        table = self.folder / TABLE
        with open_desk(self.database, self.settings, CallSource.WATCH) as desk:
            batch = plan(desk, ready, table if table.is_file() else None)
            outcomes = tuple(take_in(desk, batch))
        for outcome in outcomes:
            if outcome.status != "failed" and outcome.path in self._looks:
                self._taken[outcome.path] = self._looks[outcome.path][0]
        for file in set(ready) - set(batch.companions.alone):  # a transcript has no outcome of its own
            self._taken[file] = self._looks[file][0]
        return outcomes

    def _complete(self, files: Sequence[Path]) -> list[Path]:
        """New files that stopped growing; a recording and a transcript of one name wait for each other."""
        states = {file: self._ready(file) for file in files}
        growing = {
            (file.parent, file.stem)
            for file, ready in states.items()
            if not ready and (file not in self._looks or self._taken.get(file) != self._looks[file][0])
        }
        return [file for file in files if states[file] and (file.parent, file.stem) not in growing]

    def _ready(self, file: Path) -> bool:
        try:
            stat = file.stat()
        except FileNotFoundError:
            return False
        look = (stat.st_size, stat.st_mtime_ns)
        if self._taken.get(file) == look:
            return False
        now = self.clock()
        before = self._looks.get(file)
        if before is None or before[0] != look:
            self._looks[file] = (look, now)
        # A sender whose clock runs ahead must not keep a file out for ever, so seeing no change counts too.
        return now - stat.st_mtime >= SETTLED or now - self._looks[file][1] >= SETTLED
