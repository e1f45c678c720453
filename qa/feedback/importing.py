"""A file in: read, understood, made private, joined to calls, stored; every row accounted for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import shown_name
from qa.feedback.cells import typed
from qa.feedback.columns import mapped
from qa.feedback.contract import PROBLEM, Choices, Dates, House, Importer
from qa.feedback.keys import with_keys
from qa.feedback.linking import linked
from qa.feedback.outcomes import Outcome, Rejected, rejected_of
from qa.feedback.shipped import reading_of, shipped_reading
from qa.feedback.tables import Table, read_table
from qa.ingest.customers import region_of, site_key
from qa.store.kinds import ImportKind
from qa.store.voice.import_log import Origin, Source

if TYPE_CHECKING:
    import polars as pl

    from qa.settings import Settings
    from qa.store.database import Database

__all__ = ["Outcome", "Prepared", "Rejected", "house_of", "import_file", "prepare", "store", "try_out"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table understood, with nothing stored yet.

    ``rows`` are those of the store with their ``key``; one that cannot be used has its ``problem``. ``keep``
    is what is remembered of the source when the rows are stored.
    """

    importer: Importer
    table: Table
    choices: Choices
    dates: Dates | None
    rows: "pl.DataFrame"
    source: str
    keep: Source

    def good(self) -> "pl.DataFrame":
        """Rows that can be stored, each once."""
        return self.rows.filter(self.rows[PROBLEM].is_null()).unique("key", keep="first", maintain_order=True)

    def outcome(self, imported: int, updated: int, linked_rows: int) -> Outcome:
        """What became of it, when so many rows were new, were completed, belong to calls."""
        stored = self.rows[PROBLEM].null_count()
        return Outcome(
            read=self.table.cells.height + len(self.table.lost),
            imported=imported,
            updated=updated,
            already=stored - imported - updated,
            linked=linked_rows,
            rejected=rejected_of(self.table, self.rows),
            mapping=self.choices.mapping,
            unused=tuple(column for column in self.table.header if column not in self.choices.mapping),
            dates=self.dates,
        )


def house_of(settings: "Settings") -> House:
    """What an import needs to know of the site.

    Raises:
        InvalidSetting: the site's key file cannot be used.
    """
    return House(settings.zone, site_key(settings.keys_dir), region_of(settings.zone))


def import_file(
    database: "Database", importer: Importer, path: Path, said: Choices, at: tuple[House, str]
) -> Outcome:
    """Take a file in. ``at`` is the site, and the name of the source whose mapping is used and kept.

    Raises:
        BadMetadata: the file cannot be read or understood; nothing was stored.
        StoreUnavailable: the database cannot be reached; the chunks before that are kept, and coming again
            adds the rest.
    """
    table = read_table(path, importer.headless)
    prepared = prepare(importer, table, said, kept_of(database, importer, at[1]), at)
    return store(database, prepared, path, Origin())


def kept_of(database: "Database", importer: Importer, name: str, like: str | None = None) -> Source:
    """How files of a source are read: as the last one was, else as a shipped reading says.

    ``like`` names the reading; without it the one of the source's own name counts.

    Raises:
        NotFound: there is no reading called ``like`` for this kind.
    """
    from qa.store.voice.import_log import look_source

    with database.read() as tx:
        found = look_source(tx, importer.kind, name)
    if like is not None:
        return shipped_reading(importer, like)
    return found if found.mapping else (reading_of(importer, name) or found)


def prepare(importer: Importer, table: Table, said: Choices, kept: Source, at: tuple[House, str]) -> Prepared:
    """Understand a table; nothing is stored. ``kept`` is how files of the source were read before.

    Raises:
        BadMetadata: a needed column is not known, or the order of dates cannot be told.
    """
    house, name = at
    mapping = mapped(table.header, importer, said, kept.mapping)
    choices = Choices(mapping, said.dates or _dates(kept.dates), said.scale or kept.scale)
    cells, dates = typed(table.cells, importer, choices, house)
    rows = with_keys(importer.shape(cells, choices), importer.identity, f"{importer.kind.value}/{name}")
    keep = replace(kept, mapping=mapping, dates=said.dates or kept.dates, scale=choices.scale)
    return Prepared(importer, table, choices, dates, rows, name, keep)


def try_out(database: "Database", prepared: Prepared) -> Outcome:
    """What storing would do; nothing is stored."""
    from qa.store.voice.feedback import known_rows

    kind, good = prepared.importer.kind, prepared.good()
    known = known_rows(database, kind, good["key"])
    return prepared.outcome(good.height - known, 0, _belonging(linked(database, kind, good)))


def store(
    database: "Database",
    prepared: Prepared,
    path: Path,
    origin: Origin,
    tell: Callable[[int], object] = id,
) -> Outcome:
    """Store the rows, and remember how the source is read. ``tell`` is told how many rows are done.

    Raises:
        StoreUnavailable: the database cannot be reached; the chunks before that are kept, and coming again
            adds the rest.
    """
    from qa.feedback.aspects import read_aspects_of_import
    from qa.store.voice.feedback import save_replies, save_rows
    from qa.store.voice.import_log import keep_source, note_import
    from qa.store.voice.sentiments import set_waiting

    kind = prepared.importer.kind
    with database.write() as tx:
        source_id = int(keep_source(tx, kind, prepared.source, prepared.keep).id or 0)
    good = linked(database, kind, prepared.good())
    saved = save_rows(database, kind, _columns(good, kind, source_id), tell)
    if kind is ImportKind.COMMENTS:
        save_replies(database, good.filter(good["reply"].is_not_null()))
        read_aspects_of_import(database)
    outcome = prepared.outcome(saved.imported, saved.updated, _belonging(good))
    counts = {name: getattr(outcome, name) for name in ("read", "imported", "updated", "already")}
    told = {"rejected": outcome.rejected.rows.height, "reasons": outcome.rejected.reasons}
    with database.write() as tx:
        note_import(tx, source_id, shown_name(path), {**counts, **told}, origin)
        if "text" in good.columns:
            set_waiting(tx, waiting=True)
    return outcome


def _belonging(rows: "pl.DataFrame") -> int:
    return rows.height - rows["call_id"].null_count() if "call_id" in rows.columns else 0


def _dates(kept: str | None) -> Dates | None:
    known: tuple[Dates, ...] = ("dmy", "mdy", "jalali", "iso")
    return next((one for one in known if one == kept), None)


def _columns(rows: "pl.DataFrame", kind: ImportKind, source_id: int) -> "pl.DataFrame":
    """The columns of the table, and no others."""
    import polars as pl

    from qa.store.voice.feedback import TABLES

    named = rows.rename({"id": "external_id"}) if "id" in rows.columns else rows
    wanted = [column.name for column in TABLES[kind].columns if column.name in named.columns]
    return named.select(pl.lit(source_id).alias("source_id"), *wanted)
