"""Bars of counts beside their names; the one that was chosen stands out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.i18n import isolated, rtl
from dashboard.theme import colours

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW, FRAME, LEAST = 27, 26, 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what a click gives, its name, its length and what is written at its end."""

    key: str
    name: str
    length: float
    said: str


def bar_chart(rows: Sequence[Bar], chosen: str = "") -> "go.Figure":
    """The first bar on top; bars begin at 0 and grow away from the names."""
    import plotly.graph_objects as go

    tokens, drawn = colours(), list(reversed(rows))
    figure = go.Figure(
        go.Bar(
            x=[bar.length for bar in drawn],
            y=list(range(len(drawn))),
            orientation="h",
            marker_color=[tokens.accent if bar.key == chosen else tokens.bar for bar in drawn],
            text=[isolated(bar.said) for bar in drawn],
            textposition="outside",
            cliponaxis=False,
            textfont={"color": tokens.ink2},
            customdata=[bar.key for bar in drawn],
            hoverinfo="none",  # "skip" would take the click away too
        )
    )
    margin = {"l": 80, "r": 8} if rtl() else {"l": 8, "r": 80}
    height = max(LEAST, ROW * len(drawn) + FRAME)
    figure.update_layout(height=height, margin={**margin, "t": 4, "b": 4}, bargap=0.42)
    figure.update_xaxes(visible=False, autorange="reversed" if rtl() else True)
    figure.update_yaxes(
        tickvals=list(range(len(drawn))),
        ticktext=[isolated(bar.name) for bar in drawn],
        tickfont={"size": 13, "color": tokens.ink},
        ticklabelstandoff=8,
        automargin=True,
        showgrid=False,
        nticks=len(drawn) + 1,
    )
    return figure
