"""Commands over scorecards: ``scorecard check``, ``scorecard list`` and ``scorecard publish``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table, warn
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.scorecard import Scorecard

Cards = Annotated[list[Path], typer.Argument(help="Scorecard files (.yaml).")]
Card = Annotated[Path, typer.Argument(help="A scorecard file (.yaml).")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(
        help="Scorecards: check files, list what is there, publish.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for name, command in (("check", check), ("list", list_cards), ("publish", publish)):
        group.command(name)(command)
    app.add_typer(group, name="scorecard")


def check(files: Cards, as_json: AsJson = False) -> None:
    """Validate scorecard files; the first mistake of each is named with its line and field."""
    errors: list[QAError] = []
    for path in files:
        try:
            shape = card_shape(setup.checked_scorecard(path))
        except QAError as error:
            if len(files) > 1:
                warn(error.message)
            errors.append(error)
            continue
        if as_json:
            print_json({"file": str(path), **shape})
        else:
            print_line(f"{path.name}: {_sentence(shape)}")
    if errors:
        raise setup.batch_error(errors, len(files))


def list_cards(as_json: AsJson = False) -> None:
    """The shipped scorecards, and every version that this site has published."""
    from qa.scorecard import default_scorecards, parse_scorecard
    from qa.store.scorecards import list_versions

    with setup.opened(setup.site()).read() as tx:
        versions = list_versions(tx)
    cards = {(card.id, card.version): card_shape(card) for card in default_scorecards()}
    for version in versions:
        card = parse_scorecard(version.content, version.scorecard)
        cards[card.id, card.version] = card_shape(card)
    published = {(version.scorecard, version.version): version.published_at for version in versions}
    rows = []
    for key, shape in sorted(cards.items()):
        moment = published.get(key)
        rows.append(shape | {"published": moment.isoformat() if moment else None})
    if as_json:
        for row in rows:
            print_json(row)
        return
    columns = ("id", "version", "language", "criteria", "published")
    print_table("Scorecards", columns, [tuple(row[column] for column in columns) for row in rows])


def publish(file: Card) -> None:
    """Make a scorecard version available to queues and to `score`; it can never change afterwards."""
    card = setup.publish_file(setup.opened(setup.site()), file)
    print_line(f"Published: {_sentence(card_shape(card))}")


def card_shape(card: "Scorecard") -> dict[str, Any]:
    """A scorecard in numbers."""
    return {
        "id": card.id,
        "version": card.version,
        "language": card.language,
        "title": {"en": card.title.en, "fa": card.title.fa},
        "sections": len(card.sections),
        "criteria": len(card.criteria),
    }


def _sentence(shape: dict[str, Any]) -> str:
    return "{id} version {version}, {sections} sections, {criteria} criteria.".format(**shape)
