"""``sentiment``: texts of a table to label, score and language; imported texts; learning from corrections."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from qa.cli import setup
from qa.cli.printing import file_progress, print_line, print_table
from qa.errors import QAError, shown_name

if TYPE_CHECKING:
    import polars as pl

Source = Annotated[Path, typer.Argument(help="A table: .csv, .xlsx or .jsonl.", metavar="FILE")]
Column = Annotated[str, typer.Option(help="The column with the texts.")]
Out = Annotated[Path, typer.Option(help="Where to write: .csv, .xlsx or .jsonl.")]
Publish = Annotated[bool, typer.Option("--publish", help="Use the new model from now on.")]
Use = Annotated[
    int | None, typer.Option("--use", min=0, help="Go to a version made before; 0 is the shipped one.")
]
KINDS = (".csv", ".xlsx", ".jsonl")
ADDED = ("sentiment", "score", "language")


class _FileOrCommand(TyperGroup):
    """``sentiment FILE …`` as well as ``sentiment retrain``: what is no command's name is a file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the name of the command for files before a file."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["file", *args]
        return super().parse_args(ctx, args)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    text = (
        "Sentiment of a table of texts (sentiment FILE --column TEXT --out FILE), and the site's own model."
    )
    group = typer.Typer(cls=_FileOrCommand, help=text, no_args_is_help=True, rich_markup_mode=None)
    for name, command in (("file", sentiment), ("read", read), ("retrain", retrain)):
        group.command(name)(command)
    app.add_typer(group, name="sentiment")


def sentiment(file: Source, column: Column, out: Out) -> None:
    """Add sentiment (negative, neutral, positive), score (-1 to 1) and language to a table of texts."""
    import polars as pl

    from qa.sentiment.kept import Kept

    if out.suffix.lower() not in KINDS:
        raise QAError(f"--out {out.name} has no known kind; end it with .csv, .xlsx or .jsonl.")
    table = read_table(file)
    if column not in table.columns:
        raise QAError(f"{file.name} has no column {column!r}; it has {', '.join(table.columns)}.")
    taken = [name for name in ADDED if name in table.columns]
    if taken:
        raise QAError(f"{file.name} already has the column {taken[0]!r}; rename it first.")
    texts = [str(text) if text is not None else "" for text in table[column].to_list()]
    with file_progress(len(texts), "reading") as bar:
        found = Kept(setup.site().data_dir / "cache").sentiments(texts, lambda done: bar.to(done, "reading"))
    added = [
        pl.Series("sentiment", [one.label for one in found], pl.String),
        pl.Series("score", [round(one.score, 3) for one in found], pl.Float64),
        pl.Series("language", [one.language for one in found], pl.String),
    ]
    _write(table.with_columns(added), out)
    print_line(f"{len(texts)} texts written to {shown_name(out)}.")


def read() -> None:
    """Read the sentiment of imported comments and surveys now; else the worker does so between its calls."""
    from qa.feedback.reading import read_texts

    settings = setup.site()
    with file_progress(100, "reading") as bar:
        done = read_texts(
            setup.opened(settings), settings, lambda some, every: bar.to(100 * some // every, "reading")
        )
    print_line(f"{done} texts were read.")


def retrain(publish: Publish = False, version: Use = None) -> None:
    """Learn from people's corrections; shows the figures before and after, and keeps it with --publish."""
    from qa.feedback import models

    settings = setup.site()
    database = setup.opened(settings)
    if version is not None:
        models.use(database, version)
        setup.audited_alone(database, "setting changed", "setting:sentiment_model", version=version)
        print_line(f"Sentiment model {version} is in use; texts are read again with it.")
        return
    made = models.retrain(database, settings)
    rows = [
        (name, f"{before:.3f}", f"{after:.3f}")
        for name, before, after in (
            ("corrected texts read right", made.before.corrected, made.after.corrected),
            ("macro-F1 on the seeds", made.before.seeds, made.after.seeds),
        )
    ]
    print_table(f"{made.corrections} corrections", ("texts left out of the fit", "before", "after"), rows)
    if publish:
        kept = models.publish(database, settings, made)
        setup.audited_alone(database, "setting changed", "setting:sentiment_model", version=kept.version)
        print_line(f"Sentiment model {kept.version} is in use; texts are read again with it.")
    else:
        print_line("Nothing has changed; --publish uses the new model.")


def read_table(path: Path) -> "pl.DataFrame":
    """A table with every cell as text.

    Raises:
        QAError: the file is missing, of another kind, or cannot be read as what it says it is.
    """
    import polars as pl

    from qa.ingest.sheets import read_sheet

    kind = path.suffix.lower()
    if kind not in KINDS:
        raise QAError(f"{path.name} is no table that can be read; use .csv, .xlsx or .jsonl.")
    if kind == ".csv":
        sheet = read_sheet(path)
        rows = [(*row.cells, *[""] * len(sheet.header))[: len(sheet.header)] for row in sheet.rows]
        return pl.DataFrame(rows, schema=dict.fromkeys(sheet.header, pl.String), orient="row")
    if not path.is_file():
        raise QAError(f"{path.name} is not there; check the path.")
    try:
        if kind == ".xlsx":
            return pl.read_excel(path, infer_schema_length=0)
        rows_read = [json.loads(line) for line in path.read_text(encoding="utf-8-sig").splitlines() if line]
        return pl.DataFrame(rows_read, infer_schema_length=None)
    except Exception as error:  # the readers of spreadsheets raise their own kinds
        raise QAError(f"{path.name} cannot be read as {kind}; save it again as CSV (UTF-8).") from error


def _write(table: "pl.DataFrame", out: Path) -> None:
    from qa.text.cells import safe_cell, safe_names

    if out.suffix.lower() == ".jsonl":
        table.write_ndjson(out)
        return
    import polars as pl

    safe = table.with_columns(
        pl.Series(name, [safe_cell(value) for value in table[name].to_list()], pl.String)
        for name in table.columns
        if table[name].dtype == pl.String
    )
    safe = safe.rename(safe_names(safe.columns))
    if out.suffix.lower() == ".csv":
        safe.write_csv(out, include_bom=True)
    else:
        safe.write_excel(out)
