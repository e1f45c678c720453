"""The order of dates: what the file shows, what each order would make of it, and the person's yes."""

from dataclasses import dataclass

import streamlit as st

from dashboard.data import imports
from dashboard.data.imports import ORDERS, Dates, Seen, Signs
from dashboard.data.site import settings
from dashboard.i18n import N_, _, day_month_year, isolated
from dashboard.imports.choosing import Chosen
from dashboard.imports.words import DATES
from dashboard.parts import Markup, show
from qa.calendar import local_day

SAID = {
    "year first": N_("The dates have the year first, so nothing is to be chosen."),
    "shown": N_("The file shows the order of its dates. Look whether the example is right."),
    "open": N_("Nothing in the file shows whether the day or the month comes first. Choose what is meant."),
    "contradictory": N_(
        "Some dates have the day first and some the month. Dates of the other order are rejected."
    ),
}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """``sure`` when nothing is open; ``order`` is what was chosen, ``None`` where the year comes first."""

    sure: bool
    order: Dates | None = None


def confirm(chosen: Chosen, seen: Seen, mapping: dict[str, str]) -> Confirmed:
    """Draw what the dates show; gives what the person says."""
    found = imports.signs(seen, chosen.kind, mapping)
    if found.standing == "none":
        return Confirmed(sure=True)
    show(Markup('<p class="sub">{}</p>').format(_(SAID[found.standing])))
    if found.standing == "year first":
        show(Markup('<p class="sub">{}</p>').format(_example(found.examples[:1], None)))
        return Confirmed(sure=True)
    kept = next((order for order in ORDERS if order == seen.source.dates), None)
    likely = found.order or kept
    order = st.radio(
        _("Order of the dates"),
        ORDERS,
        index=None if likely is None else ORDERS.index(likely),
        format_func=lambda one: _label(found, one),
        key=f"import_dates_{chosen.key}",
    )
    sure = order is not None and st.checkbox(
        _("These dates are right"), key=f"import_sure_{chosen.key}_{order}"
    )
    return Confirmed(bool(sure), order)


def _label(found: Signs, order: Dates) -> str:
    return _("{order}: {example}", order=_(DATES[order]), example=_example(found.examples[:1], order))


def _example(texts: tuple[str, ...], order: Dates | None) -> str:
    """A cell and the day that it means."""
    for text, moment in zip(texts, imports.meaning(texts, order), strict=True):
        if moment is None:
            return _("{text} is no date", text=isolated(text))
        return _(
            "{text} is {day}", text=isolated(text), day=day_month_year(local_day(moment, settings().zone))
        )
    return ""
