"""Points lost to each criterion: bars that open the calls."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.i18n import isolated, number, rtl
from dashboard.plain import in_chart
from dashboard.theme import colours

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW = 34
FRAME = 26


@dataclass(frozen=True, slots=True)
class Lost:
    """Points of 100 that a criterion costs a call on average, and the change on last week."""

    key: str
    title: str
    points: float
    change: float | None


def lost_chart(rows: list[Lost]) -> "go.Figure":
    """The largest loss on top and in accent; bars begin at 0 and grow away from the names."""
    import plotly.graph_objects as go

    tokens, drawn = colours(), rows[::-1]
    said = [
        isolated(
            f"<b>{number(r.points, 1)}</b>  {'' if r.change is None else number(r.change, 1, signed=True)}"
        )
        for r in drawn
    ]
    figure = go.Figure(
        go.Bar(
            x=[r.points for r in drawn],
            y=[isolated(in_chart(r.title)) for r in drawn],
            orientation="h",
            marker_color=[tokens.bar] * (len(drawn) - 1) + [tokens.accent],
            text=said,
            textposition="outside",
            cliponaxis=False,
            textfont={"color": tokens.ink2},
            customdata=[r.key for r in drawn],
            hoverinfo="none",  # "skip" would take the click away too
        )
    )
    margin = {"l": 80, "r": 8} if rtl() else {"l": 8, "r": 80}
    figure.update_layout(height=ROW * len(drawn) + FRAME, margin={**margin, "t": 4, "b": 4}, bargap=0.42)
    figure.update_xaxes(visible=False, autorange="reversed" if rtl() else True)
    figure.update_yaxes(
        tickfont={"size": 13, "color": tokens.ink}, ticklabelstandoff=8, automargin=True, showgrid=False
    )
    return figure
