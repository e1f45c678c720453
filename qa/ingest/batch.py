"""A whole batch: files and folders, with or without a metadata table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from qa.ingest.companions import Companions, match_words
from qa.ingest.desk import Desk
from qa.ingest.facts import Facts, combined
from qa.ingest.filenames import read_name
from qa.ingest.matching import Matched, match_files
from qa.ingest.metadata import Entry, Metadata, read_metadata
from qa.ingest.register import Outcome, refuse, register_file
from qa.ingest.walk import Found, find_files


@dataclass(frozen=True, slots=True)
class Batch:
    """What will be taken in. ``notes`` are sentences about the batch that stop nothing."""

    found: Found
    matched: Matched
    companions: Companions
    names: dict[str, str]
    notes: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many outcomes there will be."""
        return len(self.companions.alone) + len(self.found.unreadable)


def plan(desk: Desk, paths: Iterable[Path], metadata: Path | None = None) -> Batch:
    """Find the files and their rows; nothing is taken in yet.

    Raises:
        BadMetadata: the table cannot be used at all.
    """
    table = Metadata("", ()) if metadata is None else read_metadata(metadata, desk.settings.zone)
    found = find_files(paths)
    matched = match_files(table, found.files)
    companions = match_words(found.files, matched.rows)
    names = {e.facts.agent: e.facts.agent_name for e in table.entries if e.facts.agent and e.facts.agent_name}
    return Batch(found, matched, companions, names, (*found.notes, *table.notes, *matched.notes))


def take_in(desk: Desk, batch: Batch) -> Iterator[Outcome]:
    """One outcome a file, in order; a bad file costs its own line and nothing else.

    Raises:
        StoreUnavailable: the database cannot be reached; what was taken in before stays.
    """
    for path, reason in batch.found.unreadable:
        yield refuse(desk, path, reason)
    for path in batch.companions.alone:
        yield _one(desk, batch, path)


def told(desk: Desk, batch: Batch, path: Path) -> tuple[Facts, Entry | None]:
    """What is known of one file of the batch, and its row of the table, which may have a problem."""
    named = read_name(path, desk.settings.zone, desk.patterns)
    entry = batch.matched.rows.get(path)
    facts = combined(entry.facts, named) if entry is not None else named
    return _with_name(facts, batch.names), entry


def _one(desk: Desk, batch: Batch, path: Path) -> Outcome:
    facts, entry = told(desk, batch, path)
    problem = problem_of(batch, path, entry)
    if problem is not None:
        return refuse(desk, path, problem)
    return register_file(desk, path, facts, batch.companions.words.get(path))


def problem_of(batch: Batch, path: Path, entry: Entry | None) -> str | None:
    """The sentence about a file's row or its transcript, ``None`` when all is well."""
    if entry is not None and entry.problem is not None:
        return entry.problem
    return batch.companions.problems.get(path)


def _with_name(facts: Facts, names: dict[str, str]) -> Facts:
    # A file whose name tells only the extension belongs to the person the table knows behind it.
    if facts.agent is None or facts.agent_name is not None:
        return facts
    return replace(facts, agent_name=names.get(facts.agent))
