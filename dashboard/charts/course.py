"""The course of one customer's sentiment: a point for every text that was read, over time."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dashboard.i18n import isolated, rtl
from dashboard.theme import colours

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 170


def course_chart(
    points: Sequence[tuple[datetime, float, str]],
    ends: tuple[str, str],
    ticks: Sequence[tuple[datetime, str]],
) -> "go.Figure":
    """``points`` are moment, sentiment -1 to 1 and label, oldest first; ``ends`` name the ends of the scale,
    ``ticks`` the days. Time runs from left to right in both languages.
    """
    import plotly.graph_objects as go

    tokens = colours()
    fill = {"negative": tokens.notmet, "positive": tokens.met}
    shape = {"negative": "square", "positive": "circle"}
    figure = go.Figure(
        go.Scatter(
            x=[at for at, _score, _label in points],
            y=[score for _at, score, _label in points],
            mode="lines+markers",
            line={"color": tokens.edge, "width": 1},
            marker={
                "size": 10,
                "color": [fill.get(label, tokens.na) for _at, _score, label in points],
                "symbol": [shape.get(label, "diamond") for _at, _score, label in points],
                "line": {"color": tokens.surface, "width": 1.5},
            },
            hoverinfo="skip",
        )
    )
    side = "right" if rtl() else "left"
    low, high = (isolated(text) for text in ends)
    figure.update_layout(height=HEIGHT, margin={"l": 8, "r": 8, "t": 6, "b": 4}, showlegend=False)
    figure.update_yaxes(
        range=[-1.15, 1.15], tickvals=[-1, 0, 1], ticktext=[low, "0", high], side=side, automargin=True
    )
    figure.update_xaxes(tickvals=[at for at, _ in ticks], ticktext=[isolated(text) for _, text in ticks])
    return figure
