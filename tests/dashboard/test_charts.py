"""What a figure brings beside its traces: limits, lines, words; and the lanes that are one trace."""

import numpy as np
import plotly.graph_objects as go

from dashboard.charts.control import Course, control_chart
from dashboard.charts.grid import Cell
from dashboard.charts.lanes import Lane, lanes_chart
from dashboard.charts.league import Standing, Table, league_chart
from dashboard.charts.marks import Mark as Day
from dashboard.charts.marks import mark_days
from dashboard.charts.room import RoomCourse, room_chart
from dashboard.i18n import speaking
from qa.analytics.control import xmr
from qa.analytics.headline import Figure
from qa.analytics.intervals import Estimate
from qa.analytics.league import Place
from qa.analytics.people import Course as Own
from qa.weekly.inputs import Mark, MarkKind

VALUES = [80.0, 82.0, 81.0, 83.0, 80.0, 82.0, 81.0, 83.0, 80.0, 82.0, 81.0, 83.0, 82.0, 95.0]
WEEKS = np.array([700 + 7 * place for place in range(len(VALUES))], dtype=np.int32)


def weekly(scale: float = 1.0) -> Figure:
    every = tuple(Estimate(value * scale, value * scale - 1, value * scale + 1, 9) for value in VALUES)
    chart = xmr([value * scale for value in VALUES])
    return Figure(every[-1], every[-2], every[-1], WEEKS, every, chart)


def words(figure: go.Figure) -> str:
    return " ".join(one.text for one in figure.layout.annotations)


def test_a_control_chart_has_its_limits_its_signal_its_target_and_what_happened() -> None:
    note = Mark(int(WEEKS[-3]), int(WEEKS[-3]), "New menu", "New menu", MarkKind.NOTE)
    with speaking("en"):
        drawn = control_chart(Course(weekly(), lambda value: f"{value:.0f}", marks=(note,), target=85.0))
    told = words(drawn)
    for said in ("Upper limit", "Mean", "Lower limit", "Past the upper limit", "New menu"):
        assert said in told
    kinds = [one.type for one in drawn.layout.shapes]
    assert kinds == ["rect", "line", "line", "line", "line", "line"]  # band, limits, target, note
    assert 85.0 in [one.y0 for one in drawn.layout.shapes]


def test_lanes_are_one_line_with_a_gap_between_agents() -> None:
    own = Own(WEEKS, xmr(VALUES))
    lanes = [
        Lane(f"agent {n}", own, [f"{n}/{w}" for w in range(12)], [[n, w] for w in range(12)], [])
        for n in range(2)
    ]
    with speaking("en"):
        drawn = lanes_chart(lanes, ["CSAT"], ("Weekly mean", "Customers"))
    line = drawn.data[0]
    assert [place for place, x in enumerate(line.x) if x is None] == [12, 25]
    assert [tuple(one) for one in line.customdata if one is not None][12] == (1, 0)
    assert line.marker.symbol[11] == "diamond"  # the newest is a signal
    assert line.y[0] > line.y[13]  # the first agent on top
    assert len(drawn.layout.shapes) == 4  # middle and limits of each
    assert "Weekly mean" in words(drawn)
    assert "CSAT" in words(drawn)


def test_the_room_says_the_goal_and_where_the_plan_begins() -> None:
    with speaking("en"):
        drawn = room_chart(RoomCourse(weekly(0.01), 75.0, int(WEEKS[-4])))
    assert "goal 75" in words(drawn)
    assert "plan begins" in words(drawn)
    assert len(drawn.layout.shapes) == 2


def test_days_that_are_marked_stand_beside_what_the_chart_has() -> None:
    with speaking("en"):
        drawn = control_chart(Course(weekly(), str))
        before = len(drawn.layout.shapes)
        mark_days(drawn, WEEKS[-12:], [Day(int(WEEKS[-2]) + 3, "due"), Day(1, "long ago")])
    assert len(drawn.layout.shapes) == before + 1
    assert "due" in words(drawn)
    assert "Mean" in words(drawn)
    assert "long ago" not in words(drawn)


def test_the_league_names_its_mean_its_target_and_its_columns() -> None:
    place = Place(1, 82.0, Estimate(81.0, 79.0, 83.0, 40), 0.5, 0)
    row = Standing(place, "agent", "", [], [Cell([], "81"), Cell([], "40")], [3.0])
    table = Table([row], ["Score", "Calls"], 2, 80.0, 85.0, 0.4, ("Adjusted", "Met"))
    with speaking("en"):
        drawn = league_chart(table)
    for said in ("mean 80.0", "target 85", "Score", "Calls", "Adjusted", "Met"):
        assert said in words(drawn)
    assert [one.type for one in drawn.layout.shapes] == ["rect", "line", "line"]  # ground, mean, target
