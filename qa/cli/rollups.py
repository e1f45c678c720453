"""``rollups``: the sums that pages read, how they stand, made anew, checked against the rows."""

import random
from dataclasses import asdict
from typing import Annotated

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_json, print_line, print_table
from qa.errors import QAError

Sample = Annotated[int, typer.Option(help="How many parts of weeks to check, drawn at random.", min=1)]
Every = Annotated[bool, typer.Option("--all", help="Check all of them.")]
Seed = Annotated[int | None, typer.Option(help="Draw the same ones again.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(
        help="Sums that pages read in place of rows.",
        no_args_is_help=True,
        rich_markup_mode=None,
        callback=lambda: None,
    )
    group.command("status")(status)
    group.command("rebuild")(rebuild)
    group.command("verify")(verify)
    app.add_typer(group, name="rollups")


def status(as_json: AsJson = False) -> None:
    """What is kept of each kind, and how many days changed since; pages count these from the rows."""
    from qa.store.rollups import keeping

    settings = setup.site()
    found = keeping.status(setup.opened(settings), settings.zone)
    if as_json:
        for one in found:
            print_json(asdict(one))
        return
    columns = ("kind", "parts", "cells", "bytes", "changed days", "not kept")
    print_table("Sums by parts of weeks", columns, [tuple(asdict(one).values()) for one in found])


def rebuild(as_json: AsJson = False) -> None:
    """Sum everything anew. Pages stay right meanwhile; one that was cut off goes on when asked again."""
    from qa.store.rollups import keeping

    settings = setup.site()
    database = setup.ready(settings)
    total = 0
    with file_progress(100, "summing") as bar:
        for done, total in keeping.rebuild(database, settings.zone):
            bar.to(100 * done // max(1, total), "summing")
    if as_json:
        print_json({"parts": total})
        return
    print_line(f"{total} parts summed.")


def verify(sample: Sample = 20, every: Every = False, seed: Seed = None, as_json: AsJson = False) -> None:
    """Sum a sample anew and compare; exit code 2 names the first cell that differs. Nothing is changed."""
    from qa.store.rollups import verify as checking

    settings = setup.site()
    database = setup.opened(settings)
    parts = checking.kept_parts(database)
    chosen = random.randrange(2**31) if seed is None else seed  # noqa: S311 (a sample, no secret)
    drawn = parts if every else checking.sample(parts, sample, chosen)
    with file_progress(len(drawn), "checking") as bar:
        for done, part in enumerate(drawn):
            bar.to(done, "checking")
            for difference in checking.check(database, settings.zone, part):
                raise QAError(f"{difference}; run `python -m qa rollups rebuild`.")
    if as_json:
        print_json({"checked": len(drawn), "kept": len(parts), "seed": None if every else chosen})
        return
    drawn_with = "" if every else f" (seed {chosen})"
    print_line(f"{len(drawn)} of {len(parts)} parts checked{drawn_with}, every cell is what its rows sum to.")
