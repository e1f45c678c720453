"""Which row of the metadata table belongs to which file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from qa.errors import shown_name
from qa.ingest.facts import Facts
from qa.ingest.metadata import Entry, Metadata
from qa.ingest.words import file_key

NAMED = 3
"""How many rows without a file are named one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The row of each file that has one; ``notes`` are sentences about rows without a file."""

    rows: dict[Path, Entry]
    notes: tuple[str, ...]


def match_files(metadata: Metadata, files: Iterable[Path]) -> Matched:
    """Rows by file. A row may name the file alone or with folders; the more it names, the better it fits.

    A file with two rows that differ, and a row that fits two files, get the sentence that says so: guessing
    would put a call on the wrong agent's record.
    """
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in metadata.entries:
        if key := file_key(entry.file):
            by_name[key[-1]].append(entry)
    rows: dict[Path, Entry] = {}
    used: dict[int, list[Path]] = defaultdict(list)
    for path in files:
        fitting = _fitting(path, by_name)
        for entry in fitting:
            used[entry.line].append(path)
        if fitting:
            rows[path] = _single(fitting, path, metadata.name)
    _refuse_shared(rows, used, metadata.name)
    return Matched(rows, _without_file(metadata, used))


def _fitting(path: Path, by_name: dict[str, list[Entry]]) -> list[Entry]:
    parts = file_key(str(path.absolute()))
    fitting: dict[int, list[Entry]] = defaultdict(list)
    for entry in by_name.get(parts[-1], ()):
        key = file_key(entry.file)
        if parts[-len(key) :] == key:
            fitting[len(key)].append(entry)
    return fitting[max(fitting)] if fitting else []


def _single(entries: list[Entry], path: Path, table: str) -> Entry:
    first = entries[0]
    different = [entry for entry in entries if (entry.facts, entry.problem) != (first.facts, first.problem)]
    if not different:
        return first
    lines = " and ".join(str(entry.line) for entry in (first, *different))
    problem = f"Lines {lines} of {table} say different things about {shown_name(path)}; keep one of them."
    return replace(first, facts=Facts(), problem=problem)


def _refuse_shared(rows: dict[Path, Entry], used: dict[int, list[Path]], table: str) -> None:
    for line, paths in used.items():
        if len(paths) > 1:
            problem = (
                f"Line {line} of {table} fits {len(paths)} files named {shown_name(paths[0])}; "
                "write the folder before the name."
            )
            for path in paths:
                rows[path] = replace(rows[path], facts=Facts(), problem=problem)


def _without_file(metadata: Metadata, used: dict[int, list[Path]]) -> tuple[str, ...]:
    lost = [entry for entry in metadata.entries if entry.line not in used]
    notes = [_lost(entry, metadata.name) for entry in lost[:NAMED]]
    if len(lost) > NAMED:
        notes.append(f"{len(lost) - NAMED} more rows of {metadata.name} name files that were not given.")
    return tuple(notes)


def _lost(entry: Entry, table: str) -> str:
    key = file_key(entry.file)
    if not key:
        return entry.problem or f"Line {entry.line} of {table} names no file; fill in the column 'file'."
    return (
        f"Line {entry.line} of {table} names {shown_name(key[-1])}, which is not among the files given; "
        "correct the name or add the file."
    )
