"""The panels of the agents page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from dashboard.agents import words
from dashboard.agents.asking import USUAL, Wanted
from dashboard.agents.reading import Read
from dashboard.charts import draw, picked
from dashboard.charts.control import SIGNAL_WORDS
from dashboard.charts.grid import Cell, linked
from dashboard.charts.lanes import SHOWN, Lane, lanes_chart
from dashboard.charts.league import Standing, Table, league_chart
from dashboard.i18n import _, day_month, ngettext, number
from dashboard.parts import Markup, Row, go, panel, row, show
from dashboard.plain import in_chart
from dashboard.registry import streamlit_page
from qa.analytics.league import League, Place

SPLIT, SPLIT_ALL = 0.42, 0.26
FEW_ROWS = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """What every panel needs: the figures, the address, the titles of criteria, the places on this page."""

    read: Read
    wanted: Wanted
    league: League
    places: Sequence[Place]
    titles: Mapping[str, str]

    def name(self, agent: int) -> str:
        """The agent's name."""
        return self.read.names[agent]

    def linked(self, agent: int) -> str:
        """The name as a link to the agent's page, for the axis of a figure."""
        period = "" if self.wanted.period == USUAL else f"&period={self.wanted.period}"
        return linked(self.name(agent), f"agent?agent={agent}{period}")

    def calls(self, agent: int, **more: str) -> list[Any]:
        """What a cell opens: the page Calls, narrowed."""
        return ["calls", self.wanted.params() | {"agent": str(agent)} | more]


def league_panel(drawn: Drawn, target: float | None) -> None:
    """The league with its heat map; every mark opens its calls."""
    known = list(drawn.titles)
    columns = sorted(
        drawn.read.criteria, key=lambda one: known.index(one.key) if one.key in known else len(known)
    )
    rows = []
    for place in drawn.places:
        here = drawn.calls(place.agent)
        hint = words.place_hint(in_chart(drawn.name(place.agent)), place)
        cells = [
            Cell(here, f"<b>{number(place.shrunk.value or 0.0, 1)}</b>", hint),
            Cell(here, number(place.shrunk.n), hint),
        ]
        for one in columns:
            opens = drawn.calls(place.agent, lost=one.key)
            cells.append(
                words.criterion_cell(one, in_chart(drawn.titles.get(one.key, one.key)), place.agent, opens)
            )
        far = [one.far(place.agent) for one in columns]
        rows.append(Standing(place, drawn.linked(place.agent), hint, here, cells, far))
    names = [words.short(one.key, drawn.titles.get(one.key, one.key)) for one in columns]
    split = SPLIT_ALL if drawn.wanted.every else SPLIT
    said = _("<b>Adjusted score, 95 % interval</b>   ○ raw mean"), _heat_heading(drawn)
    table = Table(
        rows, [_("Score"), _("Calls"), *names], 2, drawn.league.mean, target, split, said, drawn.wanted.every
    )
    with panel("agents_league", stretch=False):
        alt = _("Agents by adjusted score with intervals, and how far each criterion is met")
        opened(picked(draw(league_chart(table), key="agents_league", alt=alt, clickable=True)))
        show(Markup('<p class="sub agents-n">{}</p>').format(Markup("   ").join(_notes(drawn))))


def _heat_heading(drawn: Drawn) -> str:
    if drawn.read.all_criteria == len(drawn.read.criteria):
        return _("<b>Met, by criterion</b>   colour: points from the mean")
    return _(
        "<b>Met, by criterion</b>   {count} of {all}, where agents differ most; colour: points from the mean",
        count=number(len(drawn.read.criteria)),
        all=number(drawn.read.all_criteria),
    )


def _notes(drawn: Drawn) -> list[str]:
    if not drawn.league.compared:
        return [_("Under three agents nothing is compared: raw means with their intervals.")]
    told = _("Agents on one ground cannot be told apart.")
    if drawn.league.places[-1].band == 0:
        told = _("These agents cannot be told apart: they differ no more than chance does.")
    faint = _("Pale without colour: under 10 calls with that criterion. Every figure opens its calls.")
    return [told, *words.leaning(drawn.league, dict(drawn.read.names)), faint]


def lanes_panel(drawn: Drawn) -> None:
    """Course of each agent, answers of customers, measures, promises, disputes."""
    lanes = [_lane(drawn, place) for place in drawn.places]
    titles = [
        _("CSAT"), _("NPS"), _("Dead air a call"), _("Talk share"), _("Promises kept"), _("Disputes"),
    ]  # fmt: skip
    said = (
        _("<b>Weekly mean</b>   last 12 weeks in the agent's own limits"),
        _("<b>Customers, measures, promises</b>   95 % interval under each"),
    )
    with panel("agents_lanes", stretch=False):
        alt = _("Course of every agent by week, with satisfaction, measures, promises and disputes")
        opened(picked(draw(lanes_chart(lanes, titles, said), key="agents_lanes", alt=alt, clickable=True)))


