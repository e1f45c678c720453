"""``bench score``: how far judging agrees with people."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.printing import print_json, print_line

if TYPE_CHECKING:
    from qa.evaluate.agreeing import Agreement
    from qa.evaluate.examples import Found

Folder = Annotated[Path, typer.Argument(help="Folder with E1*/ and E3*/, conversations that people rated.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def score(folder: Folder, as_json: AsJson = False) -> None:
    """Scores against people's ratings, and phrases against examples on lines that neither was made from.

    The ratings are never used to make a scorecard better: they only measure.
    """
    from qa.evaluate.examples import evaluate_examples

    agreements, found = _agreements(folder), evaluate_examples()
    if as_json:
        rows = [asdict(one) for one in agreements]
        print_json({"agreement": rows, "held_out": [asdict(one) for one in found]})
        return
    print_line("score against people  n  statistic  95% interval")
    for one in agreements:
        interval = f"{one.low:.2f} to {one.high:.2f}"
        print_line(f"{one.scorecard}, {one.question}: {one.n}  {one.statistic} {one.value:.2f}  {interval}")
    print_line("held-out lines  precision  recall  AUC")
    for row in found:
        print_line(_line(row))


def _agreements(folder: Path) -> "list[Agreement]":
    from qa.evaluate.agreeing import agreements
    from qa.evaluate.conversations import rated_chats, satisfied_calls
    from qa.scorecard import default_scorecard, load_scorecard
    from qa.scorecard.read import OPTIONAL

    cards = (default_scorecard("en"), load_scorecard(OPTIONAL / "chat-en.yaml"))
    return [
        row
        for rated in (rated_chats(folder), satisfied_calls(folder))
        for card in cards
        for row in agreements(card, rated)
    ]


def _line(row: "Found") -> str:
    precision = "-" if row.precision is None else f"{row.precision:.2f}"
    area = "" if row.auc is None else f"{row.auc:.2f}"
    return f"{row.name} {row.language} {row.way}: {precision}  {row.recall:.2f}  {area}".rstrip()
