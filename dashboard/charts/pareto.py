"""A Pareto: bars by size, each with its interval, that open what is behind them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.i18n import isolated, number, percent, rtl
from dashboard.plain import in_chart
from dashboard.theme import colours

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW = 30
FRAME = 22


@dataclass(frozen=True, slots=True)
class Part:
    """One bar: ``count``, the ends of its interval, and what it and the bars above reach together (0-1)."""

    key: str
    title: str
    count: int
    ends: tuple[float, float]
    reach: float


def pareto_chart(rows: list[Part]) -> "go.Figure":
    """The largest on top and in accent; bars begin at 0 and grow away from the names."""
    import plotly.graph_objects as go

    tokens, drawn = colours(), rows[::-1]
    reach = max(part.ends[1] for part in rows)
    names = [isolated(in_chart(part.title)) for part in drawn]
    bars = go.Bar(
        x=[part.count for part in drawn],
        y=names,
        orientation="h",
        marker_color=[tokens.bar] * (len(drawn) - 1) + [tokens.accent],
        error_x=_whiskers(drawn, tokens.ink3),
        customdata=[part.key for part in drawn],
        hoverinfo="none",  # "skip" would take the click away too
    )
    labels = go.Scatter(
        x=[part.ends[1] + reach * 0.03 for part in drawn],
        y=names,
        mode="text",
        text=[isolated(f"<b>{number(part.count)}</b>  {percent(part.reach)}") for part in drawn],
        textposition="middle left" if rtl() else "middle right",
        textfont={"color": tokens.ink2},
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure = go.Figure([bars, labels])
    margin = {"l": 84, "r": 8} if rtl() else {"l": 8, "r": 84}
    height = ROW * len(drawn) + FRAME
    figure.update_layout(height=height, margin={**margin, "t": 4, "b": 4}, bargap=0.42, showlegend=False)
    figure.update_xaxes(visible=False, range=[reach * 1.04, 0] if rtl() else [0, reach * 1.04])
    look = {"size": 13, "color": tokens.ink}
    figure.update_yaxes(tickfont=look, ticklabelstandoff=8, automargin=True, showgrid=False, dtick=1)
    return figure


def _whiskers(drawn: list[Part], colour: str) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [part.ends[1] - part.count for part in drawn],
        "arrayminus": [part.count - part.ends[0] for part in drawn],
        "color": colour,
        "thickness": 1.4,
        "width": 0,
    }
