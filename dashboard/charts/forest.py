"""Effects with their intervals, one a row; those that stand are filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.i18n import isolated, rtl
from dashboard.plain import in_chart
from dashboard.theme import colours

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW, FRAME = 30, 46


@dataclass(frozen=True, slots=True)
class Effect:
    """One row: what a click gives, name, value with interval in the unit shown, text at the end."""

    key: str
    name: str
    value: float
    low: float
    high: float
    said: str
    stands: bool


def forest_chart(rows: Sequence[Effect]) -> "go.Figure":
    """The first row on top; zero is the solid line."""
    import plotly.graph_objects as go

    tokens, drawn = colours(), list(reversed(rows))
    places = list(range(len(drawn)))
    figure = go.Figure()
    figure.add_vline(0, line={"color": tokens.limit, "width": 1})
    _points(figure, drawn)
    figure.update_layout(height=ROW * len(drawn) + FRAME, margin={"l": 8, "r": 12, "t": 4, "b": 4})
    figure.update_xaxes(
        autorange="reversed" if rtl() else True, showgrid=True, gridcolor=tokens.grid, nticks=6
    )
    figure.update_yaxes(
        tickvals=places,
        ticktext=[isolated(in_chart(one.name)) for one in drawn],
        tickfont={"size": 13, "color": tokens.ink},
        range=[-0.6, len(drawn) - 0.4],
        showgrid=False,
        nticks=len(drawn) + 1,
    )
    return figure


def _points(figure: "go.Figure", drawn: Sequence[Effect]) -> None:
    """Filled where the effect stands, a ring where it may be chance."""
    tokens = colours()
    figure.add_scatter(
        x=[one.value for one in drawn],
        y=list(range(len(drawn))),
        mode="markers",
        marker={
            "size": 9,
            "color": [tokens.accent if one.stands else tokens.surface for one in drawn],
            "line": {"color": [tokens.accent if one.stands else tokens.edge for one in drawn], "width": 2},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [one.high - one.value for one in drawn],
            "arrayminus": [one.value - one.low for one in drawn],
            "width": 0,
            "thickness": 5,
            "color": tokens.whisker,
        },
        customdata=[one.key for one in drawn],
        text=[isolated(one.said) for one in drawn],
        hovertemplate="%{text}<extra></extra>",
    )
