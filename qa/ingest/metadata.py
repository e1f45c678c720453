"""The metadata table: what a centre knows about each recording, one row a file.

Columns, in any order, in English or Persian: ``file`` (needed), ``agent``, ``agent_name``, ``team``,
``queue``, ``time``, ``customer``, ``direction``, ``language``, ``transcript``. A mistake in a row costs that
file alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TypeVar

from qa.errors import BadMetadata, shown_name, shown_text
from qa.ingest.facts import Facts
from qa.ingest.moments import MomentError, Order, column_order, read_moment
from qa.ingest.sheets import ARABIC_WINDOWS, Row, Sheet, read_sheet
from qa.ingest.words import COLUMNS, file_key, plain, read_direction, read_language

Word = TypeVar("Word")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its facts, or the sentence that says what is wrong with it."""

    line: int
    file: str
    facts: Facts
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """A whole table. ``notes`` are sentences about it that stop nothing."""

    name: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


def read_metadata(path: Path, zone: tzinfo) -> Metadata:
    """A metadata table.

    Raises:
        BadMetadata: the file cannot be read, is no table, or has no column ``file``.
    """
    sheet = read_sheet(path)
    columns, notes = _columns(sheet, path.name)
    reading = _Reading(path.name, sheet.header, columns, zone)
    order = column_order(reading.cell(row, "time") for row in sheet.rows)
    if sheet.encoding == ARABIC_WINDOWS:
        notes = (*notes, f"{path.name} is not UTF-8 and was read as Windows-1256.")
    return Metadata(path.name, tuple(reading.entry(row, order) for row in sheet.rows), notes)


def _columns(sheet: Sheet, name: str) -> tuple[dict[str, int], tuple[str, ...]]:
    found: dict[str, int] = {}
    unused = []
    for index, title in enumerate(sheet.header):
        column = COLUMNS.get(plain(title))
        if column is None:
            unused.append(title or f"number {index + 1}")
        elif column in found:
            raise BadMetadata(
                f"{name} has two columns for {column!r}: {sheet.header[found[column]]!r} and {title!r}; "
                "remove one."
            )
        else:
            found[column] = index
    if "file" not in found:
        raise BadMetadata(
            f"{name} has no column 'file' (its columns: {shown_text(', '.join(sheet.header)[:200])}); "
            "name the column with the recordings' names 'file'."
        )
    notes = (f"{name}: the columns {shown_text(', '.join(unused)[:200])} are not used.",) if unused else ()
    return found, notes


@dataclass(frozen=True, slots=True)
class _Reading:
    name: str
    header: tuple[str, ...]
    columns: dict[str, int]
    zone: tzinfo

    def entry(self, row: Row, order: Order | None) -> Entry:
        file = self.cell(row, "file")
        try:
            return Entry(row.line, file, self._facts(row, order))
        except BadMetadata as problem:
            return Entry(row.line, file, Facts(), problem.message)

    def cell(self, row: Row, column: str) -> str:
        index = self.columns.get(column, len(row.cells))
        return row.cells[index] if index < len(row.cells) else ""

    def _facts(self, row: Row, order: Order | None) -> Facts:
        if not file_key(self.cell(row, "file")):
            raise self._problem(row, "names no file; fill in the column 'file'")
        cells, columns = len(row.cells), len(self.header)
        if cells > columns:
            raise self._problem(row, f"has {cells} cells under {columns} columns; quote cells with commas")
        return Facts(
            agent=self.cell(row, "agent") or None,
            agent_name=self.cell(row, "agent_name") or None,
            team=self.cell(row, "team") or None,
            queue=self.cell(row, "queue") or None,
            customer=self.cell(row, "customer") or None,
            moment=self._moment(row, order),
            direction=self._word(row, "direction", read_direction, "inbound, outbound or internal"),
            language=self._word(row, "language", read_language, "fa or en"),
            transcript=self.cell(row, "transcript") or None,
        )

    def _moment(self, row: Row, order: Order | None) -> datetime | None:
        text = self.cell(row, "time")
        if not text:
            return None
        try:
            return read_moment(text, self.zone, order)
        except MomentError as problem:
            raise self._problem(row, f"has the time {text[:40]!r}, which {problem}") from problem

    def _word(self, row: Row, column: str, read: Callable[[str], Word | None], known: str) -> Word | None:
        text = self.cell(row, column)
        value = read(text)
        if text and value is None:
            raise self._problem(row, f"has the {column} {text[:40]!r}; use {known}")
        return value

    def _problem(self, row: Row, what: str) -> BadMetadata:
        name = file_key(self.cell(row, "file"))
        about = f" ({shown_name(name[-1])})" if name else ""
        return BadMetadata(f"Line {row.line} of {self.name}{about} {what}.")
