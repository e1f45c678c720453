"""The desk's own words: layers, reasons, outcomes, times."""

from datetime import datetime, timedelta

from dashboard.data.site import settings
from dashboard.i18n import N_, _, ngettext
from dashboard.i18n.dates import day_month, weekday_name
from qa.calendar import local_day

WORDS = {
    "random": N_("random sample"),
    "risk": N_("risk"),
    "targeted": N_("targeted"),
    "critical": N_("critical failure"),
    "abuse": N_("rude words or abuse"),
    "promise": N_("promise"),
    "complaint": N_("complaint"),
    "low score": N_("low score"),
    "low confidence": N_("machine not sure"),
    "accepted": N_("accepted"),
    "partly": N_("accepted in part"),
    "rejected": N_("rejected"),
    "open": N_("waits for an answer"),
    "answered": N_("answered"),
    "closed": N_("closed"),
    "opened": N_("contested"),
    "reopened": N_("asked again"),
    "inaudible": N_("inaudible"),
    "wrong number": N_("wrong number"),
    "not a conversation": N_("not a conversation"),
    "personal": N_("I know the customer"),
    "other": N_("other reason"),
}
REPLACE = ("inaudible", "wrong number", "not a conversation", "personal", "other")
"""Why a call cannot be reviewed."""


def desk_word(value: str) -> str:
    """A word of the desk in the viewer's language."""
    return _(WORDS[value]) if value in WORDS else value


def why(layer: str | None, reasons: tuple[str, ...]) -> str:
    """Why a call was chosen."""
    named = [desk_word(reason) for reason in reasons if reason != "targeted"]
    if layer is None:
        return _("chosen by hand")
    return (
        _("{layer}: {reasons}", layer=desk_word(layer), reasons=_(", ").join(named))
        if named
        else desk_word(layer)
    )


def due_text(due: datetime | None, now: datetime) -> tuple[str, bool]:
    """When something is due, and whether it is late."""
    if due is None:
        return _("no deadline"), False
    if due < now:
        hours = int((now - due).total_seconds() // 3600)
        if hours >= 48:
            return ngettext("{count} day late", "{count} days late", hours // 24), True
        return ngettext("{count} hour late", "{count} hours late", max(1, hours)), True
    last = due - timedelta(seconds=1)  # midnight is the end of a day, not the next one
    day, today = local_day(last, settings().zone), local_day(now, settings().zone)
    if day == today:
        return _("due today"), False
    name = weekday_name(day) if day - today < 7 else day_month(day)
    return _("due {day}", day=name), False
