"""``roles``: a person says which voice of a call is the agent."""

from typing import Annotated

import typer

from qa.cli import setup
from qa.cli.calls import checked_key
from qa.cli.printing import print_line
from qa.errors import QAError

Key = Annotated[str, typer.Argument(help="A call's key, as `calls` prints it.", metavar="CALL")]
Swap = Annotated[bool, typer.Option("--swap", help="Agent and customer are swapped.")]
Agent = Annotated[int | None, typer.Option(help="1 or 2: which of the numbered speakers is the agent.")]
One = Annotated[bool, typer.Option("--one-speaker", help="Both voices are one person.")]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(roles)


def roles(call: Key, swap: Swap = False, agent: Agent = None, one_speaker: One = False) -> None:
    """Set who is who in a call; it is measured and scored again from what was heard."""
    from qa.diarise.relabel import RoleChange
    from qa.rescore.roles import set_roles
    from qa.store.scope import Scope

    key = checked_key(call)
    changes = [
        change
        for change, asked in (
            (RoleChange.SWAP, swap),
            (RoleChange.FIRST_IS_AGENT, agent == 1),
            (RoleChange.SECOND_IS_AGENT, agent == 2),
            (RoleChange.ONE_SPEAKER, one_speaker),
        )
        if asked
    ]
    if len(changes) != 1:
        raise QAError("Say one thing about the roles: --swap, --agent 1, --agent 2 or --one-speaker.")
    settings = setup.site()
    database = setup.ready(settings)
    with database.write() as tx:
        set_roles(tx, (key, Scope.all()), changes[0], None, setup.options(settings))
        setup.audited(tx, "call changed", f"call:{key}", step="roles set")
    print_line(f"{key}: {changes[0].value}; measured and scored again.")
