"""How a promise looks in the ledger."""

from datetime import datetime

from dashboard.data.promises import LedgerRow, PromiseState
from dashboard.data.site import settings
from dashboard.i18n import N_, _, ago, moment, ngettext, quoted
from dashboard.parts import Markup, Row, chip, row, stack

STATES = {
    PromiseState.OPEN: N_("open"),
    PromiseState.KEPT: N_("kept"),
    PromiseState.BROKEN: N_("broken"),
    PromiseState.VOID: N_("void"),
}
QUOTE = 150  # letters of a quote that fit two lines


def line(promise: LedgerRow, now: datetime, *, last: bool = False) -> Markup:
    """What was promised, by whom and when, and how long it has been due."""
    late = is_late(promise, now)
    said = _("said {time}", time=moment(promise.made_at, settings().zone, now))
    detail = " · ".join(part for part in (promise.agent or _("no agent"), promise.queue or "", said) if part)
    return row(
        Row(
            quoted(shortened(promise.quote)),
            stack((detail, " ", stack(marks(promise)))),
            due_words(promise, now),
            urgent=late or promise.forbidden,
            late=late,
            last=last,
        )
    )


def marks(promise: LedgerRow) -> list[Markup]:
    """Chips: against policy, a call that suggests an answer, how it ended, generated data."""
    found = []
    if promise.forbidden:
        found.append(chip(_("against policy"), "now"))
    if promise.state is not PromiseState.OPEN:
        found.append(
            chip(_(STATES[promise.state]), "accent" if promise.state is PromiseState.KEPT else "line")
        )
    elif promise.contact_at is not None:
        found.append(chip(_("was called since"), "accent"))
    elif promise.again_at is not None:
        found.append(chip(_("called again"), "line"))
    if promise.generated:
        found.append(chip(_("generated"), "line"))
    return found


def is_late(promise: LedgerRow, now: datetime) -> bool:
    """Open, and past its time."""
    return promise.state is PromiseState.OPEN and promise.due_at is not None and promise.due_at < now


def due_words(promise: LedgerRow, now: datetime) -> str:
    """When it is due, or how long it has been."""
    if promise.state is not PromiseState.OPEN:
        return "" if promise.changed_at is None else moment(promise.changed_at, settings().zone, now)
    if promise.due_at is None:
        return _("no time named")
    if promise.due_at < now:
        return _("due {ago}", ago=ago(promise.due_at, now))
    hours = int((promise.due_at - now).total_seconds() // 3600)
    if hours < 1:
        return _("due within the hour")
    if hours < 24:
        return ngettext("due in {count} hour", "due in {count} hours", hours)
    return ngettext("due in {count} day", "due in {count} days", hours // 24)


def shortened(quote: str) -> str:
    """The quote, cut at a word."""
    return quote if len(quote) <= QUOTE else quote[:QUOTE].rsplit(" ", 1)[0] + "…"


def link_name(promise: LedgerRow, now: datetime) -> str:
    """What a screen reader says of the line's link."""
    when = moment(promise.made_at, settings().zone, now)
    return _("Hear the promise of {agent}, {time}", agent=promise.agent or _("no agent"), time=when)
