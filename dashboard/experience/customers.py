"""Who comes back: first-contact resolution, retention and funnel, what answering a complaint goes with."""

import streamlit as st

from dashboard.charts import draw, picked
from dashboard.charts.shares import Bar, bar_chart
from dashboard.choosing import put
from dashboard.experience.reading import Read
from dashboard.i18n import N_, _, day_month, interval, ngettext, number, percent
from dashboard.parts import Cell, Column, Figure, panel, show, strip, table
from dashboard.parts.marks import Markup
from dashboard.voice.words import sure
from qa.analytics.intervals import Estimate
from qa.analytics.loyalty import Loyalty
from qa.analytics.replies import FEWEST, Effect, Outcome

STAGES = {
    "new": N_("Ordered"),
    "repeat": N_("Ordered again"),
    "loyal": N_("Loyal"),
    "advocate": N_("Advocate"),
}


def first_contact_panel(read: Read) -> None:
    """Share of calls after which nobody called again about the same."""
    found = read.first_contact
    note = _("calls after which the customer did not call the same queue again within 7 days")
    with panel("first_contact", _("Solved at first contact (proxy)"), note):
        figures = (
            (_("All calls"), found.every),
            (_("First-time callers"), found.new),
            (_("Known callers"), found.known),
        )
        show(strip([Figure(name, _percent(one), "", sure(one, 100)) for name, one in figures]))
        columns = [
            Column(_("Queue")),
            Column(_("Share"), numeric=True),
            Column(_("95 % interval"), numeric=True),
        ]
        rows = [(name, _percent(one), Cell(sure(one, 100), pale=True)) for name, one in found.queues]
        show(table(columns, rows, _("First-contact resolution by queue")))
        young = ngettext(
            "{count} call is too young to say.", "{count} calls are too young to say.", found.waiting
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            show(Markup('<p class="sub">{}</p>').format(young))
            if st.button(_("Show who called again"), key="again", type="tertiary"):
                put("rows", "again:")
                st.rerun()


def loyalty_panel(found: Loyalty | None) -> None:
    """Retention, share across services, promoters and the funnel."""
    note = _("from imported orders, in periods of 28 days")
    with panel("loyalty", _("Customers who stay"), note):
        if found is None:
            text = _("No orders in these days. Import orders to see who stays.")
            show(Markup('<p class="sub">{}</p>').format(text))
            return
        figures = (
            (_("Retention"), found.retention),
            (_("Two services"), found.across),
            (_("Promoters"), found.promoters),
        )
        told = [Figure(name, _percent(one), "", sure(one, 100, 1, _people(one.n))) for name, one in figures]
        show(strip(told))
        bars = [
            Bar(
                step, _(STAGES[step]), count, f"{number(count)} · {_percent(one)}" if place else number(count)
            )
            for place, (step, count, one) in enumerate(found.funnel)
        ]
        alt = _("Customers by how far they have come")
        chosen = st.query_params.get("rows", "").removeprefix("step:")
        step = picked(draw(bar_chart(bars, chosen), key="funnel", alt=alt, clickable=True))
        before = _(", ").join(
            f"{day_month(first)}: {_percent(one)}" for first, one in found.course if one.value is not None
        )
        text = _("Retention by first day of the period: {course}.", course=before or "–")
        show(Markup('<p class="sub">{}</p>').format(text))
    if isinstance(step, str) and step != chosen:
        put("rows", f"step:{step}")
        st.rerun()


def effect_panel(found: Effect) -> None:
    """What became of complaints that were answered, beside those that were not."""
    note = _("negative comments, within 30 days after them; answered within 72 h or not")
    with panel("effect", _("After a complaint in public"), note):
        heads = ("", _("Answered"), _("Not answered"), _("Gap"), _("95 % interval"))
        columns = [Column(name, numeric=bool(name)) for name in heads]
        named = ((_("Ordered again"), found.bought), (_("Wrote something kind"), found.kind_word))
        show(table(columns, [_outcome_row(name, one) for name, one in named], _("After a complaint")))
        text = _("A comparison, not a trial: who gets an answer is not drawn by lot.")
        show(Markup('<p class="sub">{}</p>').format(text))


def _outcome_row(name: str, one: Outcome) -> list[str | Markup | Cell]:
    if not one.enough:
        few = _("fewer than {few} complaints on a side", few=number(FEWEST))
        return [name, Cell(few, span=4, pale=True)]
    gap = one.gap
    sides = [f"{_percent(side)} ({number(side.n)})" for side in (one.answered, one.silent)]
    low, high = 100 * (gap.low or 0.0), 100 * (gap.high or 0.0)
    gained = number(100 * (gap.value or 0.0), 0, signed=True)
    return [name, *sides, gained, Cell(interval(low, high, 0), pale=True)]


def _percent(one: Estimate) -> str:
    return "–" if one.value is None else percent(one.value)


def _people(count: int) -> str:
    return ngettext("{count} customer", "{count} customers", count)
