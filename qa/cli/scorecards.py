"""Commands over scorecards: ``scorecard check`` and ``scorecard list``."""

from pathlib import Path
from typing import Annotated

import typer

from qa.cli.printing import print_json, print_line, print_table
from qa.cli.setup import batch_error
from qa.errors import QAError

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="Scorecards: check files, list what is there.", no_args_is_help=True)
    group.command("check")(check)
    group.command("list")(list_cards)
    app.add_typer(group, name="scorecard")


def check(files: Annotated[list[Path], typer.Argument(help="Scorecard files (.yaml).")]) -> None:
    """Validate scorecard files; the first mistake of each is named with its line and field."""
    from qa.cli.printing import warn
    from qa.judge import check_rules
    from qa.scorecard import load_scorecard

    errors: list[QAError] = []
    for path in files:
        try:
            card = load_scorecard(path)
            check_rules(card)
            criteria = sum(len(section.criteria) for section in card.sections)
            print_line(f"{path.name}: {card.id} version {card.version}, {len(card.sections)} sections, {criteria} criteria.")
        except QAError as error:
            if len(files) > 1:
                warn(error.message)
            errors.append(error)
    if errors:
        raise batch_error(errors, len(files))


def list_cards(as_json: AsJson = False) -> None:
    """The scorecards that come with the product."""
    from qa.scorecard import default_scorecards

    rows = [
        {
            "id": card.id,
            "version": card.version,
            "language": card.language,
            "title": dict(card.title),
            "sections": len(card.sections),
            "criteria": sum(len(section.criteria) for section in card.sections),
        }
        for card in default_scorecards()
    ]
    if as_json:
        for row in rows:
            print_json(row)
        return
    print_table("Scorecards", ("id", "version", "language", "criteria"), [(r["id"], r["version"], r["language"], r["criteria"]) for r in rows])
