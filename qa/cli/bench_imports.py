"""``bench imports``: how long many rows take to come in, and to come in again."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.printing import print_json, print_line

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.database import Database

Rows = Annotated[int, typer.Option(help="How many survey rows.", min=1, max=20_000_000)]
Texts = Annotated[int, typer.Option(help="How many different texts among them.", min=0)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def imports(rows: Rows = 1_000_000, texts: Texts = 1000, as_json: AsJson = False) -> None:
    """Import generated surveys with numbers of customers twice, in a folder that is removed after.

    Prints seconds on the clock and of processors (helpers counted), for new rows and for the same file again.
    """
    from qa.settings import read_settings
    from qa.store.database import Database
    from qa.store.engine.migrate import upgrade

    with tempfile.TemporaryDirectory(prefix="qa-bench-") as folder:
        settings = read_settings(data_dir=Path(folder), database_url=None)
        upgrade(settings.url)
        database = Database.open(settings.url)
        path = Path(folder) / "surveys.csv"
        _write(path, rows, texts)
        runs = [_timed(database, settings, path) for _ in range(2)]
        database.close()
    shape = {"rows": rows, "texts": texts, "new": runs[0], "again": runs[1]}
    if as_json:
        print_json(shape)
        return
    for name, run in (("new", runs[0]), ("again", runs[1])):
        print_line(
            f"{rows} rows {name}: {run['seconds']} s on the clock, {run['cpu_seconds']} s of processors"
            f" ({run['imported']} imported)."
        )


def _write(path: Path, rows: int, texts: int) -> None:
    """Surveys of eight months with mobile numbers; the same for the same number of rows."""
    import numpy as np
    import polars as pl

    random = np.random.default_rng(rows)
    words = pl.Series([f"The parcel of order {n} was late" for n in range(texts)] or [""])
    frame = pl.DataFrame(
        {
            "id": np.arange(rows),
            "answered": 1_760_000_000 + random.integers(0, 20_000_000, rows),
            "csat": random.integers(1, 6, rows),
            "customer": random.integers(9_120_000_000, 9_130_000_000, rows),
            "text": random.integers(0, max(1, texts), rows),
        }
    )
    customer = ("0" + pl.col("customer").cast(pl.String)).alias("customer")
    frame.with_columns(customer, words[frame["text"]].alias("text")).write_csv(path)


def _timed(database: "Database", settings: "Settings", path: Path) -> dict[str, float]:
    import os

    from qa.feedback import Choices, house_of, import_file
    from qa.feedback.surveys import SURVEYS

    begun, used = time.monotonic(), sum(os.times()[:4])
    found = import_file(database, SURVEYS, path, Choices({}), (house_of(settings), "bench"))
    return {
        "imported": found.imported,
        "seconds": round(time.monotonic() - begun, 1),
        "cpu_seconds": round(sum(os.times()[:4]) - used, 1),
    }
