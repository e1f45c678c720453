"""Putting a figure on a page, and reading which point was clicked."""

from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.charts.template import CONFIG, template
from dashboard.i18n import rtl
from dashboard.theme import Theme, current_theme

if TYPE_CHECKING:
    import plotly.graph_objects as go


@cache
def _built(theme: Theme, *, rtl: bool, room: bool) -> "go.layout.Template":
    """The template checked by Plotly once: doing it for every figure costs 60 ms (2 ms when it is kept)."""
    import plotly.graph_objects as go

    return go.layout.Template(template(theme, rtl=rtl, room=room))


def draw(figure: "go.Figure", *, key: str, alt: str, clickable: bool = False, room: bool = False) -> Any:
    """Show a figure in the desk's template; ``alt`` says in words what it shows.

    Returns what Streamlit returns: with ``clickable`` the selection that ``picked`` reads.
    """
    figure.layout.template = _built(current_theme(), rtl=rtl(), room=room)
    if not clickable:
        return st.plotly_chart(figure, theme=None, config=CONFIG, key=key, alt=alt)
    return st.plotly_chart(
        figure, theme=None, config=CONFIG, key=key, alt=alt, on_select="rerun", selection_mode="points"
    )


def picked(selection: Any) -> Any | None:
    """The ``customdata`` of the clicked point, or ``None`` when nothing was clicked."""
    points = selection.selection.points if selection else ()
    return points[0].get("customdata") if points else None
