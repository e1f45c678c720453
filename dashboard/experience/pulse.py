"""The pulse: days as a heat map, the parts beside it with their usual level, and the weights."""

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from dashboard.charts import draw, picked
from dashboard.charts.pulse_map import pulse_map
from dashboard.choosing import put
from dashboard.data import experience
from dashboard.i18n import N_, _, day_month, ngettext, number
from dashboard.parts import Cell, Column, panel, show, table
from dashboard.parts.marks import Markup
from dashboard.registry import streamlit_page
from dashboard.voice.words import sure
from qa.analytics.pulse import BASELINE, FEWEST, Part, Pulse

if TYPE_CHECKING:
    from dashboard.identity import Viewer

NAMES = {
    "together": N_("Together"),
    "csat": N_("Satisfaction (CSAT)"),
    "nps": N_("Recommendation (NPS)"),
    "sentiment": N_("Sentiment of comments"),
    "quality": N_("Quality score"),
}
SHOWN = {"csat": (100.0, 1), "nps": (1.0, 0), "sentiment": (1.0, 2), "quality": (1.0, 1)}
"""What a value is multiplied by to be shown, and its decimals."""


def pulse_panel(pulse: Pulse, params: dict[str, str], viewer: "Viewer") -> None:
    """The last 28 days; a cell opens what is behind it."""
    note = _("distance from the usual level in standard deviations; a cell opens its day")
    with panel("pulse", _("CX pulse, last 28 days"), note):
        if not pulse.known:
            text = _("Too few days with answers, comments and calls to say what is usual yet.")
            show(Markup('<p class="sub">{}</p>').format(text))
            return
        far = {"together": pulse.together} | {part.name: part.distances for part in pulse.parts}
        rows = [(name, _(NAMES[name]), values) for name, values in far.items()]
        alt = _("Heat map of the daily pulse and its parts")
        days = [int(day) for day in pulse.days]
        cell = picked(draw(pulse_map(days, rows), key="pulse", alt=alt, clickable=True))
        show(_parts_table(pulse))
        _weights(viewer)
    if isinstance(cell, list | tuple):
        _open_day(int(cell[0]), str(cell[1]), params)


def _open_day(day: int, part: str, params: dict[str, str]) -> None:
    here = params | {"from": str(day), "to": str(day)}
    if part == "quality":
        st.switch_page(streamlit_page("calls"), query_params=here)
    if part in ("csat", "nps"):
        st.switch_page(streamlit_page("surveys"), query_params=here | {"kind": part})
    if st.query_params.get("rows") != f"day:{day}":
        put("rows", f"day:{day}")
        st.rerun()


def _parts_table(pulse: Pulse) -> Markup:
    names = (_("Part"), _("Last 7 days"), _("95 % interval"), _("Usual"), _("Deviation"), _("Weight"))
    columns = [Column(name, numeric=place > 0) for place, name in enumerate(names)]
    return table(columns, [_part_row(part) for part in pulse.parts], _("Parts of the pulse"))


def _part_row(part: Part) -> list[str | Markup | Cell]:
    scale, places = SHOWN[part.name]
    late = "–" if part.late.value is None else number(part.late.value * scale, places)
    usual: tuple[str | Cell, str | Cell]
    if part.usual is None or part.spread is None:
        usual = (Cell(_("too few days"), span=2, pale=True), "")
    else:
        usual = (number(part.usual * scale, places), number(part.spread * scale, places))
    sured = Cell(sure(part.late, scale, places, _counted(part)), pale=True)
    return [_(NAMES[part.name]), late, sured, *(one for one in usual if one), number(part.weight, 1)]


def _counted(part: Part) -> str:
    """How many answers or comments; calls are the usual ones."""
    if part.name == "quality":
        return ""
    if part.name == "sentiment":
        return ngettext("{count} comment", "{count} comments", part.late.n)
    return ngettext("{count} answer", "{count} answers", part.late.n)


def _weights(viewer: "Viewer") -> None:
    """How the mean is made; those who bring data in may change the weights."""
    text = _(
        "Usual is the mean of the daily figures of {days} days before. A day needs {few} answers of a part.",
        days=number(BASELINE),
        few=number(FEWEST),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        show(Markup('<p class="sub">{}</p>').format(text))
        if viewer.role not in experience.WEIGHERS:
            return
        with st.popover(_("Weights"), icon=":material/tune:"), st.form("pulse_weights", border=False):
            now = experience.weights()
            chosen = {
                part: st.number_input(_(NAMES[part]), 0.0, 10.0, weight, 0.5, key=f"weight_{part}")
                for part, weight in now.items()
            }
            if st.form_submit_button(_("Save")):
                if not np.any(list(chosen.values())):
                    st.error(_("One weight must be more than 0."))
                    return
                experience.save_weights(viewer.role, chosen)
                st.rerun()


def day_words(day: int) -> str:
    """What a list of one day is called."""
    return _("Comments of {day}", day=day_month(day))
