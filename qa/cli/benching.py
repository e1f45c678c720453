"""``bench``: how fast the machine does what it must do often, on generated calls, and how well it hears."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import bench_listening
from qa.cli.bench_fuzz import fuzz
from qa.cli.bench_imports import imports
from qa.cli.bench_jobs import jobs
from qa.cli.bench_live import live
from qa.cli.bench_load import load
from qa.cli.bench_pages import pages
from qa.cli.bench_redact import redact
from qa.cli.bench_score import score
from qa.cli.bench_search import search
from qa.cli.bench_sentiment import sentiment
from qa.cli.bench_start import start
from qa.cli.bench_statistics import statistics
from qa.cli.bench_transcribe import transcribe
from qa.cli.bench_voices import diarise
from qa.cli.printing import file_progress, print_json, print_line

if TYPE_CHECKING:
    from qa.store.database import Database

Calls = Annotated[int, typer.Option(help="How many generated calls.", min=1, max=1_000_000)]
Language = Annotated[str, typer.Option(help="fa or en: their language.")]
Plain = Annotated[
    bool, typer.Option("--plain", help="Phrase, order and measure judges alone, without examples and manner.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(
        help="Measure this machine.", no_args_is_help=True, rich_markup_mode=None, callback=lambda: None
    )
    group.command("rescore")(rescore)
    group.command("diarise")(diarise)
    group.command("transcribe")(transcribe)
    group.command("live")(live)
    group.command("sentiment")(sentiment)
    group.command("score")(score)
    group.command("redact")(redact)
    group.command("imports")(imports)
    group.command("fuzz")(fuzz)
    group.command("load")(load)
    group.command("start")(start)
    group.command("jobs")(jobs)
    group.command("statistics")(statistics)
    group.command("pages")(pages)
    group.command("search")(search)
    bench_listening.add_to(group)
    app.add_typer(group, name="bench")


def rescore(
    calls: Calls = 2000, language: Language = "fa", plain: Plain = False, as_json: AsJson = False
) -> None:
    """Score generated calls of twenty turns again under a new version; in a folder that is removed after.

    Prints calls a second of one processor core: reading, judging, and writing evaluations with evidence.
    """
    from qa.demo.spoken import write_spoken
    from qa.store.database import Database
    from qa.store.engine.migrate import upgrade

    with tempfile.TemporaryDirectory(prefix="qa-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        database = Database.open(url)
        with file_progress(calls, "writing calls") as bar:
            for written in write_spoken(database, calls, "fa" if language == "fa" else "en"):
                bar.to(written, "writing calls")
        shape = _measured(database, calls, language, plain=plain)
        database.close()
    if as_json:
        print_json(shape)
        return
    print_line(
        f"{shape['calls']} calls in {shape['cpu_seconds']} s of one core ({shape['seconds']} s on the clock):"
        f" {shape['calls_per_cpu_second']} calls a second a core."
    )


def _measured(database: "Database", calls: int, language: str, *, plain: bool) -> dict[str, object]:
    from qa.evaluate.plain_card import plain as without_examples
    from qa.measure import default_limits
    from qa.pipeline import Options
    from qa.rescore import claim
    from qa.scorecard import default_scorecard, shipped_texts
    from qa.store.card.scorecards import publish
    from qa.store.work.runs import Wanted, open_run

    card = default_scorecard(language)
    text = shipped_texts()[card.id].replace(f"version: {card.version}", f"version: {card.version + 1}", 1)
    text = without_examples(text) if plain else text
    with database.write() as tx:
        publish(tx, card.id, card.version + 1, text, language=card.language)
        open_run(tx, Wanted(card.id, card.version + 1), "bench")
    job = claim(database, Options(default_limits()))
    begun, clock, scored = time.process_time(), time.monotonic(), 0
    with file_progress(calls, "scoring") as bar:
        for chunk in job.steps() if job else ():
            scored += len(chunk.scored)
            bar.to(scored, "scoring")
    used, waited = time.process_time() - begun, time.monotonic() - clock
    return {
        "calls": scored,
        "cpu_seconds": round(used, 2),
        "seconds": round(waited, 2),
        "calls_per_cpu_second": round(scored / used),
    }
