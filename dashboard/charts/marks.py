"""Marks in a weekly chart at the days on which something was decided or is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.charts.decor import Decor
from dashboard.i18n import isolated
from dashboard.plain import in_chart
from dashboard.theme import colours

if TYPE_CHECKING:
    import numpy as np
    import plotly.graph_objects as go


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with its words; ``strong`` for the one that the page is about."""

    day: int
    text: str
    strong: bool = False


def mark_days(figure: "go.Figure", weeks: "np.ndarray", marks: Iterable[Mark]) -> None:
    """Draw the marks that lie in the weeks shown; words stand at the top, beside their line."""
    if not len(weeks):
        return
    tokens, first, last, decor = colours(), int(weeks[0]), int(weeks[-1]) + 6, Decor()
    figure.update_layout(margin={"t": 26})
    for mark in marks:
        if not first <= mark.day <= last:
            continue
        place = (mark.day - first) / 7 - 0.5
        colour = tokens.ink2 if mark.strong else tokens.limit
        decor.upright(place, {"color": colour, "width": 1.5 if mark.strong else 1, "dash": "dash"})
        decor.texts.append(
            {
                "x": place,
                "yref": "paper",
                "y": 1.0,
                "yanchor": "bottom",
                "xanchor": "right" if place > len(weeks) / 2 else "left",
                "text": isolated(f"<b>{in_chart(mark.text)}</b>" if mark.strong else in_chart(mark.text)),
            }
        )
    decor.put(figure)
