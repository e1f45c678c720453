import streamlit as st

from dashboard import demo, identity
from dashboard.charts import draw, picked
from dashboard.charts.control import Course, control_chart
from dashboard.charts.lost import lost_chart
from dashboard.data import choices, targets, weekly
from dashboard.data.frames import CallFilter
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, language, number, week_label
from dashboard.overview.attention import needs_a_person, read_waiting
from dashboard.overview.controls import chosen_queue, chosen_week, draw_controls
from dashboard.overview.reading import Week, read_week
from dashboard.overview.telephone import draw_telephone
from dashboard.overview.tiles import figure_tile, heard_tile
from dashboard.overview.wording import TILES, counted_line
from dashboard.parts import Markup, go, head, panel, show, tile
from dashboard.registry import streamlit_page


def tiles(week: Week, params: dict[str, str]) -> None:
    goals = targets.goals(viewer.scope)
    figures = (week.quality, week.no_failure, None, week.talk, week.dead_air)
    for place, (column, figure) in enumerate(zip(st.columns(5, gap="small"), figures, strict=True)):
        saying, narrowed = TILES[place]
        content = heard_tile(week.heard, running=week.running)
        if figure is not None and saying is not None:
            content = figure_tile(figure, saying(week, goals))
        with column:
            go(f"tile_{place}", tile(content), "calls", label=_("Open these calls"), params=params | narrowed)


def course(week: Week, queue: str) -> None:
    note = _("weekly mean with its 95 % interval; a point opens its calls")
    with panel("course", _("Quality score, last 12 weeks"), note):
        beside = weekly.marks(
            viewer.scope, int(week.quality.weeks[0]), week.first + 6, (None, next(iter(queues), None))
        )
        figure = control_chart(Course(week.quality, lambda value: number(value, 1), marks=beside))
        alt = _("Control chart of the weekly quality score")
        at = picked(draw(figure, key="course", alt=alt, clickable=True))
    if isinstance(at, int):
        opened = {"from": str(at), "to": str(at + 6)} | ({"queue": queue} if queue else {})
        st.switch_page(streamlit_page("calls"), query_params=opened)


def lost(week: Week, params: dict[str, str]) -> None:
    note = _("points of 100 lost to each criterion; the bar opens its calls")
    with panel("lost", _("Where points are lost"), note):
        if not week.lost:
            show(Markup('<p class="sub">{}</p>').format(_("No points were lost in this week.")))
            return
        alt = _("Points lost to each criterion")
        key = picked(draw(lost_chart(list(week.lost)), key="lost", alt=alt, clickable=True))
    if isinstance(key, str):
        st.switch_page(streamlit_page("calls"), query_params=params | {"lost": key})


viewer = identity.viewer()
first = chosen_week(viewer)
if first is None:
    head(_("Overview"))
    demo.offer(viewer)
    st.stop()
listed = choices.queues()
queues = chosen_queue(listed)
week = read_week(viewer.scope, queues, first, language())
queue = str(next(iter(queues), ""))
params = {"from": str(first), "to": str(first + 6)} | ({"queue": queue} if queue else {})
draw_controls(head(week_label(first), counted_line(week), controls=(1.6, 1.35)), first, listed)
tiles(week, params)
left, right = st.columns([1.95, 1], gap="small")
with left:
    course(week, queue)
with right:
    waiting = read_waiting(viewer.scope, CallFilter(first_day=first, last_day=first + 6, queues=queues))
    needs_a_person(viewer, waiting, common_titles(language()))
lost(week, params)
named = next((one for one in listed if one.id in queues), None)
draw_telephone(viewer, first, named, targets.goals(viewer.scope))
