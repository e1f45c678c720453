"""Tables that a person brings: looked at, tried, stored, and what became of every one before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dashboard.data.acting import who
from dashboard.data.site import Scope, database, settings
from dashboard.data.uploads import Upload, on_disk
from dashboard.rights import lead
from qa.errors import shown_name
from qa.feedback import IMPORTERS, Choices, Importer, Outcome, house_of, prepare, read_table, store, try_out
from qa.feedback.columns import guessed
from qa.feedback.contract import Dates
from qa.feedback.importing import Prepared, kept_of
from qa.feedback.shipped import Reading, readings
from qa.feedback.signs import ORDERS, Signs, meanings, signs_of
from qa.feedback.tables import Table
from qa.store.kinds import ImportKind
from qa.store.voice import import_log
from qa.store.voice.import_log import Entry, Origin, Source

__all__ = [
    "ORDERS",
    "Choices",
    "Dates",
    "Entry",
    "ImportKind",
    "Importer",
    "Outcome",
    "Prepared",
    "Seen",
    "Signs",
    "Upload",
    "history",
    "importer_of",
    "known_sources",
    "look",
    "meaning",
    "ready",
    "signs",
    "take",
    "tried",
]

ROWS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was read, and how the product would read it.

    ``guess`` is from column to field; ``kept`` is true where it was read so before; ``first`` are its rows.
    """

    name: str
    table: Table
    guess: dict[str, str]
    source: Source
    kept: bool

    @property
    def first(self) -> list[tuple[str | None, ...]]:
        """The first rows, in the order of the header."""
        return self.table.cells.select(self.table.header).head(ROWS_SHOWN).rows()


def importer_of(kind: ImportKind) -> Importer:
    """What is known of files of a kind."""
    return next(one for one in IMPORTERS if one.kind is kind)


def known_sources(kind: ImportKind) -> tuple[tuple[str, ...], tuple[Reading, ...]]:
    """Sources that files of a kind came from, and readings that come along."""
    with database().read() as tx:
        sources = import_log.list_sources(tx, kind)
    return sources, tuple(one for one in readings() if one.kind is kind)


def look(scope: Scope, kind: ImportKind, source: str, upload: Upload) -> Seen:
    """Read a file; nothing is stored.

    Raises:
        PermissionError: the viewer may not import.
        BadMetadata: it cannot be read, or is no table.
        WriteFailed: there is no room for it.
    """
    lead("imports.look", scope)
    importer = importer_of(kind)
    with on_disk([upload], None, frozenset()) as place:
        table = read_table(place.files[upload.id], importer.headless)
    kept = kept_of(database(), importer, source)
    guess = guessed(table.header, importer, kept.mapping, {})
    return Seen(upload.name, table, guess, kept, kept.id is not None)


def signs(seen: Seen, kind: ImportKind, mapping: dict[str, str]) -> Signs:
    """What the dates of a file show of their order."""
    return signs_of(seen.table, importer_of(kind), Choices(mapping))


def meaning(texts: Sequence[str], order: Dates | None) -> tuple[datetime | None, ...]:
    """The moments that cells mean when read in an order; ``None`` for one that is no date in it."""
    return meanings(texts, order, settings().zone)


def ready(scope: Scope, seen: Seen, kind: ImportKind, source: str, choices: Choices) -> Prepared:
    """The rows of a file as they would be stored.

    Raises:
        PermissionError: the viewer may not import.
        BadMetadata: a needed column is missing, or the order of dates is not known.
    """
    lead("imports.ready", scope)
    at = (house_of(settings()), source)
    return prepare(importer_of(kind), seen.table, choices, seen.source, at)


def tried(prepared: Prepared) -> Outcome:
    """What storing would do.

    Raises:
        StoreUnavailable: the database cannot be reached.
    """
    return try_out(database(), prepared)


def take(scope: Scope, prepared: Prepared, name: str, person: str, tell: Callable[[int], object]) -> Outcome:
    """Store the rows of a file; ``person`` brought it.

    Raises:
        PermissionError: the viewer may not import.
        StoreUnavailable: the database cannot be reached; what was stored before stays.
    """
    lead("imports.take", scope)
    return store(database(), prepared, Path(shown_name(name)), Origin("page", person, who()), tell)


def history(scope: Scope, limit: int) -> tuple[tuple[Entry, ...], int]:
    """What became of the newest files, and how many there are.

    Raises:
        PermissionError: the viewer may not import.
    """
    lead("imports.history", scope)
    with database().read() as tx:
        return import_log.list_imports(tx, limit), import_log.count_imports(tx)
