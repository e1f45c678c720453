"""``export``: stored rows as CSV, JSON lines or Parquet."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_line
from qa.errors import WriteFailed

if TYPE_CHECKING:
    import polars as pl

    from qa.store.database import Database


class What(StrEnum):
    """What can be exported."""

    CALLS = "calls"
    EVALUATIONS = "evaluations"
    TRANSCRIPTS = "transcripts"
    MEASURES = "measures"


class Format(StrEnum):
    """How it is written. JSON is one object a line."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(export)


def export(
    what: Annotated[What, typer.Argument(help="Which rows.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    as_format: Annotated[Format, typer.Option("--format", help="csv, json or parquet.")] = Format.CSV,
) -> None:
    """Write stored rows to a file; an existing file is replaced only when the new one is complete."""
    database = setup.opened(setup.site())
    frame = _frame(what, database)
    _write(frame, out, as_format)
    print_line(f"{frame.height} rows written to {out.name}.")


def _frame(what: What, database: "Database") -> "pl.DataFrame":
    import polars as pl

    from qa.store.filters import CallFilter
    from qa.store.read import calls_frame, criteria_frame
    from qa.store.scope import Scope

    if what is What.CALLS:
        return calls_frame(database, Scope.all(), CallFilter())
    if what is What.EVALUATIONS:
        return criteria_frame(database, Scope.all(), CallFilter())
    rows = _transcripts(database) if what is What.TRANSCRIPTS else _measures(database)
    schema = TRANSCRIPTS if what is What.TRANSCRIPTS else MEASURES
    return pl.DataFrame(list(rows), schema={name: getattr(pl, kind) for name, kind in schema.items()}, orient="row")


TRANSCRIPTS = {
    "call": "String",
    "utterance": "Int64",
    "speaker": "String",
    "start": "Float64",
    "end": "Float64",
    "text": "String",
    "confidence": "Float64",
}
MEASURES = {"call": "String", "name": "String", "value": "Float64", "unit": "String", "reason": "String"}


def _transcripts(database: "Database") -> Iterator[tuple[Any, ...]]:
    for detail in _details(database):
        for u in detail.transcript.utterances if detail.transcript else ():
            times = (u.span.start, u.span.end) if u.span else (None, None)
            yield (detail.head.key, u.id, u.speaker.value, *times, u.text, u.confidence)


def _measures(database: "Database") -> Iterator[tuple[Any, ...]]:
    for detail in _details(database):
        for m in detail.measures:
            yield (detail.head.key, m.name, m.value, m.unit, m.reason.value if m.reason else None)


def _details(database: "Database") -> Iterator[Any]:
    from qa.store.detail import load_call
    from qa.store.filters import CallFilter
    from qa.store.listing import Order, PageOf, list_calls
    from qa.store.scope import Scope

    after: str | None = None
    while True:
        with database.read() as tx:
            page = list_calls(tx, Scope.all(), CallFilter(), PageOf(after, 500, Order.OLDEST, count=False))
            found = [load_call(tx, row.key, Scope.all()) for row in page.rows]
        yield from found
        if (after := page.next) is None:
            return


def _write(frame: "pl.DataFrame", out: Path, as_format: Format) -> None:
    part = out.with_name(f".{out.name}.part")
    try:
        if as_format is Format.CSV:
            _flat(frame).write_csv(part)
        elif as_format is Format.JSON:
            frame.write_ndjson(part)
        else:
            frame.write_parquet(part)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WriteFailed(f"{out} could not be written ({error.strerror}); choose another place.") from error


def _flat(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Lists become text joined by '; ', and a cell that a spreadsheet would run starts with an apostrophe."""
    import polars as pl
    import polars.selectors as cs

    texts = frame.with_columns(cs.by_dtype(pl.List(pl.String)).list.join("; "))
    risky = cs.string().str.contains(r"^[=+\-@\t\r]")
    return texts.with_columns(pl.when(risky).then(pl.concat_str(pl.lit("'"), cs.string())).otherwise(cs.string()).name.keep())
