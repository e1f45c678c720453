"""``users``: who may sign in to the desk."""

import getpass
import sys
from typing import Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table
from qa.errors import NotFound, QAError

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Name = Annotated[str, typer.Argument(help="The name typed at sign-in.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="Users of the desk.", no_args_is_help=True)
    for name, command in (("add", add), ("list", list_all), ("passwd", passwd), ("disable", disable)):
        group.command(name)(command)
    app.add_typer(group, name="users")


def add(
    name: Name,
    role: Annotated[str, typer.Option(help="administrator, manager, supervisor or agent.")],
    team: Annotated[list[str] | None, typer.Option(help="A supervisor's team; may be repeated.")] = None,
    agent: Annotated[str | None, typer.Option(help="Whose calls an agent user sees.")] = None,
) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    from qa.store import people
    from qa.store.kinds import Role
    from qa.store.users import NewUser, add_user

    if role not in set(Role):
        raise QAError(f"--role {role!r} is not known; use {', '.join(Role)}.")
    database = setup.opened(setup.site())
    hashed = _hashed(_password())
    with database.write() as tx:
        teams = frozenset(people.team_id(tx, each) for each in team or ())
        linked = people.agent_id(tx, agent) if agent else None
        add_user(tx, NewUser(name, Role(role), password_hash=hashed, teams=teams, agent_id=linked))
    print_line(f"{name} may sign in as {role}.")


def list_all(as_json: AsJson = False) -> None:
    """Every user with role and state."""
    from qa.store.users import list_users

    database = setup.opened(setup.site())
    with database.read() as tx:
        users = list_users(tx)
    rows = [{"name": u.name, "role": u.role.value, "disabled": u.disabled, "teams": sorted(u.teams)} for u in users]
    if as_json:
        for row in rows:
            print_json(row)
        return
    print_table("Users", ("name", "role", "disabled"), [(r["name"], r["role"], "yes" if r["disabled"] else "no") for r in rows])


def passwd(name: Name) -> None:
    """Set a password; every session of the user ends."""
    from qa.store.users import set_password

    database = setup.opened(setup.site())
    user = _user(database, name)
    hashed = _hashed(_password())
    with database.write() as tx:
        set_password(tx, user.id, hashed)
    print_line(f"{name} has a new password.")


def disable(name: Name) -> None:
    """Lock a user out; every session ends, nothing else is lost."""
    from qa.store.users import set_disabled

    database = setup.opened(setup.site())
    user = _user(database, name)
    with database.write() as tx:
        set_disabled(tx, user.id, disabled=True)
    print_line(f"{name} may not sign in any more.")


def _user(database: Any, name: str) -> Any:
    from qa.store.users import find_user

    with database.read() as tx:
        user = find_user(tx, name)
    if user is None:
        raise NotFound(f"There is no user {name!r}; see `python -m qa users list`.")
    return user


def _password() -> str:
    if sys.stdin.isatty():
        first = getpass.getpass("Password: ")
        if first != getpass.getpass("Again: "):
            raise QAError("The two passwords differ; nothing was changed.")
        return first
    return sys.stdin.readline().rstrip("\n")


def _hashed(password: str) -> str:
    from argon2 import PasswordHasher

    if len(password) < 10:
        raise QAError(f"The password has {len(password)} characters; use 10 or more.")
    return PasswordHasher().hash(password)
