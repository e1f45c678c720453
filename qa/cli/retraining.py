"""``judge retrain``: corrections of reviewers become examples of a scorecard's next version."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table
from qa.errors import BadTranscript

if TYPE_CHECKING:
    from datetime import datetime

    from qa.judge.retraining import Corrected, Retrained
    from qa.store.database import Database

Card = Annotated[str, typer.Argument(help="A published scorecard's id, such as default-fa.")]
Since = Annotated[str | None, typer.Option(help="Corrections from this day on, 2026-11-22 or 1405-09-01.")]
From = Annotated[
    Path | None,
    typer.Option("--from", help="JSON lines: criterion, language, text, human."),
]
Publish = Annotated[bool, typer.Option("--publish", help="Publish the version; else nothing changes.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
COLUMNS = ("examples", "new +", "new -", "right before", "right after", "AUC before", "AUC after")


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    group = typer.Typer(
        help="How criteria are judged.", no_args_is_help=True, rich_markup_mode=None, callback=lambda: None
    )
    group.command("retrain")(retrain)
    app.add_typer(group, name="judge")


def retrain(
    scorecard: Card,
    since: Since = None,
    source: From = None,
    publish: Publish = False,
    as_json: AsJson = False,
) -> None:
    """Teach the examples of a scorecard what people corrected, as its next version.

    Prints for each set the corrections that it got right before and that it gets right unseen after, and the
    AUC over all its sentences. Scores under earlier versions stay as they are.
    """
    from qa.calendar import day_bounds, read_day
    from qa.judge.retraining import retrained
    from qa.store.card.scorecards import get_version
    from qa.store.card.scorecards import publish as publish_version

    settings = setup.site()
    database = setup.ready(settings)
    first = day_bounds(read_day(since), settings.zone)[0] if since else None
    corrections = read_corrections(source) if source else _stored(database, first)
    with database.read() as tx:
        newest = get_version(tx, scorecard)
    result = retrained(newest.content, corrections, newest.version + 1)
    if publish and result.changes:
        with database.write() as tx:
            publish_version(tx, scorecard, newest.version + 1, result.text, language=newest.language)
            version = newest.version + 1
            setup.audited(
                tx, "scorecard changed", f"scorecard:{scorecard}", step="published", version=version
            )
    _print(result, newest.version + 1, published=publish and bool(result.changes), as_json=as_json)


def read_corrections(path: Path) -> "list[Corrected]":
    """Corrections from JSON lines.

    Raises:
        BadTranscript: a line is not one; names file and line.
    """
    from qa.judge.retraining import Corrected
    from qa.records import Verdict

    rows = []
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
            language = {"en": "en", "fa": "fa"}[one["language"]]
            human = Verdict(one["human"])
            rows.append(Corrected(str(one["criterion"]), language, str(one["text"]), human))  # type: ignore[arg-type]
        except (ValueError, KeyError, TypeError) as error:
            raise BadTranscript(
                f"{path.name}, line {number}: write an object with criterion, language, text and human"
                ' ("met", "partly" or "not met").'
            ) from error
    return rows


def _stored(database: "Database", first: "datetime | None") -> "list[Corrected]":
    """Where a reviewer found what the machine did not, or the other way; other changes teach no sentence."""
    from qa.judge.retraining import Corrected
    from qa.records import Verdict
    from qa.store.desk.corrections import corrections

    said = (Verdict.MET, Verdict.PARTLY)
    with database.read() as tx:
        return [
            Corrected(one.criterion, "fa" if one.language == "fa" else "en", text, one.human)
            for one in corrections(tx, first)
            for text in one.texts
            if one.human in (*said, Verdict.NOT_MET) and (one.automatic in said) is not (one.human in said)
        ]


def _print(result: "Retrained", version: int, *, published: bool, as_json: bool) -> None:
    if as_json:
        changes = [asdict(one) for one in result.changes]
        print_json({"version": version, "published": published, "unused": result.unused, "sets": changes})
        return
    cells = [
        (
            one.name,
            str(one.positive),
            str(one.negative),
            *(f"{share:.0%}" for share in (one.corrected_before, one.corrected_after)),
            *(f"{area:.3f}" for area in (one.auc_before, one.auc_after)),
        )
        for one in result.changes
    ]
    if cells:
        print_table("Sentences left out", COLUMNS, cells)
    said = f"{result.unused} corrections taught nothing."
    if published:
        print_line(f"Version {version} is published; earlier scores stay. {said}")
    elif cells:
        print_line(f"Nothing has changed; --publish makes this version {version}. {said}")
    else:
        print_line(f"There is nothing to learn. {said}")
