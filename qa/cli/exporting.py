"""``export``: stored rows as CSV, JSON lines or Parquet."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_line
from qa.errors import WriteFailed

if TYPE_CHECKING:
    import polars as pl

    from qa.store.database import Database, Transaction

PAGE = 500


class What(StrEnum):
    """What can be exported."""

    CALLS = "calls"
    EVALUATIONS = "evaluations"
    TRANSCRIPTS = "transcripts"
    MEASURES = "measures"
    REVIEWS = "reviews"
    DISPUTES = "disputes"
    CALIBRATIONS = "calibrations"
    CORRECTIONS = "corrections"
    SURVEYS = "surveys"
    COMMENTS = "comments"
    COMPLAINTS = "complaints"


class Format(StrEnum):
    """How it is written. JSON is one object a line."""

    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


Kind = Annotated[What, typer.Argument(help="Which rows.")]
Out = Annotated[Path, typer.Option(help="The file to write.")]
Form = Annotated[Format, typer.Option("--format", help="csv, json (one object a line) or parquet.")]

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
COMPLAINTS = {"call": "String", "utterance": "Int64", "start": "Float64", "quote": "String"}
CORRECTIONS = {
    "call": "String",
    "criterion": "String",
    "language": "String",
    "texts": "List",
    "automatic": "String",
    "human": "String",
    "reason": "String",
}
INSIDE = ("agent_id", "team_id", "queue_id", "local_day")
"""Columns that mean nothing outside this database."""


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(export)


def export(what: Kind, out: Out, as_format: Form = Format.CSV) -> None:
    """Write stored rows to a file; an existing file is replaced only when the new one is complete."""
    frame = _frame(what, database := setup.opened(setup.site()))
    setup.audited_alone(database, "exported", f"export:{what.value}", rows=frame.height)
    write_frame(frame, out, as_format)
    print_line(f"{frame.height} rows written to {out.name}.")


def _frame(what: What, database: "Database") -> "pl.DataFrame":
    from qa.store.lists.filters import CallFilter
    from qa.store.lists.read import calls_frame, criteria_frame
    from qa.store.scope import Scope

    if what is What.CALLS:
        return _outside(calls_frame(database, Scope.all(), CallFilter()))
    if what is What.EVALUATIONS:
        return _outside(criteria_frame(database, Scope.all(), CallFilter()))
    if what is What.TRANSCRIPTS:
        return _table(TRANSCRIPTS, _paged(database, _utterances))
    if what in (What.SURVEYS, What.COMMENTS):
        return _feedback(what, database)
    if what in DESK:
        return DESK[what](database)
    columns, read = (COMPLAINTS, _complaints) if what is What.COMPLAINTS else (MEASURES, _measures)
    return _table(columns, _paged(database, read))


def _feedback(what: What, database: "Database") -> "pl.DataFrame":
    from qa.store.scope import Scope
    from qa.store.voice.feedback_frames import comments_frame, surveys_frame

    frame = surveys_frame(database, Scope.all()) if what is What.SURVEYS else comments_frame(database)
    return frame.drop("id", "call_id", strict=False)


def _reviews(database: "Database") -> "pl.DataFrame":
    import polars as pl

    from qa.store.desk.frames import reviews_frame
    from qa.store.scope import Scope

    frame = reviews_frame(database, Scope.all())
    week = pl.col("week").cast(pl.Date)
    hidden = ("call_key", "agent_id", "team_id", "reviewer_id", "now")
    return frame.select(pl.col("call_key").alias("call"), pl.exclude(hidden)).with_columns(week)


def _disputes(database: "Database") -> "pl.DataFrame":
    import polars as pl

    from qa.store.desk.frames import disputes_frame
    from qa.store.scope import Scope

    frame = disputes_frame(database, Scope.all())
    hidden = ("call_key", "agent_id", "team_id", "key")
    return frame.select(
        pl.col("call_key").alias("call"), pl.col("key").alias("criterion"), pl.exclude(hidden)
    )


def _calibrations(database: "Database") -> "pl.DataFrame":
    from qa.store.desk.frames import calibrations_frame

    return calibrations_frame(database)


def _corrections(database: "Database") -> Iterator[tuple[Any, ...]]:
    from qa.store.desk.corrections import corrections

    with database.read() as tx:
        for one in corrections(tx):
            said = (list(one.texts), one.automatic.value, one.human.value, one.reason)
            yield one.call_key, one.criterion, one.language, *said


DESK: "dict[What, Callable[[Database], pl.DataFrame]]" = {
    What.REVIEWS: _reviews,
    What.DISPUTES: _disputes,
    What.CALIBRATIONS: _calibrations,
    What.CORRECTIONS: lambda database: _table(CORRECTIONS, _corrections(database)),
}


def _outside(frame: "pl.DataFrame") -> "pl.DataFrame":
    """The day as a date, the call's key under the name it has elsewhere, no numbers of our own."""
    import polars as pl

    day = pl.col("local_day").cast(pl.Date).alias("day")
    return frame.select(pl.col("call_key").alias("call"), day, pl.exclude("call_key", *INSIDE))


