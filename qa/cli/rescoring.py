"""``score``: stored calls against a scorecard, without listening again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_json, print_line
from qa.errors import InvalidSetting

if TYPE_CHECKING:
    from qa.rescore import Chunk, Rescoring
    from qa.store.database import Database

Card = Annotated[
    str | None, typer.Option(help="A scorecard's id or file; default: the assigned one, else by language.")
]
Since = Annotated[str | None, typer.Option(help="First day, 2026-11-22 or 1405-09-01.")]
Beside = Annotated[bool, typer.Option("--beside", help="Leave the evaluations that pages show now.")]
Again = Annotated[bool, typer.Option("--again", help="Judge calls anew that were scored by this version.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
WHO = "the command line"


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(score)
    app.command("score-go-on")(go_on)


def score(
    scorecard: Card = None, since: Since = None, beside: Beside = False, again: Again = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Score stored calls again. Evaluations under other scorecard versions stay.

    A run that was interrupted goes on where it was when the same is asked again.
    """
    from qa.calendar import read_day
    from qa.store.work.runs import Wanted, open_run

    first = read_day(since) if since else None
    settings = setup.site()
    database = setup.ready(settings)
    name, version = _named(database, scorecard)
    wanted = Wanted(name, version, first, current=not beside, again=again)
    with database.write() as tx:
        run = open_run(tx, wanted, WHO)
        setup.audited(tx, "calls rescored", f"run:{run.id}", step="asked", scorecard=name)
    job = _claimed(database, run.id)
    done, kept = 0, 0
    with file_progress(job.run.total, "scoring") as bar:
        for chunk in job.steps():
            done, kept = done + len(chunk.scored), kept + len(chunk.kept)
            if as_json:
                _print(chunk)
            bar.to(job.run.done, "scoring")
    if not as_json:
        more = f" {kept} had a score by this version." if kept else ""
        print_line(f"{done} calls scored.{more}")


def go_on() -> None:
    """Finish runs of scoring again that wait or were interrupted; ends when there is none."""
    from qa.rescore import claim

    settings = setup.site()
    database, options = setup.ready(settings), setup.options(settings)
    while (job := claim(database, options)) is not None:
        for _chunk in job.steps():
            pass


def _named(database: "Database", wanted: str | None) -> tuple[str | None, int | None]:
    """Id and version of what the option names; the version is fixed now, whatever is published meanwhile."""
    from qa.store.card.scorecards import get_version

    if wanted is None:
        return None, None
    if Path(wanted).suffix in setup.SCORECARDS:
        card = setup.publish_file(database, Path(wanted))
        return card.id, card.version
    with database.read() as tx:
        return wanted, get_version(tx, wanted).version


def _claimed(database: "Database", run: int) -> "Rescoring":
    from qa.rescore import claim

    job = claim(database, setup.options(setup.site()), run)
    if job is None:
        raise InvalidSetting(f"Another process is at run {run} of the same; wait until it is done.")
    return job


def _print(chunk: "Chunk") -> None:
    for one in sorted((*chunk.scored, *chunk.kept), key=lambda each: each.call_id):
        scoring = one.scoring
        print_json({"call": chunk.keys[one.call_id], "scorecard": scoring.scorecard, "score": scoring.score})
