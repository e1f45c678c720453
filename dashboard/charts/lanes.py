"""Small multiples: a lane for each agent with the weekly mean in its own limits, figures beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.control import week_labels
from dashboard.charts.grid import Cell, Grid, grid_figure, heading, put_cells
from dashboard.i18n import isolated
from dashboard.theme import colours
from qa.analytics.control import Signal
from qa.analytics.people import QUIET, Course

if TYPE_CHECKING:
    import plotly.graph_objects as go

ROW, TOP, BOTTOM, SHOWN = 47, 76, 44, 12
HALF = 0.4  # of a row that a lane fills to each side
TICKS = 3
LEAST = 5.0


@dataclass(frozen=True, slots=True)
class Lane:
    """One row; ``said`` is what the pointer says of each week shown, ``opens`` what a week opens."""

    name: str
    course: Course | None
    said: Sequence[str]
    opens: Sequence[object]
    cells: Sequence[Cell]


def lanes_chart(lanes: Sequence[Lane], titles: Sequence[str], headings: tuple[str, str]) -> "go.Figure":
    """The first lane on top. All lanes have one scale, so steps compare."""
    grid = Grid([lane.name for lane in lanes], titles, 0.4, ROW, TOP, BOTTOM)
    figure = grid_figure(grid)
    reach = _reach(lanes)
    shapes: list[dict[str, Any]] = []
    for y, lane in zip(grid.places, lanes, strict=True):
        if lane.course is not None:
            shapes += _limits(lane.course, y, reach)
            _line(figure, lane, y, reach)
    figure.update_layout(shapes=shapes)
    put_cells(figure, grid, [lane.cells for lane in lanes])
    for text, side in zip(headings, ("near", "far"), strict=True):
        heading(figure, text, side=side, height=TOP - 22)
    weeks = next((lane.course.weeks[-SHOWN:] for lane in lanes if lane.course is not None), np.array([]))
    labels = week_labels([int(week) for week in weeks])
    figure.update_layout(
        xaxis_tickvals=list(range(len(weeks)))[::TICKS],
        xaxis_ticktext=labels[::TICKS],
        xaxis_range=[-0.5, max(1, len(weeks)) - 0.5],
        xaxis_showgrid=False,
    )
    return figure


def centre(course: Course) -> float:
    """What a lane is drawn around: the agent's own mean of the weeks."""
    return float(course.chart.centre if course.chart.ready else np.nanmean(course.chart.values))


def _reach(lanes: Sequence[Lane]) -> float:
    """Half the height of every lane, in points: the widest distance that is drawn anywhere."""
    courses = [lane.course for lane in lanes if lane.course is not None]
    far = [np.nan_to_num(np.abs(one.chart.values[-SHOWN:] - centre(one))).max() for one in courses]
    return max([LEAST, *(float(one) for one in far)])


def _limits(course: Course, y: float, reach: float) -> list[dict[str, Any]]:
    tokens = colours()
    line = {"color": tokens.line, "width": 1}
    base = {"type": "line", "x0": -0.4, "x1": min(SHOWN, len(course.weeks)) - 0.6, "layer": "below"}
    found: list[dict[str, Any]] = [{**base, "y0": y, "y1": y, "line": line}]
    if course.chart.ready:
        half = min(1.0, float(course.chart.upper[-1] - course.chart.centre) / reach) * HALF
        box = {"y0": y - half, "y1": y + half, "fillcolor": tokens.band, "line": {"width": 0}}
        found.append({**base, "type": "rect", **box})
    return found


def _line(figure: "go.Figure", lane: Lane, y: float, reach: float) -> None:
    course, tokens = lane.course, colours()
    if course is None:
        return
    values = course.chart.values[-SHOWN:]
    signals = [signal not in QUIET for signal in course.chart.signals[-SHOWN:]]
    figure.add_scatter(
        x=np.arange(len(values)),
        y=y + (values - centre(course)) / reach * HALF,
        mode="lines+markers",
        line={"color": tokens.ink3, "width": 1.5},
        marker={
            "size": [9 if on else 6 if last else 4 for on, last in _marks(signals)],
            "symbol": ["diamond" if on else "circle" for on in signals],
            "color": [tokens.notmet if _bad(s) else tokens.accent for s in course.chart.signals[-SHOWN:]],
        },
        customdata=list(lane.opens),
        hovertext=[isolated(text) for text in lane.said],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _marks(signals: Sequence[bool]) -> list[tuple[bool, bool]]:
    return [(on, place == len(signals) - 1) for place, on in enumerate(signals)]


def _bad(signal: Signal) -> bool:
    return signal in (Signal.BELOW, Signal.RUN_BELOW, Signal.FALLING)