def _table(schema: dict[str, str], rows: Iterator[tuple[Any, ...]]) -> "pl.DataFrame":
    import polars as pl

    types = {n: pl.List(pl.String) if kind == "List" else getattr(pl, kind) for n, kind in schema.items()}
    return pl.DataFrame(list(rows), schema=types, orient="row")


def _paged(database: "Database", read: Any) -> Iterator[tuple[Any, ...]]:
    """What ``read`` gives of every call, the oldest call first; no transaction stays open for long."""
    from qa.store.lists.filters import CallFilter
    from qa.store.lists.listing import Order, PageOf, list_calls
    from qa.store.scope import Scope

    after: str | None = None
    while True:
        with database.read() as tx:
            page = list_calls(tx, Scope.all(), CallFilter(), PageOf(after, PAGE, Order.OLDEST, count=False))
            found = [(row.key, *parts) for row in page.rows for parts in read(tx, row.id)]
        yield from found
        if (after := page.next) is None:
            return


def _utterances(tx: "Transaction", call_id: int) -> Iterator[tuple[Any, ...]]:
    from qa.store.call.findings import load_words

    words = load_words(tx, call_id)
    for u in words.transcript.utterances if words else ():
        times = (u.span.start, u.span.end) if u.span else (None, None)
        yield u.id, u.speaker.value, *times, u.text, u.confidence


def _complaints(tx: "Transaction", call_id: int) -> Iterator[tuple[Any, ...]]:
    from qa.store.call.complaints import complaints_of

    for one in complaints_of(tx, call_id):
        yield one.utterance, one.at, one.quote


def _measures(tx: "Transaction", call_id: int) -> Iterator[tuple[Any, ...]]:
    from qa.store.call.findings import load_measures

    for measure in load_measures(tx, call_id):
        yield measure.name, measure.value, measure.unit, measure.reason.value if measure.reason else None


def write_frame(frame: "pl.DataFrame", out: Path, as_format: Format) -> None:
    """Write a frame; the file appears under its name only when it is whole.

    Raises:
        WriteFailed: the place cannot be written.
    """
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            if as_format is Format.CSV:
                _cells(frame).write_csv(file, datetime_format="%Y-%m-%dT%H:%M:%SZ")
            elif as_format is Format.JSON:
                frame.write_ndjson(file)
            else:
                frame.write_parquet(file)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WriteFailed(f"{out} cannot be written ({error.strerror}); choose another place.") from error


def _cells(frame: "pl.DataFrame") -> "pl.DataFrame":
    """Lists become text joined by '; ', and no cell is one that a spreadsheet would run."""
    import polars as pl
    import polars.selectors as cs

    from qa.text.cells import safe_cell

    flat = frame.with_columns(cs.by_dtype(pl.List(pl.String)).list.join("; "))
    safe = [flat[name].map_elements(safe_cell, pl.String) for name in flat.select(cs.string()).columns]
    return flat.with_columns(safe)
