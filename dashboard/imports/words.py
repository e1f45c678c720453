"""Kinds of files, their fields and ways in, in the viewer's words."""

from dashboard.data.imports import Dates, ImportKind
from dashboard.i18n import N_, _

KINDS = {
    ImportKind.SURVEYS: N_("Surveys"),
    ImportKind.COMMENTS: N_("Public comments"),
    ImportKind.ORDERS: N_("Orders"),
    ImportKind.QUEUE_LOG: N_("Queue log of the telephone system"),
    ImportKind.CDR: N_("Call detail records"),
}
WAYS = {
    "command": N_("by command"),
    "page": N_("on this page"),
    "folder": N_("from the folder"),
    "interface": N_("pushed by a system"),
}
DATES: dict[Dates, str] = {
    "dmy": N_("Day first"),
    "mdy": N_("Month first"),
    "jalali": N_("Jalali, year first"),
    "iso": N_("Gregorian, year first"),
}
FIELDS = {
    "id": N_("Number of the row"),
    "answered": N_("Answered at"),
    "sent": N_("Sent at"),
    "date": N_("Date"),
    "time": N_("Time"),
    "clock": N_("Time of day"),
    "csat": N_("Satisfaction (CSAT)"),
    "nps": N_("Would recommend (NPS)"),
    "ces": N_("Effort (CES)"),
    "scale": N_("Top of the scale"),
    "text": N_("Text"),
    "title": N_("Title"),
    "call": N_("Call"),
    "customer": N_("Customer"),
    "agent": N_("Agent"),
    "queue": N_("Queue"),
    "service": N_("Service"),
    "stars": N_("Stars"),
    "channel": N_("Channel"),
    "author": N_("Author"),
    "product": N_("Product or post"),
    "reply_to": N_("Answers the comment"),
    "reply": N_("Reply"),
    "reply_time": N_("Replied at"),
    "amount": N_("Amount"),
    "member": N_("Member of the queue"),
    "event": N_("Event"),
    "caller": N_("Number of the caller"),
    "outcome": N_("Outcome"),
    "waited": N_("Waited"),
    "talked": N_("Talked"),
    "duration": N_("Whole duration"),
    "p1": N_("Parameter 1"),
    "p2": N_("Parameter 2"),
    "p3": N_("Parameter 3"),
    "p4": N_("Parameter 4"),
    "p5": N_("Parameter 5"),
}


def field(name: str) -> str:
    """A field's name."""
    return _(FIELDS[name]) if name else _("not used")
