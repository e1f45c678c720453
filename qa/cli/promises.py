"""``promises``: the ledger on the command line."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table

if TYPE_CHECKING:
    from qa.store.promise.ledger import LedgerRow

Overdue = Annotated[bool, typer.Option("--overdue", help="Only open ones past their time.")]
Limit = Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(promises)


def promises(overdue: Overdue = False, limit: Limit = 50, as_json: AsJson = False) -> None:
    """Promises that agents made: overdue ones first, then by the time they are due."""
    from qa.store.keyset import Cut
    from qa.store.promise.ledger import LedgerFilter, list_promises
    from qa.store.scope import Scope

    settings = setup.site()
    wanted = LedgerFilter(datetime.now(UTC), overdue=overdue)
    with setup.opened(settings).read() as tx:
        found = list_promises(tx, Scope.all(), wanted, Cut(limit)).rows
    if as_json:
        for row in found:
            print_json(ledger_shape(row))
        return
    if not found:
        print_line("No promises.")
        return
    cells = [(row.key, row.state.value, _day(row.due_at), row.agent, row.quote) for row in found]
    print_table("Promises", ("call", "state", "due (UTC)", "agent", "quote"), cells)


def ledger_shape(row: "LedgerRow") -> dict[str, Any]:
    """One promise as JSON (docs/formats.md)."""
    return {
        "call": row.key,
        "agent": row.agent,
        "team": row.team,
        "queue": row.queue,
        "made": row.made_at.isoformat(),
        "quote": row.quote,
        "at": row.at,
        "when": row.when or None,
        "due": row.due_at.isoformat() if row.due_at else None,
        "forbidden": row.forbidden,
        "state": row.state.value,
        "changed": row.changed_at.isoformat() if row.changed_at else None,
        "called_since": row.contact_at.isoformat() if row.contact_at else None,
    }


def _day(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%d %H:%M}"
