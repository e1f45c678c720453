"""The course of a criterion for two readers at one screen: few weeks, large letters, the goal, the plan."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.charts.control import week_labels
from dashboard.charts.decor import Decor
from dashboard.i18n import _, isolated, number, rtl
from dashboard.theme import colours
from qa.analytics.headline import Figure as Weekly

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT, SHOWN = 232, 8
ROOM_SIZE = 18


@dataclass(frozen=True, slots=True)
class RoomCourse:
    """A weekly share (0-1); ``goal`` in per cent; ``begins`` is the local day on which the plan began."""

    weekly: Weekly
    goal: float | None = None
    begins: int | None = None


def room_chart(course: RoomCourse) -> "go.Figure":
    """Weekly points with their intervals, the goal, and where the plan begins."""
    import plotly.graph_objects as go

    figure, decor, tokens = go.Figure(), Decor(), colours()
    part = slice(-SHOWN, None)
    weeks = [int(week) for week in course.weekly.weeks[part]]
    values = course.weekly.chart.values[part] * 100
    low, high = _whiskers(course)
    figure.add_scatter(
        x=np.arange(len(weeks)),
        y=values,
        mode="lines+markers",
        line={"color": tokens.accent, "width": 3},
        marker={"size": 12, "color": tokens.accent, "line": {"color": tokens.surface, "width": 2}},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": high - values,
            "arrayminus": values - low,
            "width": 0,
            "thickness": 8,
            "color": tokens.whisker,
        },
        hoverinfo="skip",
        connectgaps=False,
    )
    _goal(decor, course)
    _begins(decor, course, weeks)
    decor.put(figure)
    named = 84 if course.goal is not None else 8
    sides = {"l": named, "r": 8} if rtl() else {"l": 8, "r": named}
    figure.update_layout(height=HEIGHT, margin=sides | {"t": 34, "b": 4})
    figure.update_xaxes(
        tickangle=0,
        tickvals=np.arange(len(weeks)),
        ticktext=week_labels(weeks),
        range=[-0.5, len(weeks) - 0.5],
    )
    figure.update_yaxes(range=_reach(course, low, high), ticklabelstandoff=6, nticks=4)
    return figure


def _whiskers(course: RoomCourse) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the intervals in per cent; a week without an interval has none."""
    shown = course.weekly.intervals[-SHOWN:]
    values = course.weekly.chart.values[-SHOWN:] * 100
    low = np.array([np.nan if e.low is None else max(0.0, 100 * e.low) for e in shown])
    high = np.array([np.nan if e.high is None else min(100.0, 100 * e.high) for e in shown])
    return np.where(np.isnan(low), values, low), np.where(np.isnan(high), values, high)


def _goal(decor: Decor, course: RoomCourse) -> None:
    if course.goal is None:
        return
    tokens = colours()
    decor.across(course.goal, {"color": tokens.accent, "width": 2, "dash": "dot"})
    decor.texts.append(
        {
            "x": -0.01 if rtl() else 1.01,
            "xref": "paper",
            "y": course.goal,
            "xanchor": "right" if rtl() else "left",
            "text": isolated(_("goal {value}", value=number(course.goal))),
            "font": {"color": tokens.accent, "size": ROOM_SIZE},
        }
    )


def _begins(decor: Decor, course: RoomCourse, weeks: list[int]) -> None:
    if course.begins is None or not weeks or not weeks[0] <= course.begins <= weeks[-1] + 6:
        return
    place = (course.begins - weeks[0]) / 7 - 0.5
    decor.upright(place, {"color": colours().ink2, "width": 1.5, "dash": "dash"})
    decor.texts.append({
        "x": place, "yref": "paper", "y": 1.0, "yanchor": "bottom", "text": isolated(_("plan begins")),
        "xanchor": "right" if place > len(weeks) / 2 else "left", "font": {"size": ROOM_SIZE},
    })  # fmt: skip


def _reach(course: RoomCourse, low: np.ndarray, high: np.ndarray) -> list[float]:
    """The scale: what is drawn and the goal, with a little room; never past 0 and 100."""
    known = [*low[~np.isnan(low)], *high[~np.isnan(high)]] or [0.0, 100.0]
    if course.goal is not None:
        known.append(course.goal)
    return [max(0.0, min(known) - 6), min(102.0, max(known) + 6)]
