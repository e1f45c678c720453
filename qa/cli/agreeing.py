"""``agreement``: the machine's verdicts against those of people, criterion by criterion."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table

if TYPE_CHECKING:
    from qa.analytics.agreement import CriterionAgreement
    from qa.analytics.intervals import Estimate

Refresh = Annotated[
    bool, typer.Option("--refresh", help="Decide anew which criteria are left to people; scores stay.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(agreement)


def agreement(refresh: Refresh = False, as_json: AsJson = False) -> None:
    """How far machine and people agree on each criterion, and who decides it."""
    from qa.review.trust import agreements, look_again
    from qa.store.desk.trust import left_to_people, verdicts_frame
    from qa.store.scope import Scope

    database = setup.opened(setup.site())
    changed = look_again(database, datetime.now(UTC)) if refresh else None
    if changed is not None:
        setup.audited_alone(database, "setting changed", "setting:left_to_people")
    found = agreements(verdicts_frame(database, Scope.all()))
    with database.read() as tx:
        left = left_to_people(tx)
    shapes = [
        agreement_shape(card.scorecard, one, left=(card.scorecard, one.key) in left)
        for card in found
        for one in card.criteria
    ]
    if as_json:
        for shape in shapes:
            print_json(shape)
        return
    columns = ("scorecard", "criterion", "calls", "alpha", "same verdict", "decides")
    print_table("Machine against people", columns, [_row(shape) for shape in shapes])
    if changed is not None:
        print_line(f"{len(changed.left)} newly left to people, {len(changed.back)} back with the machine.")


def agreement_shape(scorecard: str, one: "CriterionAgreement", *, left: bool) -> dict[str, Any]:
    """One criterion of ``agreement``; figures only from enough calls on."""
    decides = "people" if left else "machine" if one.enough else "not enough calls"
    return {
        "scorecard": scorecard,
        "criterion": one.key,
        "calls": one.alpha.n,
        "alpha": _estimate(one.alpha) if one.enough else None,
        "same": _estimate(one.exact) if one.enough else None,
        "decides": decides,
    }


def _estimate(found: "Estimate") -> list[float | None]:
    """Value, low and high end."""
    ends = (found.value, found.low, found.high)
    return [None if end is None else round(end, 4) for end in ends]


def _row(shape: dict[str, Any]) -> tuple[Any, ...]:
    alpha, same = (
        None if shape[name] is None or shape[name][0] is None else f"{shape[name][0]:.2f}"
        for name in ("alpha", "same")
    )
    return (shape["scorecard"], shape["criterion"], str(shape["calls"]), alpha, same, shape["decides"])