def _lane(drawn: Drawn, place: Place) -> Lane:
    agent, name = place.agent, in_chart(drawn.name(place.agent))
    course = drawn.read.courses.get(agent)
    weeks = [] if course is None else [int(week) for week in course.weeks[-SHOWN:]]
    values = [] if course is None else list(course.chart.values[-SHOWN:])
    signals = [] if course is None else list(course.chart.signals[-SHOWN:])
    said = []
    for week, value, signal in zip(weeks, values, signals, strict=True):
        about = f" · {SIGNAL_WORDS[signal]()}" if signal in SIGNAL_WORDS else ""
        said.append(f"{name}, {day_month(week)}: {'–' if np.isnan(value) else number(value, 1)}{about}")
    opens = [drawn.calls(agent, **{"from": str(week), "to": str(week + 6)}) for week in weeks]
    return Lane(drawn.linked(agent), course, said, opens, _figures(drawn, agent))


def _figures(drawn: Drawn, agent: int) -> list[Cell]:
    find = {kind: drawn.read.figures[kind].get(agent) for kind in drawn.read.figures}
    asked = {"from": str(drawn.wanted.first), "to": str(drawn.wanted.last)}
    asked |= {"by": "agent", "who": drawn.name(agent)}
    calls, unit = drawn.calls(agent), _("%")
    n = {kind: 0 if one is None else one.n for kind, one in find.items()}
    disputes = drawn.read.disputes.get(agent, 0)
    promised = ["promises", {"agent": str(agent), "shown": "all"}]
    percents = (100.0, 0, " " + unit)
    answers = {kind: ngettext("{count} answer", "{count} answers", n[kind]) for kind in ("csat", "nps")}
    return [
        words.figure_cell(find["csat"], ["surveys", asked | {"kind": "csat"}], percents, answers["csat"]),
        words.figure_cell(find["nps"], ["surveys", asked | {"kind": "nps"}], (1.0, 0, ""), answers["nps"]),
        words.figure_cell(
            find["dead_air"],
            drawn.calls(agent, lost="dead_air"),
            (1.0, 1, " " + _("s")),
            words.counted(n["dead_air"]),
        ),
        words.figure_cell(find["talk"], calls, percents, words.counted(n["talk"])),
        words.figure_cell(
            find["kept"], promised, percents, _("{count} kept or broken", count=number(n["kept"]))
        ),
        words.count_cell(
            disputes,
            ["disputes", {}],
            ngettext("{count} dispute about these calls", "{count} disputes about these calls", disputes),
        ),
    ]


def moved_panel(drawn: Drawn) -> None:
    """Agents whose newest week is a signal in their own control chart."""
    found = [(agent, course) for agent, course in drawn.read.courses.items() if course.moved]
    found.sort(key=lambda one: -abs(one[1].change or 0.0))
    week = {"from": str(drawn.wanted.week), "to": str(drawn.wanted.week + 6)}
    lines = [
        (
            Row(drawn.name(agent), SIGNAL_WORDS[course.signal](), _change(course.change)),
            "calls",
            drawn.calls(agent, **week)[1],
        )
        for agent, course in found
        if agent in drawn.read.names
    ]
    note = _("last week in the agent's own chart, or the course of the weeks")
    _list("moved", _("Moved beyond normal variation"), note, lines, _("Nobody: all within normal variation."))


def overdue_panel(drawn: Drawn) -> None:
    """Who has promises past their time."""
    lines = [
        (
            Row(drawn.name(agent), "", number(n), urgent=True),
            "promises",
            {"agent": str(agent), "shown": "overdue"},
        )
        for agent, n in drawn.read.overdue
        if agent in drawn.read.names
    ]
    _list("overdue", _("Promises overdue"), _("made in these calls"), lines, _("No promise is overdue."))


def waiting_panel(drawn: Drawn) -> None:
    """Whose disputes wait for an answer."""
    lines: list[tuple[Row, str, dict[str, str]]] = [
        (Row(drawn.name(agent), "", number(n)), "disputes", {}) for agent, n in drawn.read.waiting
    ]
    _list("waiting", _("Disputes waiting"), _("about these calls"), lines, _("None waits for an answer"))


def opened(found: object) -> None:
    """Open what was clicked: a page and its address."""
    if isinstance(found, list) and len(found) == 2:
        st.switch_page(streamlit_page(str(found[0])), query_params=dict(found[1]))


def _change(points: float | None) -> str:
    return "–" if points is None else number(points, 1, signed=True)


def _list(
    key: str, title: str, note: str, lines: Sequence[tuple[Row, str, dict[str, str]]], none: str
) -> None:
    with panel(f"agents_{key}", title, note, dense=True):
        if not lines:
            show(Markup('<p class="sub">{}</p>').format(none))
        for place, (content, page, params) in enumerate(lines[:FEW_ROWS]):
            label = _("Open what is behind it: {name}", name=str(content.title))
            go(f"{key}_{place}", row(content), page, label=label, params=params)
