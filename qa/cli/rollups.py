"""``rollups``: the sums and open matters that pages read, how they stand, made anew, checked against rows."""

import random
from dataclasses import asdict
from typing import Annotated

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_json, print_line, print_table
from qa.errors import QAError

AGAIN = "run `python -m qa rollups rebuild`."

Sample = Annotated[
    int, typer.Option(help="How many parts of weeks to check, and places among customers; drawn.", min=1)
]
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
    group.command("rezone")(rezone)
    app.add_typer(group, name="rollups")


def status(as_json: AsJson = False) -> None:
    """What is kept of each kind, and how many days changed since; pages count these from the rows. Of matters
    that customers were left alone with: rows, and customers that changed.
    """
    from qa.store.care import checking
    from qa.store.rollups import keeping

    settings = setup.site()
    database = setup.opened(settings)
    kept = checking.status(database)
    matters = keeping.KindStatus("matters", 0, kept.rows, kept.bytes, kept.marked, int(not kept.whole))
    found = (*keeping.status(database, settings.zone), matters)
    if as_json:
        for one in found:
            print_json(asdict(one))
        return
    columns = ("kind", "parts", "cells", "bytes", "changed", "not kept")
    print_table("Sums by parts of weeks", columns, [tuple(asdict(one).values()) for one in found])


def rebuild(as_json: AsJson = False) -> None:
    """Make everything anew. Pages stay right meanwhile; one that was cut off goes on when asked again."""
    from qa.store.care import checking
    from qa.store.rollups import keeping

    settings = setup.site()
    database = setup.ready(settings)
    total = 0
    with file_progress(100, "summing") as bar:
        for done, total in keeping.rebuild(database, settings.zone):
            bar.to(100 * done // max(1, total), "summing")
    with file_progress(100, "open matters") as bar:
        for done, whole in checking.rebuild(database):
            bar.to(100 * done // max(1, whole), "open matters")
    matters = checking.status(database).rows
    if as_json:
        print_json({"parts": total, "matters": matters})
        return
    print_line(f"{total} parts summed, {matters} open matters kept.")


def verify(sample: Sample = 20, every: Every = False, seed: Seed = None, as_json: AsJson = False) -> None:
    """Make a sample anew and compare; exit code 2 names the first that differs. Nothing is changed."""
    from qa.store.care import checking as matters
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
                raise QAError(f"{difference}; {AGAIN}")
    customers = None if every else matters.drawn(database, sample, chosen)
    for wrong in matters.check(database, customers):
        raise QAError(f"{wrong}; {AGAIN}")
    if as_json:
        told = {"checked": len(drawn), "kept": len(parts), "seed": None if every else chosen}
        print_json(told | {"customers": None if customers is None else len(customers)})
        return
    drawn_with = "" if every else f" (seed {chosen})"
    whose = "all customers" if customers is None else f"{len(customers)} customers"
    print_line(
        f"{len(drawn)} of {len(parts)} parts checked{drawn_with}, every cell is what its rows sum to;"
        f" open matters of {whose} are what happened."
    )


def rezone(as_json: AsJson = False) -> None:
    """Work out anew on which day each call was, after QA_TIME_ZONE changed. Stop the desk and its workers
    first; one that was cut off goes on when asked again.
    """
    from qa.store.rollups import rezone as moving
    from qa.store.site_zone import zone_of

    settings = setup.site()
    database = setup.whatever_zone(settings)
    moving.nobody_works(database, settings.worker_silence)
    with database.read() as tx:
        was = zone_of(tx)
    setup.audited_alone(database, "setting changed", "setting:time zone", was=was, to=settings.time_zone)
    with file_progress(100, "days of calls") as bar:
        for done, total in moving.rezone(database, settings.zone):
            bar.to(100 * (done.calls + done.comments) // max(1, total), "days of calls")
    told = {"was": was, "zone": done.to, "calls": done.moved, "stayed": done.stayed}
    if as_json:
        print_json(told)
        return
    stayed = f" {done.stayed} stay on days from which something was removed." if done.stayed else ""
    print_line(f"{done.moved} calls moved to their days in {done.to}.{stayed} Start desk and workers again.")
