"""Commands over scorecards: ``scorecard check``, ``list``, ``publish`` and ``backtest``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_json, print_line, print_table, warn
from qa.errors import NotFound, QAError

if TYPE_CHECKING:
    from qa.rescore.backtest import Side
    from qa.scorecard import Scorecard
    from qa.settings import Settings
    from qa.store.database import Database

Cards = Annotated[list[Path], typer.Argument(help="Scorecard files (.yaml).")]
Card = Annotated[Path, typer.Argument(help="A scorecard file (.yaml).")]
Draft = Annotated[str, typer.Argument(help="A scorecard file, or the id of a scorecard with a draft.")]
Calls = Annotated[int, typer.Option(help="How many of the newest calls.", min=1, max=100_000)]
Days = Annotated[int | None, typer.Option(help="Only calls of so many days up to today.", min=1)]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(
        help="Scorecards: check files, list what is there, publish.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    commands = (("check", check), ("list", list_cards), ("publish", publish), ("backtest", backtest))
    for name, command in commands:
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
    from qa.store.card.scorecards import list_versions

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


def backtest(draft: Draft, calls: Calls = 500, days: Days = None, as_json: AsJson = False) -> None:
    """What a draft would do to past calls: scores, bands, critical failures, which calls move and why.

    No call is changed. The draft is a file, or the id of a scorecard whose draft is in the desk; of an id the
    result is kept and shown there.
    """
    from qa.rescore import Past
    from qa.rescore import backtest as try_out
    from qa.store.card.backtests import save_backtest

    settings = setup.site()
    database = setup.ready(settings)
    text, card, kept = _draft(database, draft)
    with file_progress(100, "trying") as bar:
        past = Past(calls, _first_day(days, settings))
        found = try_out(database, card, past, lambda share: bar.to(round(100 * share), "trying"))
    if kept:
        with database.write() as tx:
            save_backtest(tx, card.id, text, found.shape(), "the command line")
    if as_json:
        print_json(found.shape())
        return
    columns = ("", "calls", "mean", "from", "to", *found.now.bands, *found.now.critical)
    rows = [(name, *_side(side)) for name, side in (("now", found.now), ("then", found.then))]
    print_table(f"{card.id}, {found.calls} calls", columns, rows)
    print_line(f"{found.moved_count} calls would be in another band.")


def _draft(database: "Database", draft: str) -> tuple[str, "Scorecard", bool]:
    """The text, the checked scorecard, and whether the desk knows it."""
    from qa.judge import check_rules
    from qa.scorecard import parse_scorecard, read_text
    from qa.store.card.drafts import get_draft

    if Path(draft).suffix in setup.SCORECARDS:
        return read_text(Path(draft)), setup.checked_scorecard(Path(draft)), False
    with database.read() as tx:
        found = get_draft(tx, draft)
    if found is None:
        raise NotFound(f"Scorecard {draft} has no draft; name a .yaml file or begin a draft in the desk.")
    card = parse_scorecard(found.content, draft)
    check_rules(card)
    return found.content, card, True


def _first_day(days: int | None, settings: "Settings") -> int | None:
    from datetime import UTC, datetime

    from qa.calendar import local_day

    return None if days is None else local_day(datetime.now(UTC), settings.zone) - days + 1


def _side(side: "Side") -> tuple[object, ...]:
    figures = (side.mean, side.low, side.high)
    rounded = (None if value is None else round(value, 1) for value in figures)
    return side.n, *rounded, *side.bands.values(), *side.critical.values()


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
