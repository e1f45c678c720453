"""A file in: read, understood, made private, joined to calls, stored; every row accounted for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import shown_name
from qa.feedback.cells import typed
from qa.feedback.columns import mapped
from qa.feedback.contract import PROBLEM, ROW, Choices, Dates, House, Importer
from qa.feedback.keys import with_keys
from qa.feedback.tables import Table, read_table
from qa.ingest.customers import region_of, site_key
from qa.store.kinds import ImportKind

if TYPE_CHECKING:
    import polars as pl

    from qa.settings import Settings
    from qa.store.database import Database
    from qa.store.feedback import Source

BEFORE, AFTER = timedelta(days=90), timedelta(days=1)
"""How far from its rows a file's calls may lie."""

LINKED = {ImportKind.SURVEYS: "answered_at", ImportKind.QUEUE_LOG: "at", ImportKind.CDR: "started_at"}
"""Kinds whose rows belong to calls, and the column with their moment."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Rows that could not be used: ``row``, ``reason``, and the cells of the file."""

    rows: "pl.DataFrame"

    @property
    def reasons(self) -> list[tuple[str, int, int]]:
        """Reason, how many rows, the first of them; the commonest first."""
        import polars as pl

        counted = self.rows.group_by("reason").agg(pl.len().alias("n"), pl.col("row").min())
        return counted.sort(["n", "reason"], descending=[True, False]).rows()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file.

    Attributes:
        read: rows of the file. A survey row with several questions makes several rows of the store.
        stored: rows that were to be stored: ``imported`` new ones, ``updated`` ones that got an answer or a
            call, and ``already`` that changed nothing.
        linked: how many of them belong to a call.
        mapping, unused: from column to field, and columns that are none.
        dates: how the dates were read; ``None`` where the year comes first.
    """

    read: int
    imported: int
    updated: int
    already: int
    linked: int
    rejected: Rejected
    mapping: dict[str, str]
    unused: tuple[str, ...]
    dates: Dates | None


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
    from qa.store.feedback import find_source, keep_source, note_import, save_replies, save_rows

    house, name = at
    table = read_table(path, importer.headless)
    with database.write() as tx:
        source = find_source(tx, importer.kind, name)
    choices = _choices(importer, table, said, source)
    cells, dates = typed(table.cells, importer, choices, house)
    rows = with_keys(importer.shape(cells, choices), importer.identity, f"{importer.kind.value}/{name}")
    good = rows.filter(_fine()).unique("key", keep="first", maintain_order=True)
    good = _linked(database, importer.kind, good)
    saved = save_rows(database, importer.kind, _columns(good, importer.kind, source.id))
    if importer.kind is ImportKind.COMMENTS:
        save_replies(database, good.filter(good["reply"].is_not_null()))
    rejected = _rejected(table, rows)
    stored = rows.filter(_fine()).height
    counts = {
        "read": table.cells.height + len(table.lost),
        "imported": saved.imported,
        "updated": saved.updated,
        "already": stored - saved.imported - saved.updated,
        "rejected": rejected.rows.height,
    }
    with database.write() as tx:
        kept = replace(source, mapping=choices.mapping, dates=said.dates or source.dates, scale=choices.scale)
        keep_source(tx, kept)
        note_import(tx, source.id, shown_name(path), counts)
    counts.pop("rejected")
    linked = good.height - good["call_id"].null_count() if "call_id" in good.columns else 0
    unused = tuple(column for column in table.header if column not in choices.mapping)
    return Outcome(
        **counts, linked=linked, rejected=rejected, mapping=choices.mapping, unused=unused, dates=dates
    )


def _choices(importer: Importer, table: Table, said: Choices, source: "Source") -> Choices:
    """What is said now, else what was kept, else what the headers mean."""
    mapping = mapped(table.header, importer, said.mapping, source.mapping)
    return Choices(mapping, said.dates or _dates(source.dates), said.scale or source.scale)


def _dates(kept: str | None) -> Dates | None:
    known: tuple[Dates, ...] = ("dmy", "mdy", "jalali", "iso")
    return next((one for one in known if one == kept), None)


def _fine() -> "pl.Expr":
    import polars as pl

    return pl.col(PROBLEM).is_null()


def _linked(database: "Database", kind: ImportKind, rows: "pl.DataFrame") -> "pl.DataFrame":
    """The rows with their calls, where the kind has any."""
    import polars as pl

    from qa.analytics.attribution import attribute
    from qa.store.feedback_frames import calls_to_link

    if kind not in LINKED:
        return rows
    moment = LINKED[kind]
    nothing = [pl.lit(None, pl.Int64).alias("call_id"), pl.lit(None, pl.String).alias("linked_by")]
    moments = rows[moment].drop_nulls()
    first, last = moments.min(), moments.max()
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return rows.with_columns(nothing)
    known = calls_to_link(database, first - BEFORE, last + AFTER)
    if known.is_empty():
        return rows.with_columns(nothing)
    numbered = rows.with_row_index("place")
    is_survey = kind is ImportKind.SURVEYS
    asked = numbered.select(
        pl.col("place").alias("row"),
        pl.col("call_ref" if is_survey else "unique_id").alias("call_ref"),
        pl.col("customer_hash") if is_survey else pl.lit(None, pl.String).alias("customer_hash"),
        pl.col(moment).alias("answered_at"),
    )
    found = attribute(asked.lazy(), known.lazy()).collect()
    return rows.with_columns(found["call_id"], found["linked_by"])


def _columns(rows: "pl.DataFrame", kind: ImportKind, source_id: int) -> "pl.DataFrame":
    """The columns of the table, and no others."""
    import polars as pl

    from qa.store.feedback import TABLES

    named = rows.rename({"id": "external_id"}) if "id" in rows.columns else rows
    wanted = [column.name for column in TABLES[kind].columns if column.name in named.columns]
    return named.select(pl.lit(source_id).alias("source_id"), *wanted)


def _rejected(table: Table, rows: "pl.DataFrame") -> Rejected:
    import polars as pl

    schema = {ROW: pl.Int64, "reason": pl.String}
    lost = pl.DataFrame(list(table.lost), schema=schema, orient="row")
    problems = (
        rows.filter(~_fine()).select(ROW, pl.col(PROBLEM).alias("reason")).unique(ROW, maintain_order=True)
    )
    every = pl.concat([problems.cast(schema), lost]).sort(ROW)  # type: ignore[arg-type]
    own = {name: f"{name} of the file" for name in (ROW, "reason") if name in table.header}
    cells = table.cells.with_columns(pl.col("").cast(pl.Int64)).rename(own | {"": ROW})
    return Rejected(every.join(cells, on=ROW, how="left", maintain_order="left"))
