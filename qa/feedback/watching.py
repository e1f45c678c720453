"""A folder that is watched for tables: ``KIND/SOURCE/file``, read as files of that source were read before.

A file that was taken in is moved to ``done`` beside it. One of which nothing could be used goes to
``refused`` with the sentence in a file of its own; rows that could not be used lie there as CSV.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import QAError, StoreUnavailable, shown_name
from qa.feedback.contract import Choices, Importer
from qa.feedback.importing import Outcome, house_of, kept_of, prepare, store
from qa.feedback.tables import read_table
from qa.store.shelf.quarantine import DONE, REFUSED
from qa.store.voice.import_log import Origin, note_refusal

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.database import Database

SETTLED = 5.0
"""Seconds without a change after which a file counts as complete."""
FOLDER = Origin("folder")

_Look = tuple[int, int]


@dataclass(slots=True)
class ImportWatch:
    """One watched folder. ``clock`` gives seconds since 1970; tests pass their own."""

    database: "Database"
    settings: "Settings"
    folder: Path
    importers: tuple[Importer, ...]
    clock: Callable[[], float] = time.time
    _left: dict[Path, _Look] = field(default_factory=dict)

    def look(self) -> Path | None:
        """Take in the next file that is complete; ``None`` when there is none.

        One file a look, so that the worker's other errands never wait long.

        Raises:
            StoreUnavailable: the database cannot be reached; the file stays for the next look.
        """
        for importer, file in self._files():
            if self._complete(file):
                self._take(importer, file)
                return file
        return None

    def _files(self) -> Iterator[tuple[Importer, Path]]:
        for importer in self.importers:
            for source in _listed(self.folder / importer.kind.value):
                if source.is_dir() and not source.is_symlink():
                    for file in _listed(source):
                        if file.is_file() and not file.is_symlink():
                            yield importer, file

    def _complete(self, file: Path) -> bool:
        try:
            stat = file.stat()
        except FileNotFoundError:
            return False
        same = self._left.get(file) == (stat.st_size, stat.st_mtime_ns)
        return not same and self.clock() - stat.st_mtime >= SETTLED

    def _take(self, importer: Importer, file: Path) -> None:
        try:
            found = self._stored(importer, file)
        except StoreUnavailable:
            raise
        except QAError as error:
            self._refuse(importer, file, error.message)
            return
        if found.rejected.rows.height:
            _write_rows(found, file)
        nothing = found.read > 0 and found.rejected.rows.height == found.read
        self._move(file, REFUSED if nothing else DONE)
        if nothing:
            _explain(file, f"Not one of {found.read} rows could be used: {found.rejected.reasons[0][0]}.")

    def _stored(self, importer: Importer, file: Path) -> Outcome:
        source = file.parent.name
        table = read_table(file, importer.headless)
        kept = kept_of(self.database, importer, source)
        prepared = prepare(importer, table, Choices({}), kept, (house_of(self.settings), source))
        return store(self.database, prepared, file, FOLDER)

    def _refuse(self, importer: Importer, file: Path, sentence: str) -> None:
        with self.database.write() as tx:
            note_refusal(tx, importer.kind, file.parent.name, shown_name(file), (sentence, FOLDER))
        self._move(file, REFUSED)
        _explain(file, sentence)

    def _move(self, file: Path, where: str) -> None:
        """Move a file out of the way; one that may not be moved is remembered as long as the worker lives."""
        stat = file.stat()
        try:
            (file.parent / where).mkdir(exist_ok=True)
            shutil.move(file, _free(file.parent / where / file.name))
        except OSError:
            self._left[file] = (stat.st_size, stat.st_mtime_ns)


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _free(path: Path) -> Path:
    """The path, or one beside it that is not taken."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem} {number}")
    return found


def _write_rows(found: Outcome, file: Path) -> None:
    from qa.text.cells import safe_cell, safe_names

    rows = found.rejected.rows
    cells = {name: [safe_cell(cell) for cell in rows[name]] for name in rows.columns}
    _write(file, f"{file.name}.rejected.csv", type(rows)(cells).rename(safe_names(rows.columns)).write_csv())


def _explain(file: Path, sentence: str) -> None:
    _write(file, f"{file.name}.reason.txt", sentence + "\n")


def _write(file: Path, name: str, text: str) -> None:
    try:
        (file.parent / REFUSED).mkdir(exist_ok=True)
        _free(file.parent / REFUSED / name).write_text(text, encoding="utf-8")
    except OSError:
        return  # a folder that may only be read; the page tells the reasons too
