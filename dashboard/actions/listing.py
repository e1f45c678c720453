"""The list of action items: overdue first; a row opens the item beside it."""

from collections.abc import Sequence

import streamlit as st

from dashboard.actions.words import ORIGINS, aim, due
from dashboard.data.actions import ActionItem, ItemFilter, ItemState, ItemTally
from dashboard.i18n import N_, _, ngettext
from dashboard.identity import Viewer
from dashboard.parts import Markup, Row, go, panel, row, show

SHOWN = {
    "": N_("Open"),
    "overdue": N_("Overdue"),
    "mine": N_("Mine"),
    "done": N_("Done"),
    "dropped": N_("Dropped"),
    "all": N_("All"),
}


def wanted(shown: str, viewer: Viewer, today: int) -> ItemFilter:
    """What a choice of the list asks for; an unknown one is the open list."""
    if shown == "overdue":
        return ItemFilter(overdue_by=today)
    if shown == "mine":
        return ItemFilter(owner_id=viewer.user_id)
    if shown in ("done", "dropped"):
        return ItemFilter(states=frozenset({ItemState(shown)}))
    return ItemFilter() if shown == "all" else ItemFilter(states=frozenset({ItemState.OPEN}))


def summary(counted: ItemTally) -> str:
    """The line under the title."""
    open_ones = ngettext("{count} action is open", "{count} actions are open", counted.open)
    if not counted.overdue:
        return _("{open}, none of them late.", open=open_ones)
    late = ngettext("{count} of them is late.", "{count} of them are late.", counted.overdue)
    return _("{open}, {late}", open=open_ones, late=late)


def items_panel(found: Sequence[ActionItem], chosen: int | None) -> None:
    """The rows."""
    shown = str(st.query_params.get("shown", ""))
    with panel("plan", stretch=False, dense=True):
        for place, one in enumerate(found):
            text, late = due(one)
            about = one.agent or one.team or ""
            parts = [one.owner, about if about != one.owner else "", aim(one), _(ORIGINS[one.origin])]
            detail = Markup(" · ").join(Markup("<bdi>{}</bdi>").format(part) for part in parts if part)
            title = Markup('<span dir="auto" class="{}">{}</span>').format(
                "chosen" if one.id == chosen else "", one.what
            )
            body = row(Row(title, detail, text, urgent=late, late=late, last=place == len(found) - 1))
            params = {"item": str(one.id)} | ({"shown": shown} if shown else {})
            go(f"item_{one.id}", body, "plan", label=_("Open the action"), params=params)


def nothing(counted: ItemTally) -> str:
    """What stands where no item fits."""
    if counted.total:
        return _("No action fits this choice.")
    return _("Actions come here from coaching, alerts and calibrations, or are written by hand.")


def note(text: str) -> None:
    """A sentence in a quiet voice."""
    show(Markup('<p class="sub">{}</p>').format(text))
