"""``forget`` and ``hold``: customers who ask to be forgotten, and what a legal hold keeps."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line, print_table
from qa.errors import InvalidSetting

if TYPE_CHECKING:
    from qa.privacy import Certificate, Prospect
    from qa.store.erasing.holds import Hold

Customer = Annotated[str | None, typer.Argument(help="The number or id, as it is typed at an import.")]
Hashed = Annotated[bool, typer.Option("--hash", help="CUSTOMER is the keyed hash of an export.")]
Really = Annotated[bool, typer.Option("--yes", help="Do it; without this nothing is changed.")]
Again = Annotated[bool, typer.Option("--again", help="After a restore: all who have a certificate.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Call = Annotated[str | None, typer.Option(help="Key of the call.")]
HeldCustomer = Annotated[str | None, typer.Option("--customer", help="The customer's number or id.")]
Reason = Annotated[str, typer.Option(help="Why, in one sentence without personal data.")]
Until = Annotated[str | None, typer.Option(help="Last day, 2026-11-22 or 1405-09-01; default: until lifted.")]
Number = Annotated[int, typer.Argument(help="Number of the hold.")]

holds = typer.Typer(help="Legal holds: what retention and forget leave alone.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(forget)
    app.add_typer(holds, name="hold")


def forget(
    customer: Customer = None, hashed: Hashed = False, yes: Really = False, again: Again = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Remove a customer's sound, words and traces; says first what would go."""
    from qa import privacy

    settings = setup.site()
    database = setup.opened(settings)
    if again is (customer is not None):
        raise InvalidSetting("Name one customer, or none with --again.")
    if customer is None:
        _tell_again(privacy.erase_again(database, settings, really=yes), done=yes, as_json=as_json)
        return
    found = privacy.customer_of(settings, customer, hashed=hashed)
    if yes:
        _tell(privacy.forget(database, settings, found, None), as_json=as_json)
        return
    _tell_prospect(privacy.look(database, settings, found), as_json=as_json)


@holds.command("add")
def hold_add(
    reason: Reason, call: Call = None, customer: HeldCustomer = None, hashed: Hashed = False,
    until: Until = None,
) -> None:  # fmt: skip
    """Hold a call or a customer."""
    from qa import privacy
    from qa.calendar import read_day
    from qa.store.audit import Act, by_command, note
    from qa.store.erasing.holds import NewHold, add_hold

    settings = setup.site()
    database = setup.opened(settings)
    who = None if customer is None else privacy.customer_of(settings, customer, hashed=hashed)
    new = NewHold(reason, call, who, read_day(until) if until else None)
    with database.write() as tx:
        number = add_hold(tx, new, None)
        note(tx, by_command(Act.HOLD_CHANGED, f"hold:{number}", what="set"))
    print_line(f"Hold {number} is in force.")


@holds.command("lift")
def hold_lift(number: Number) -> None:
    """End a hold."""
    from qa.store.audit import Act, by_command, note
    from qa.store.erasing.holds import lift_hold

    with setup.opened(setup.site()).write() as tx:
        lift_hold(tx, number, None)
        note(tx, by_command(Act.HOLD_CHANGED, f"hold:{number}", what="lifted"))
    print_line(f"Hold {number} is lifted.")


@holds.command("list")
def hold_list(as_json: AsJson = False) -> None:
    """Every hold, lifted ones too."""
    from qa.store.erasing.holds import list_holds

    with setup.opened(setup.site()).read() as tx:
        found = list_holds(tx)
    if as_json:
        for one in found:
            print_json(hold_shape(one))
        return
    columns = ("number", "call", "customer", "reason", "since", "until", "lifted")
    print_table("Legal holds", columns, [tuple(hold_shape(one).values()) for one in found])


def hold_shape(one: "Hold") -> dict[str, Any]:
    """One hold of ``hold list``."""
    from qa.calendar import as_date

    return {
        "number": one.id,
        "call": one.call,
        "customer": one.customer,
        "reason": one.reason,
        "since": one.since.isoformat(),
        "until": None if one.until_day is None else as_date(one.until_day).isoformat(),
        "lifted": None if one.lifted_at is None else one.lifted_at.isoformat(),
    }


def _tell_prospect(found: "Prospect", *, as_json: bool) -> None:
    from qa.privacy.words import THINGS

    counts = {**found.counts, "copies": found.copies}
    if as_json:
        print_json({"done": False, "removed": counts, "held": list(found.held), "hold": found.hold})
        return
    if found.hold is not None:
        print_line(f"Legal hold {found.hold} keeps this customer; nothing can go until it is lifted.")
        return
    if not found.anything:
        print_line("Nothing is known of this customer.")
        return
    rows = [(THINGS[name]["en"], count) for name, count in counts.items() if count]
    print_table("Would be removed", ("what", "count"), rows)
    if found.held:
        print_line(f"{len(found.held)} calls are under a legal hold and stay: {', '.join(found.held)}.")
    print_line("Nothing has changed; --yes removes it for good.")


def _tell(made: "Certificate", *, as_json: bool) -> None:
    from qa.privacy.certificate import FOLDER, shape

    if as_json:
        print_json({"done": True, **shape(made)})
        return
    print_line(f"Done. The certificate is {FOLDER}/{made.name}.html in the data folder.")
    if not made.facts["clean"]:
        print_line("The database's log could not be emptied while somebody read it; the worker tries again.")


def _tell_again(requests: tuple[str, ...], *, done: bool, as_json: bool) -> None:
    if as_json:
        print_json({"done": done, "requests": list(requests)})
        return
    said = "were forgotten again" if done else "are here again; --yes forgets them"
    print_line(f"{len(requests)} customers {said}.")
