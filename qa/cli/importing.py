"""``import``: surveys, comments, orders and telephone records from files of other systems."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.exporting import Format, write_frame
from qa.cli.printing import file_progress, print_json, print_line, warn
from qa.errors import QAError, shown_name

if TYPE_CHECKING:
    from qa.feedback import Outcome

DEFAULT_SOURCE = "default"


class What(StrEnum):
    """What a file holds."""

    SURVEYS = "surveys"
    COMMENTS = "comments"
    ORDERS = "orders"
    QUEUE_LOG = "queue-log"
    CDR = "cdr"


class DateOrder(StrEnum):
    """How the dates of a file are written."""

    DMY = "dmy"
    MDY = "mdy"
    JALALI = "jalali"
    ISO = "iso"


Kind = Annotated[What, typer.Argument(help="What the file holds.")]
File = Annotated[Path, typer.Argument(help="CSV, XLSX or JSON lines.")]
Source = Annotated[str, typer.Option(help="Where it comes from; the mapping is kept under this name.")]
Map = Annotated[list[str] | None, typer.Option("--map", help="COLUMN=FIELD, as often as needed.")]
Order = Annotated[
    DateOrder | None, typer.Option("--dates", help="The order of dates, where the file does not show it.")
]
Scale = Annotated[
    int | None, typer.Option(min=2, max=10, help="The highest answer of satisfaction questions.")
]
Out = Annotated[Path | None, typer.Option("--rejected", help="Write the rows that could not be used here.")]
Like = Annotated[
    str | None, typer.Option(help="Read it as one of data/imports is read, such as google-play.")
]
Try = Annotated[bool, typer.Option("--dry-run", help="Say what would become of it; store nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("import")(import_rows)


def import_rows(  # noqa: PLR0913, PLR0917 (one parameter an option)
    what: Kind,
    file: File,
    source: Source = DEFAULT_SOURCE,
    columns: Map = None,
    dates: Order = None,
    scale: Scale = None,
    rejected: Out = None,
    like: Like = None,
    dry_run: Try = False,
    as_json: AsJson = False,
) -> None:
    """Take a table in; rows that are here already change nothing, others are counted by reason."""
    from qa.feedback import IMPORTERS, Choices, house_of, prepare, read_table, store, try_out
    from qa.feedback.columns import read_map
    from qa.feedback.importing import kept_of
    from qa.store.voice.import_log import Origin

    importer = next(one for one in IMPORTERS if one.kind.value == what.value)
    said = Choices(read_map(columns or (), importer), dates.value if dates else None, scale)
    settings = setup.site()
    database = setup.opened(settings)
    kept = kept_of(database, importer, source, like)
    table = read_table(file, importer.headless)
    prepared = prepare(importer, table, said, kept, (house_of(settings), source))
    if dry_run:
        found = try_out(database, prepared)
    else:
        with file_progress(prepared.rows.height, "storing") as bar:
            found = store(database, prepared, file, Origin(), lambda done: bar.to(done, "storing"))
    if rejected is not None:
        write_frame(found.rejected.rows, rejected, Format.CSV)
    if as_json:
        print_json(outcome_shape(file, found))
    else:
        _tell(file, found, "would be imported" if dry_run else "imported")
    if found.read and found.rejected.rows.height == found.read:
        reason = found.rejected.reasons[0][0]
        raise QAError(f"Not one of {found.read} rows of {shown_name(file)} could be used: {reason}.")


def outcome_shape(file: Path, found: "Outcome") -> dict[str, Any]:
    """What became of a file as JSON (docs/formats.md)."""
    return {
        "file": shown_name(file),
        "read": found.read,
        "imported": found.imported,
        "updated": found.updated,
        "already_here": found.already,
        "rejected": found.rejected.rows.height,
        "linked": found.linked,
        "dates": found.dates,
        "mapping": found.mapping,
        "unused": list(found.unused),
        "reasons": [{"reason": why, "rows": n, "first": row} for why, n, row in found.rejected.reasons],
    }


def _tell(file: Path, found: "Outcome", done: str) -> None:
    updated = f", {found.updated} completed" if found.updated else ""
    print_line(
        f"{shown_name(file)}: {found.read} rows read, {found.imported} {done}{updated},"
        f" {found.already} already here, {found.rejected.rows.height} rejected;"
        f" {found.linked} belong to calls."
    )
    print_line(
        "Columns: " + ", ".join(f"{column} → {field}" for column, field in found.mapping.items()) + "."
    )
    if found.dates:
        print_line(f"Dates are read as {found.dates}.")
    if found.unused:
        print_line(f"Not used: {', '.join(found.unused)}.")
    for reason, count, first in found.rejected.reasons:
        warn(f"{count} rows rejected, the first is row {first}: {reason}.")
