"""Small multiples: a lane for each agent with the weekly mean in its own limits, figures beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.control import week_labels
from dashboard.charts.decor import Decor
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


@dataclass(frozen=True, slots=True)
class Point:
    """A week of a lane as it is drawn; without a place it is the gap between two lanes."""

    x: int | None
    y: float | None
    size: int = 4
    symbol: str = "circle"
    bad: bool = False
    opens: object = None
    said: str = ""


def lanes_chart(lanes: Sequence[Lane], titles: Sequence[str], headings: tuple[str, str]) -> "go.Figure":
    """The first lane on top. All lanes have one scale, so steps compare."""
    grid = Grid([lane.name for lane in lanes], titles, 0.4, ROW, TOP, BOTTOM)
    decor = Decor()
    figure = grid_figure(grid, decor)
    reach = _reach(lanes)
    drawn = [(y, lane, lane.course) for y, lane in zip(grid.places, lanes, strict=True) if lane.course]
    decor.shapes.extend(shape for y, _lane, course in drawn for shape in _limits(course, y, reach))
    _lines(figure, [_points(lane, course, y, reach) for y, lane, course in drawn])
    put_cells(figure, grid, [lane.cells for lane in lanes])
    for text, side in zip(headings, ("near", "far"), strict=True):
        heading(decor, text, side=side, height=TOP - 22)
    decor.put(figure)
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


def _points(lane: Lane, course: Course, y: float, reach: float) -> list[Point]:
    """The weeks of a lane, and a gap to the next."""
    values, signals = course.chart.values[-SHOWN:], course.chart.signals[-SHOWN:]
    heights = y + (values - centre(course)) / reach * HALF
    weeks = zip(heights, signals, lane.opens, lane.said, strict=True)
    found: list[Point] = []
    for x, (height, signal, opens, said) in enumerate(weeks):
        on, last = signal not in QUIET, x == len(values) - 1
        size, symbol = 9 if on else 6 if last else 4, "diamond" if on else "circle"
        found.append(Point(x, float(height), size, symbol, _bad(signal), opens, isolated(said)))
    return [*found, Point(None, None)]


def _lines(figure: "go.Figure", lanes: Sequence[list[Point]]) -> None:
    """All lanes as one trace with gaps: a trace of its own for each took an eighth of the page's time."""
    tokens, points = colours(), [point for lane in lanes for point in lane]
    figure.add_scatter(
        x=[one.x for one in points],
        y=[one.y for one in points],
        mode="lines+markers",
        line={"color": tokens.ink3, "width": 1.5},
        marker={
            "size": [one.size for one in points],
            "symbol": [one.symbol for one in points],
            "color": [tokens.notmet if one.bad else tokens.accent for one in points],
        },
        customdata=[one.opens for one in points],
        hovertext=[one.said for one in points],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _bad(signal: Signal) -> bool:
    return signal in (Signal.BELOW, Signal.RUN_BELOW, Signal.FALLING)
