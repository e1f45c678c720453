from dataclasses import replace
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard import identity, paging, states
from dashboard.care.asking import draw_first
from dashboard.care.controls import draw_controls
from dashboard.care.drawing import pressed_line, reasons_strip
from dashboard.care.following import draw_matter
from dashboard.care.query import list_of, read_care
from dashboard.data import care
from dashboard.data.site import settings
from dashboard.i18n import _, ngettext, number
from dashboard.parts import go, head, panel, show

SIZE = 20
WIDTHS = {"alone": (1.7, 1.3, 1.1), "first": (1.7, 1.1), "pressed": (1.7,)}
LATELY = 30  # days after which nobody wants to be asked about a first service


def draw_alone() -> str | None:
    found = waiting.page
    if not found:
        text = _(
            "Complaints, broken promises and low surveys with no contact since stand here, oldest first."
        )
        states.empty("alone", _("Nobody is left alone"), text)
        return None
    with panel("alone", stretch=False, dense=True):
        for place, one in enumerate(found):
            draw_matter(one, viewer, now, last=place == len(found) - 1)
    return waiting.next


def draw_asked() -> str | None:
    lately = wanted if wanted.since else replace(wanted, since=now - timedelta(days=LATELY))
    found = paging.opened(lambda after: care.first(viewer.scope, lately, SIZE, after))
    if not found.rows:
        text = _("Customers after their first call or order whom nobody has asked yet stand here.")
        states.empty("first", _("Everybody was asked"), text)
        return None
    note = "" if wanted.since else _("first served in the last {days} days", days=number(LATELY))
    with panel("first", _("Customers after their first call or order"), note, stretch=False, dense=True):
        for place, one in enumerate(found.rows):
            draw_first(one, viewer.scope, now, last=place == len(found.rows) - 1)
    return found.next


def draw_pressed() -> None:
    found = care.pressed(viewer.scope, SIZE)
    if not found:
        states.empty("pressed", _("Nobody is pressed"), _("No customer was contacted or asked too often."))
        return
    note = _(
        "over {limit} calls and survey invitations in {days} days; leave them out of the next invitation",
        limit=number(care.PRESSURE_LIMIT),
        days=number(care.PRESSURE_DAYS),
    )
    with panel("pressed", _("Customers under contact pressure"), note, stretch=False, dense=True):
        for place, one in enumerate(found):
            body, params = pressed_line(one, last=place == len(found) - 1), {"customer": one.customer}
            go(f"pressed_{one.customer[:16]}", body, "customer", label=_("Open the customer"), params=params)


viewer, now = identity.viewer(), datetime.now(UTC)
shown, wanted = list_of(st.query_params), read_care(st.query_params, settings().zone, viewer.user_id)
waiting = (
    paging.opened(lambda after: care.alone(viewer.scope, wanted, SIZE, after))
    if shown == "alone"
    else care.alone(viewer.scope, wanted, 0)
)
total = sum(waiting.counts.values())
sub = ngettext("{count} matter waits for somebody.", "{count} matters wait for somebody.", total)
draw_controls(head(_("Customers"), sub, controls=WIDTHS[shown]), shown)
if shown == "alone" and total:
    show(reasons_strip(waiting.counts))
if shown == "pressed":
    draw_pressed()
else:
    paging.buttons("customers", draw_alone() if shown == "alone" else draw_asked())
