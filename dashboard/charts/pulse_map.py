"""The pulse as a heat map: a row a figure, a column a day, colour and number its distance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dashboard.charts.control import week_labels
from dashboard.charts.template import scale
from dashboard.i18n import isolated, number, rtl
from dashboard.theme import colours, current_theme

if TYPE_CHECKING:
    import plotly.graph_objects as go

Named = tuple[str, str, NDArray[np.float64]]
"""Key, name and distances of a row."""

ROW, FRAME = 34, 46
FARTHEST = 3.0
DARK, LIGHT = "#000000", "#FFFFFF"
SMALL = 10.5
FAR = 1.7  # where the ramp turns to its dark ends


def pulse_map(days: Sequence[int], rows: Sequence[Named]) -> "go.Figure":
    """``rows`` are key, name and distances, the first one on top; a click gives ``[day, key]``."""
    import plotly.graph_objects as go

    drawn = list(reversed(rows))
    far = np.array([values for _key, _name, values in drawn])
    places = np.arange(len(days))
    figure = go.Figure(
        go.Heatmap(
            z=np.clip(far, -FARTHEST, FARTHEST),
            x=places,
            y=np.arange(len(drawn)),
            zmin=-FARTHEST,
            zmax=FARTHEST,
            colorscale=scale(current_theme()),
            hoverinfo="none",
        )
    )
    _numbers(figure, days, drawn, far)
    tokens = colours()
    figure.update_layout(height=ROW * len(drawn) + FRAME, margin={"l": 8, "r": 8, "t": 4, "b": 4})
    figure.update_xaxes(
        tickvals=places[::7],
        ticktext=week_labels([int(day) for day in days[::7]]),
        showgrid=False,
        range=[-0.5, len(days) - 0.5],
    )
    figure.update_yaxes(
        tickvals=np.arange(len(drawn)),
        ticktext=[isolated(name) for _key, name, _values in drawn],
        tickfont={"size": 13, "color": tokens.ink},
        showgrid=False,
        side="right" if rtl() else "left",
        nticks=len(drawn) + 1,
    )
    return figure


def _numbers(
    figure: "go.Figure", days: Sequence[int], drawn: Sequence[Named], far: NDArray[np.float64]
) -> None:
    """The number in each cell, on a mark that takes the click."""
    places = np.arange(len(days))
    x, y = (axis.ravel() for axis in np.meshgrid(places, np.arange(len(drawn))))
    flat = far.ravel()
    tokens = colours()
    figure.add_scatter(
        x=x,
        y=y,
        mode="markers+text",
        marker={"size": 24, "opacity": 0.01, "color": tokens.surface, "symbol": "square"},
        text=["" if np.isnan(v) else isolated(number(float(v), 1)) for v in flat],
        textfont={"size": SMALL, "color": [_ink(float(v), tokens.ink) for v in flat]},
        customdata=[[int(days[i]), drawn[j][0]] for j in range(len(drawn)) for i in range(len(days))],
        hoverinfo="none",
    )


def _ink(value: float, usual: str) -> str:
    """Legible on the cell: the ends of the ramp are dark in the light theme and bright in the dark one."""
    if np.isnan(value) or abs(value) < FAR:
        return usual
    return LIGHT if current_theme() == "light" else DARK
