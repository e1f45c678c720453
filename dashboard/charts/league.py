"""Agents by shrunken mean beside the heat map of their criteria."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.charts.decor import Decor
from dashboard.charts.grid import DOWN, UP, Cell, Grid, grid_figure, heading, put_cells
from dashboard.charts.template import scale
from dashboard.i18n import _, isolated, number, rtl
from dashboard.theme import colours, current_theme
from qa.analytics.league import Place

if TYPE_CHECKING:
    import plotly.graph_objects as go

FARTHEST, FAR = 15.0, 8.5
"""Points at which the ramp ends, and from which it is dark (or bright) enough to turn the letters."""

ON_FAR = {"light": "#FFFFFF", "dark": "#000000"}
ROW, TOP, BOTTOM = 33, 84, 30


@dataclass(frozen=True, slots=True)
class Standing:
    """One row: the place in the league, the name, the cells; ``far`` are points from the mean by column."""

    place: Place
    name: str
    hint: str
    opens: object
    cells: Sequence[Cell]
    far: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Table:
    """``titles`` are those of all columns; the first ``plain`` of them have no colour; ``upright``
    sets the others on end.
    """

    rows: Sequence[Standing]
    titles: Sequence[str]
    plain: int
    mean: float
    target: float | None
    split: float
    headings: tuple[str, str]
    upright: bool = False


def league_chart(table: Table) -> "go.Figure":
    """The highest on top; neighbours on one ground cannot be told apart."""
    names = [row.name for row in table.rows]
    grid = Grid(names, table.titles, table.split, ROW, TOP, BOTTOM, table.plain if table.upright else None)
    decor = Decor()
    figure = grid_figure(grid, decor)
    _grounds(decor, table, grid)
    _lines(decor, table)
    _heat(figure, table, grid)
    _dots(figure, table, grid)
    put_cells(figure, grid, [row.cells for row in table.rows])
    for text, side in zip(table.headings, ("near", "far"), strict=True):
        heading(decor, text, side=side, height=TOP - 26)
    decor.put(figure)
    figure.update_xaxes(selector={"anchor": None}, nticks=7)
    if rtl():
        figure.update_layout(xaxis_autorange="reversed")
    return figure


def ink(far: float | None) -> str:
    """Letters that are legible on a cell of this colour; pale where there is none."""
    if far is None:
        return colours().ink3
    return ON_FAR[current_theme()] if abs(far) >= FAR else colours().ink


def _grounds(decor: Decor, table: Table, grid: Grid) -> None:
    """One ground for each band, every other one sunken."""
    for band in {row.place.band for row in table.rows}:
        inside = [y for y, row in zip(grid.places, table.rows, strict=True) if row.place.band == band]
        if band % 2 == 0:
            decor.shapes.append({
                "type": "rect", "xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": min(inside) - 0.5,
                "y1": max(inside) + 0.5,
                "fillcolor": colours().sunken, "line": {"width": 0}, "layer": "below",
            })  # fmt: skip


def _lines(decor: Decor, table: Table) -> None:
    """The mean of all, and the target where there is one; each says its name over the rows."""
    tokens, top = colours(), len(table.rows) - 1 + UP
    lines = [(table.mean, "solid", _("mean {value}", value=number(table.mean, 1)))]
    if table.target is not None:
        lines.append((table.target, "dash", _("target {value}", value=number(table.target))))
    turned = len(lines) == 2 and lines[0][0] > lines[1][0]
    for place, (value, dash, text) in enumerate(lines):
        decor.shapes.append({
            "type": "line", "x0": value, "x1": value, "y0": -DOWN, "y1": top, "layer": "below",
            "line": {"color": tokens.limit, "width": 1.2, "dash": dash},
        })  # fmt: skip
        ahead = (place == 0) != turned  # the smaller value's name ends at its line, the larger one's begins
        decor.texts.append({
            "x": value, "y": top, "yanchor": "bottom", "text": isolated(text),
            "xanchor": "center" if len(lines) == 1 else "right" if ahead != rtl() else "left",
            "font": {"size": 11, "color": tokens.ink2},
        })  # fmt: skip


def _heat(figure: "go.Figure", table: Table, grid: Grid) -> None:
    if not table.rows or not table.rows[0].far:
        return
    far = np.array([[np.nan if v is None else v for v in row.far] for row in table.rows], dtype=float)
    figure.add_heatmap(
        xaxis="x2",
        x=np.arange(table.plain, table.plain + far.shape[1]),
        y=grid.places,
        z=np.clip(far, -FARTHEST, FARTHEST),
        zmin=-FARTHEST,
        zmax=FARTHEST,
        colorscale=scale(current_theme()),
        hoverinfo="skip",
    )


def _dots(figure: "go.Figure", table: Table, grid: Grid) -> None:
    """A ring for the raw mean, then the shrunken one with its interval."""
    tokens, places = colours(), [row.place for row in table.rows]
    raw = {"size": 8, "color": "rgba(0,0,0,0)", "line": {"color": tokens.edge, "width": 1.6}}
    figure.add_scatter(
        x=[place.raw for place in places], y=grid.places, mode="markers", marker=raw, hoverinfo="skip"
    )
    value = np.array([place.shrunk.value or 0.0 for place in places])
    low = np.array([place.raw if place.shrunk.low is None else place.shrunk.low for place in places])
    high = np.array([place.raw if place.shrunk.high is None else place.shrunk.high for place in places])
    figure.add_scatter(
        x=value,
        y=grid.places,
        mode="markers",
        marker={"size": 10, "color": tokens.accent, "line": {"color": tokens.surface, "width": 1.5}},
        error_x={
            "type": "data", "symmetric": False, "array": high - value, "arrayminus": value - low, "width": 0,
            "thickness": 6, "color": tokens.whisker,
        },
        customdata=[row.opens for row in table.rows],
        hovertext=[isolated(row.hint) for row in table.rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
