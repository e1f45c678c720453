"""``sample``: draw a week's calls for people to review."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table

if TYPE_CHECKING:
    from qa.store.desk.reading import ReviewRow

Week = Annotated[
    str | None,
    typer.Option(help="Any day of the week to draw from, 2026-11-22 or 1405-09-01; default: last week."),
]
Seed = Annotated[
    int | None, typer.Option(min=0, help="The seed of the draw; default: a new one, which is stored.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(sample)


def sample(week: Week = None, seed: Seed = None, as_json: AsJson = False) -> None:
    """Draw a week's sample and give it to the reviewers. A week has one sample."""
    from qa.calendar import read_day, week_start
    from qa.review.plan import Order, last_week, make_plan, weeks_of

    settings = setup.site()
    database = setup.opened(settings)
    day = last_week(settings, datetime.now(UTC)) if week is None else read_day(week)
    rows = make_plan(database, settings, Order(week_start(day, weeks_of(settings)), seed))
    week_drawn = week_start(day, weeks_of(settings))
    setup.audited_alone(database, "review changed", f"plan:{week_drawn}", step="planned", reviews=len(rows))
    if as_json:
        for row in rows:
            print_json(review_shape(row))
        return
    columns = ("call", "agent", "layer", "reasons", "reviewer")
    print_table("Drawn", columns, [(row.call_key, row.agent, row.layer, ", ".join(row.reasons), row.reviewer)
                                   for row in rows])  # fmt: skip
    print_line(f"{len(rows)} calls to review.")


def review_shape(row: "ReviewRow") -> dict[str, Any]:
    """One review of ``sample``."""
    return {
        "review": row.id,
        "call": row.call_key,
        "agent": row.agent,
        "layer": row.layer.value if row.layer else None,
        "reasons": list(row.reasons),
        "reviewer": row.reviewer,
        "due": None if row.due is None else row.due.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
