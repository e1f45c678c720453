"""``retention``: how long each kind is kept, what is over its time, and removing it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table
from qa.errors import InvalidSetting

if TYPE_CHECKING:
    from qa.privacy.retention import Kept

Kind = Annotated[str, typer.Argument(help="What: audio, words, surveys …; `retention show` lists them.")]
Days = Annotated[str, typer.Argument(help="Days to keep it, or `keep` for ever.")]
Really = Annotated[bool, typer.Option("--yes", help="Do it; without this nothing is removed.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would go; so without it, too.")]
Switch = Annotated[str, typer.Argument(help="on or off.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

retention = typer.Typer(help="How long things are kept.", no_args_is_help=True)
KEEP = "keep"


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(retention, name="retention")


@retention.command()
def show(as_json: AsJson = False) -> None:
    """What is kept, since when, how long, and what is over its time."""
    from qa.privacy.retention import read_schedule

    found = _looked()
    with setup.opened(setup.site()).read() as tx:
        schedule = read_schedule(tx)
    _print(found, as_json=as_json)
    if not as_json:
        print_line(f"The worker removes {'daily' if schedule.on else 'nothing: it is switched off'}.")


@retention.command("set")
def set_(kind: Kind, days: Days) -> None:
    """Keep a kind for so many days; the worker removes nothing until it is switched on again."""
    from qa.privacy.retention import set_rule

    if days != KEEP and not days.isdecimal():
        raise InvalidSetting(f"{days!r} is no number of days; write one, or {KEEP}.")
    with setup.opened(setup.site()).write() as tx:
        set_rule(tx, kind, None if days == KEEP else int(days), None)
    print_line(f"{kind}: {'kept for ever' if days == KEEP else f'kept {int(days)} days'}.")


@retention.command()
def apply(yes: Really = False, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Remove what is over its time; without --yes it says what would go."""
    from datetime import UTC, datetime

    from qa.privacy.forgetting import finish_erasures
    from qa.privacy.retention import apply as remove
    from qa.privacy.retention import read_schedule

    if dry_run or not yes:
        _print(_looked(), as_json=as_json)
        if not as_json:
            print_line("Nothing was removed; --yes removes it for good.")
        return
    settings = setup.site()
    database = setup.opened(settings)
    finish_erasures(database, settings)
    for _ in remove(database, settings, datetime.now(UTC), None):
        pass
    with database.read() as tx:
        removed = read_schedule(tx).removed
    if as_json:
        print_json({"removed": dict(removed)})
        return
    said = ", ".join(f"{count} {name}" for name, count in removed.items()) or "nothing was over its time"
    print_line(f"Removed: {said}.")


@retention.command()
def schedule(to: Switch) -> None:
    """Let the worker remove daily (on), after it was said what would go; or not (off)."""
    from qa.privacy.retention import mark_of, read_rules, switch

    if to not in ("on", "off"):
        raise InvalidSetting(f"The schedule is on or off, not {to!r}.")
    if to == "on":
        _print(_looked(), as_json=False)
    with setup.opened(setup.site()).write() as tx:
        switch(tx, None, on=to == "on", seen=mark_of(read_rules(tx)))
    print_line("The worker removes daily what is over its time." if to == "on" else "It is switched off.")


def shape(one: "Kept") -> dict[str, Any]:
    """One kind of ``retention show``."""
    held = one.holding
    return {
        "kind": one.name,
        "count": held.count,
        "bytes": held.size,
        "oldest": None if held.oldest is None else held.oldest.date().isoformat(),
        "days": one.days,
        "due": held.due,
    }


def _looked() -> "tuple[Kept, ...]":
    from datetime import UTC, datetime

    from qa.privacy.retention import look_over

    settings = setup.site()
    return look_over(setup.opened(settings), settings, datetime.now(UTC))


def _print(found: "tuple[Kept, ...]", *, as_json: bool) -> None:
    if as_json:
        for one in found:
            print_json(shape(one))
        return
    rows = [tuple(KEEP if name == "days" and value is None else value for name, value in shape(one).items())
            for one in found]  # fmt: skip
    print_table("What is kept", ("kind", "count", "bytes", "oldest", "days", "over its time"), rows)
