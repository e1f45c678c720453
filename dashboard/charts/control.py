"""The control chart of a weekly figure: points with intervals, limits, the weeks that are signals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.charts.beside import put_beside
from dashboard.charts.decor import Decor
from dashboard.i18n import _, day_month, digits_of_day, isolated, month_name, rtl
from dashboard.theme import colours
from qa.analytics.control import Signal
from qa.analytics.headline import Figure as Weekly
from qa.weekly.inputs import Mark

if TYPE_CHECKING:
    import plotly.graph_objects as go

HEIGHT = 318
FEWEST = 5
SIGNAL_WORDS = {
    Signal.ABOVE: lambda: _("Past the upper limit"),
    Signal.BELOW: lambda: _("Past the lower limit"),
    Signal.RUN_ABOVE: lambda: _("8 in a row above the mean"),
    Signal.RUN_BELOW: lambda: _("8 in a row below the mean"),
    Signal.RISING: lambda: _("Rising over the weeks"),
    Signal.FALLING: lambda: _("Falling over the weeks"),
}


@dataclass(frozen=True, slots=True)
class Course:
    """A weekly figure to draw. ``scale`` turns a value into what is shown (1 or 100), ``say`` writes it;
    ``marks`` are what happened in these weeks; ``target`` in the figure's unit is a line of its own, which
    the words beside the chart name.
    """

    weekly: Weekly
    say: Callable[[float], str]
    scale: float = 1.0
    shown: int = 12
    marks: tuple[Mark, ...] = ()
    target: float | None = None


def control_chart(course: Course) -> "go.Figure":
    """The newest weeks of a figure."""
    import plotly.graph_objects as go

    figure, decor = go.Figure(), Decor()
    part = slice(-course.shown, None)
    values = course.weekly.chart.values[part] * course.scale
    if course.weekly.chart.ready:
        _limits(decor, course)
    _whiskers(figure, course, values)
    _points(figure, course, values)
    _name_signals(decor, course, values)
    weeks = course.weekly.weeks[part]
    figure.update_xaxes(
        tickvals=np.arange(len(weeks)),
        ticktext=week_labels([int(week) for week in weeks]),
        range=[-0.5, len(weeks) - 0.5],
    )
    figure.update_yaxes(ticklabelstandoff=6)
    if course.target is not None:
        _target(decor, course)
    room = put_beside(decor, [int(week) for week in weeks], course.marks)
    figure.update_layout(height=HEIGHT, margin=_margin(room))
    decor.put(figure)
    return figure


def week_labels(weeks: list[int]) -> list[str]:
    """Day on line one, month on line two only where it changes."""
    months = [month_name(week) for week in weeks]
    return [
        f"{digits_of_day(week)}<br>{month if place == 0 or months[place - 1] != month else ''}"
        for place, (week, month) in enumerate(zip(weeks, months, strict=True))
    ]


def _margin(room: int) -> dict[str, int]:
    wide, narrow = 118, 8
    return {"l": wide if rtl() else narrow, "r": narrow if rtl() else wide, "t": 10 + room, "b": 4}


def _limits(decor: Decor, course: Course) -> None:
    chart, tokens = course.weekly.chart, colours()
    low, high = float(chart.lower[-1]) * course.scale, float(chart.upper[-1]) * course.scale
    centre = chart.centre * course.scale
    decor.band(low, high, tokens.band)
    place, anchor = (-0.012, "right") if rtl() else (1.012, "left")
    lines = (
        (high, "dash", _("Upper limit {value}", value=course.say(high))),
        (centre, "solid", _("Mean {value}", value=course.say(centre))),
        (low, "dash", _("Lower limit {value}", value=course.say(low))),
    )
    for value, dash, text in lines:
        decor.across(value, {"color": tokens.limit, "width": 1, "dash": dash})
        words = isolated(text)
        decor.texts.append({"x": place, "xref": "paper", "y": value, "text": words, "xanchor": anchor})


def _target(decor: Decor, course: Course) -> None:
    value = (course.target or 0.0) * course.scale
    decor.across(value, {"color": colours().partly, "width": 1.25, "dash": "longdashdot"})


def _whiskers(figure: "go.Figure", course: Course, values: "np.ndarray") -> None:
    intervals = course.weekly.intervals[-course.shown :]
    known = [e.low is not None and e.high is not None for e in intervals]
    low = np.array([(e.low or 0.0) * course.scale for e in intervals])
    high = np.array([(e.high or 0.0) * course.scale for e in intervals])
    figure.add_scatter(
        x=np.arange(len(values)),
        y=values,
        mode="markers",
        marker={"size": 1, "color": colours().accent},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": np.where(known, high - values, 0.0),
            "arrayminus": np.where(known, values - low, 0.0),
            "width": 0,
            "thickness": 5,
            "color": colours().whisker,
        },
        hoverinfo="skip",
    )


def _points(figure: "go.Figure", course: Course, values: "np.ndarray") -> None:
    tokens, x = colours(), np.arange(len(values))
    signals = [signal in SIGNAL_WORDS for signal in course.weekly.chart.signals[-course.shown :]]
    if np.count_nonzero(~np.isnan(values)) >= FEWEST:
        line = {"color": tokens.accent, "width": 2.25}
        figure.add_scatter(x=x, y=values, mode="lines", line=line, hoverinfo="skip", connectgaps=False)
    weeks = [int(week) for week in course.weekly.weeks[-course.shown :]]
    said = [
        isolated(f"{day_month(week)}: {course.say(value)}") for week, value in zip(weeks, values, strict=True)
    ]
    figure.add_scatter(
        x=x,
        y=values,
        mode="markers",
        marker={
            "color": [tokens.notmet if signal else tokens.accent for signal in signals],
            "size": [12 if signal else 9 for signal in signals],
            "symbol": ["diamond" if signal else "circle" for signal in signals],
            "line": {"color": tokens.surface, "width": 1.5},
        },
        customdata=weeks,
        text=said,
        hovertemplate="%{text}<extra></extra>",
    )


def _name_signals(decor: Decor, course: Course, values: "np.ndarray") -> None:
    """The newest signal says its rule beside its point; more names would hide the line."""
    signals = course.weekly.chart.signals[-course.shown :]
    places = [place for place, signal in enumerate(signals) if signal in SIGNAL_WORDS]
    if not places:
        return
    place = places[-1]
    late = place > len(values) / 2
    decor.texts.append(
        {
            "x": place,
            "y": values[place],
            "ax": -46 if late else 46,
            "ay": 22,
            "xanchor": "right" if late else "left",
            "text": f"<b>{isolated(SIGNAL_WORDS[signals[place]]())}</b>",
            "showarrow": True,
            "standoff": 6,
            "font": {"color": colours().notmet},
        }
    )
