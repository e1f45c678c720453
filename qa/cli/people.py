"""``users``: who may sign in to the desk."""

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table
from qa.errors import NotFound, QAError
from qa.passwords import check_password, hashed

if TYPE_CHECKING:
    from qa.store.account.users import User
    from qa.store.database import Database

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Name = Annotated[str, typer.Argument(help="The name typed at sign-in.")]
WantedRole = Annotated[str, typer.Option(help="administrator, manager, supervisor or agent.")]
Teams = Annotated[list[str] | None, typer.Option(help="A supervisor's team; may be repeated.")]
Agent = Annotated[str | None, typer.Option(help="Whose calls an agent user sees.")]
Change = Annotated[
    bool,
    typer.Option("--change", help="It leads to choosing an own one at the next sign-in, and nowhere else."),
]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="Users of the desk.", no_args_is_help=True, rich_markup_mode=None)
    for name, command in (("add", add), ("list", list_all), ("passwd", passwd), ("disable", disable)):
        group.command(name)(command)
    group.command("second-factor")(second_factor)
    app.add_typer(group, name="users")


def add(name: Name, role: WantedRole, team: Teams = None, agent: Agent = None) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    from qa.store import people
    from qa.store.account.users import NewUser, add_user
    from qa.store.kinds import Role

    if role not in set(Role):
        raise QAError(f"--role {role!r} is not known; use {', '.join(Role)}.")
    database = setup.opened(setup.site())
    kept = _hashed(_password(), name)
    with database.write() as tx:
        teams = frozenset(people.team_id(tx, each) for each in team or ())
        linked = people.agent_id(tx, agent) if agent else None
        made = add_user(tx, NewUser(name, Role(role), password_hash=kept, teams=teams, agent_id=linked))
        setup.audited(tx, "user changed", f"user:{made}", step="added", role=role)
    print_line(f"{name} may sign in as {role}.")


def list_all(as_json: AsJson = False) -> None:
    """Every user with role and state."""
    from qa.store.account.users import list_users
    from qa.store.people import list_teams

    database = setup.opened(setup.site())
    with database.read() as tx:
        users = list_users(tx)
        teams = {team.id: team.name for team in list_teams(tx)}
    if as_json:
        for user in users:
            print_json(user_shape(user, teams))
        return
    rows = [(user.name, user.role.value, "yes" if user.disabled else "no") for user in users]
    print_table("Users", ("name", "role", "disabled"), rows)


def passwd(name: Name, change: Change = False) -> None:
    """Set a password; every session of the user ends."""
    from qa.store.account.users import set_password

    database = setup.opened(setup.site())
    user = _user(database, name)
    kept = _hashed(_password(), name)
    with database.write() as tx:
        set_password(tx, user.id, kept, must_change=change)
        setup.audited(tx, "password changed", f"user:{user.id}", must_change=int(change))
    own = " and has to choose an own one at the next sign-in" if change else ""
    print_line(f"{name} has a new password{own}.")


def second_factor(name: Name) -> None:
    """Take the second factor of somebody who lost it, with its recovery codes; every session ends."""
    from qa.store.account.second_factors import find, remove
    from qa.store.account.sessions import revoke_all

    database = setup.opened(setup.site())
    user = _user(database, name)
    with database.write() as tx:
        if find(tx, user.id) is None:
            raise QAError(f"{name} has no second factor; nothing was changed.")
        remove(tx, user.id)
        revoke_all(tx, user.id)
        setup.audited(tx, "second factor changed", f"user:{user.id}", step="turned off")
    print_line(f"{name} has no second factor any more.")


def disable(name: Name) -> None:
    """Lock a user out; every session ends, nothing else is lost."""
    from qa.store.account.users import set_disabled

    database = setup.opened(setup.site())
    user = _user(database, name)
    with database.write() as tx:
        set_disabled(tx, user.id, disabled=True)
        setup.audited(tx, "user changed", f"user:{user.id}", step="locked out")
    print_line(f"{name} may not sign in any more.")


def user_shape(user: "User", teams: dict[int, str]) -> dict[str, object]:
    """One user; never the password's hash."""
    return {
        "name": user.name,
        "role": user.role.value,
        "disabled": user.disabled,
        "teams": sorted(teams[team] for team in user.teams),
        "last_sign_in": user.last_sign_in.isoformat() if user.last_sign_in else None,
    }


def _user(database: "Database", name: str) -> "User":
    from qa.store.account.users import find_user

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


def _hashed(password: str, name: str) -> str:
    check_password(password, name)
    return hashed(password)
