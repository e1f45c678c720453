"""How scores are distributed, now and under a draft: bars side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.i18n import isolated, number, rtl
from dashboard.theme import colours

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 220


@dataclass(frozen=True, slots=True)
class Spread:
    """Calls by score: one count a bar of ``width`` points, the last one with 100 in it."""

    now: Sequence[int]
    then: Sequence[int]
    width: int
    names: tuple[str, str]


def spread_chart(spread: Spread) -> "go.Figure":
    """Bars from the lowest score that occurs; grey is now, accent the draft. Names stand over their bars."""
    import plotly.graph_objects as go

    tokens = colours()
    first = next((i for i, pair in enumerate(zip(spread.now, spread.then, strict=True)) if any(pair)), 0)
    places = list(range(first, len(spread.now)))
    ticks = [number(place * spread.width) for place in places]
    figure = go.Figure()
    for counts, colour, name in (
        (spread.now, tokens.bar, spread.names[0]),
        (spread.then, tokens.accent, spread.names[1]),
    ):
        values = [counts[place] for place in places]
        figure.add_bar(x=places, y=values, marker_color=colour, name=isolated(name), hoverinfo="y+name")
    margin = {"l": 8, "r": 36} if rtl() else {"l": 36, "r": 8}
    figure.update_layout(height=HEIGHT, margin={**margin, "t": 6, "b": 4}, barmode="group", bargap=0.25)
    figure.update_xaxes(tickvals=places, ticktext=ticks)
    return figure
