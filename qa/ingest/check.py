"""What would become of files, told before anything is stored."""

from dataclasses import dataclass
from pathlib import Path

from qa.errors import QAError
from qa.ingest.batch import Batch, problem_of, told
from qa.ingest.desk import Desk
from qa.ingest.facts import Facts
from qa.ingest.filenames import read_name
from qa.ingest.metadata import Entry
from qa.ingest.register import hear
from qa.records import Recording
from qa.store.call.calls import Registered, find_sha256

_FIELDS = tuple(name for name in Facts.__dataclass_fields__ if name != "notes")


@dataclass(frozen=True, slots=True)
class Sound:
    """What was heard of one file: its recording, or the sentence that says why it will be refused."""

    recording: Recording | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What is known of one file before it is taken in.

    ``from_table`` names the fields of ``facts`` that the metadata table says; the others are from the
    file's name. ``problem`` is a sentence about its row. ``known`` is the call of the same content.
    """

    facts: Facts
    from_table: frozenset[str] = frozenset()
    problem: str | None = None
    known: Registered | None = None


def listen(desk: Desk, path: Path) -> Sound:
    """Decode one file as taking it in would."""
    try:
        return Sound(recording=hear(desk, path))
    except QAError as error:
        return Sound(problem=error.message)


def preview(desk: Desk, batch: Batch, path: Path, sha256: str | None) -> Preview:
    """The facts of one file of a batch, with the call that has its content already.

    Raises:
        StoreUnavailable: the database cannot be reached.
    """
    facts, entry = told(desk, batch, path)
    known = None
    if sha256 is not None:
        with desk.database.read() as tx:
            known = find_sha256(tx, sha256)
    named = read_name(path, desk.settings.zone, desk.patterns)
    said = frozenset(name for name in _FIELDS if _from_table(name, facts, named, entry))
    return Preview(facts, said, problem_of(batch, path, entry), known)


def _from_table(name: str, facts: Facts, named: Facts, entry: Entry | None) -> bool:
    # The table may know the person behind an extension that only the file's name tells.
    told_by_row = entry is not None and getattr(entry.facts, name) is not None
    return told_by_row or getattr(facts, name) != getattr(named, name)
