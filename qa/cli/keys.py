"""``keys``: what systems that push rows over HTTP sign in with (docs/imports.md)."""

from typing import Annotated

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table

Source = Annotated[str, typer.Argument(help="The source that its rows are stored under.")]
Number = Annotated[int, typer.Argument(help="The number of the key, as `keys list` shows it.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(
        help="Keys of systems that push rows.",
        no_args_is_help=True,
        rich_markup_mode=None,
        callback=lambda: None,
    )
    group.command("make")(make)
    group.command("list")(show)
    group.command("revoke")(revoke)
    app.add_typer(group, name="keys")


def make(source: Source) -> None:
    """Print a new key, once: only its fingerprint is kept."""
    from qa.store.account.push_keys import make_key

    with setup.opened(setup.site()).write() as tx:
        secret = make_key(tx, source)
        setup.audited(tx, "key changed", "key:push", step="made")
    print_line(secret)


def show(as_json: AsJson = False) -> None:
    """Every key without its secret."""
    from qa.store.account.push_keys import list_keys

    with setup.opened(setup.site()).read() as tx:
        found = list_keys(tx)
    names = ("id", "source", "person", "created_at", "last_used", "revoked_at")
    if as_json:
        for one in found:
            print_json(
                {
                    name: value if isinstance(value := getattr(one, name), int) else value and str(value)
                    for name in names
                }
            )
        return
    cells = [
        tuple("–" if (value := getattr(one, name)) is None else str(value) for name in names) for one in found
    ]
    print_table("Keys", names, cells)


def revoke(number: Number) -> None:
    """A key that opens nothing from now on."""
    from qa.store.account.push_keys import revoke_key

    with setup.opened(setup.site()).write() as tx:
        revoke_key(tx, number)
        setup.audited(tx, "key changed", f"key:{number}", step="revoked")
    print_line(f"The key number {number} opens nothing any more.")
