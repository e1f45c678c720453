"""``audit``: who did or saw what, and whether that record is whole (docs/audit.md)."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.calls import checked_key
from qa.cli.printing import print_json, print_line, print_table
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.store.audit.reading import AuditFilter, Line
    from qa.store.audit.verifying import Checked

Who = Annotated[str | None, typer.Option("--user", help="The sign-in name of who did it.")]
What = Annotated[str | None, typer.Option("--act", help="An act as it is printed, such as 'call viewed'.")]
Call = Annotated[str | None, typer.Option(help="The key of a call.")]
Since = Annotated[str | None, typer.Option(help="First day, 2026-11-22 or 1405-09-01.")]
Before = Annotated[int | None, typer.Option(help="Entries before this position, to read on.", min=1)]
Limit = Annotated[int, typer.Option(help="Entries at most.", min=1, max=100_000)]
Expect = Annotated[
    str, typer.Option(help="The hash of an entry that was noted elsewhere; it must still be in the log.")
]
Head = Annotated[
    bool, typer.Option("--head", help="Print the newest entry's position and hash alone, to note elsewhere.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    group = typer.Typer(help="The audit log.", no_args_is_help=True, rich_markup_mode=None)
    group.command("list")(list_all)
    group.command("verify")(verify)
    app.add_typer(group, name="audit")


def list_all(  # noqa: PLR0913, PLR0917 (one parameter an option)
    user: Who = None,
    act: What = None,
    call: Call = None,
    since: Since = None,
    before: Before = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Entries of the log, the newest first. Reading it is an entry too."""
    from qa.store.audit.reading import list_entries

    database = setup.opened(setup.site())
    with database.read() as tx:
        found = list_entries(tx, _wanted(tx, (user, act, call, since), before), limit)
    setup.audited_alone(database, "audit log read", "audit", entries=len(found))
    if as_json:
        for line in found:
            print_json(line_shape(line))
        return
    rows = [(one.position, f"{one.at:%Y-%m-%d %H:%M:%S}", one.act, one.name, one.subject) for one in found]
    print_table("Audit log (UTC)", ("entry", "time", "act", "who", "of what"), rows)


def verify(expect: Expect = "", head: Head = False, as_json: AsJson = False) -> None:
    """Look at every entry and every seal; exit code 2 at the first that is not as it was written."""
    from qa.store.audit.checking import check
    from qa.store.audit.verifying import verify as look

    settings = setup.site()
    database, folders = setup.opened(settings), (settings.keys_dir, settings.data_dir)
    found = check(database, *folders, settings.audit_heads)
    if found.whole and expect:
        found = look(database, *folders, expect.strip().lower())
    if as_json:
        print_json(checked_shape(found))
    if found.broken is not None:
        raise QAError(told(found))
    if head and not as_json:
        print_line(f"{found.entries} {found.head}")
    elif not as_json:
        print_line(told(found))


def told(found: "Checked") -> str:
    """What was found, in one sentence."""
    if found.broken is None:
        return f"The audit log is whole: {found.entries} entries, {found.sealed} sealed, hash {found.head}."
    why, position = found.broken.why.value, found.broken.position
    return (
        f"The audit log is not whole at entry {position}: {why}; keep the database as it is, "
        "and compare it with a back-up (docs/audit.md)."
    )


def line_shape(line: "Line") -> dict[str, Any]:
    """One entry."""
    return {
        "position": line.position,
        "at": line.at.isoformat(),
        "act": line.act,
        "user": line.name,
        "user_id": line.user_id,
        "role": line.role,
        "subject": line.subject,
        "detail": dict(line.detail),
        "hash": line.hash,
    }


def checked_shape(found: "Checked") -> dict[str, Any]:
    """What ``verify`` found."""
    broken = found.broken
    return {
        "whole": found.whole,
        "entries": found.entries,
        "head": found.head,
        "seals": found.seals,
        "sealed": found.sealed,
        "broken": None if broken is None else {"position": broken.position, "why": broken.why.value},
    }


def _wanted(
    tx: Any, said: tuple[str | None, str | None, str | None, str | None], before: int | None
) -> "AuditFilter":
    from qa.calendar import day_bounds, read_day
    from qa.store.account.users import find_user
    from qa.store.audit import Act
    from qa.store.audit.reading import AuditFilter

    user, act, call, since = said
    if act is not None and act not in set(Act):
        raise QAError(f"--act {act!r} is not known; use one of {', '.join(Act)}.")
    found = find_user(tx, user) if user else None
    if user and found is None:
        raise QAError(f"There is no user {user!r}; see `python -m qa users list`.")
    return AuditFilter(
        user_id=found.id if found else None,
        act=Act(act) if act else None,
        call=checked_key(call) if call else "",
        since=day_bounds(read_day(since), setup.site().zone)[0] if since else None,
        before=before,
    )
