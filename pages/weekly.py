import streamlit as st

from dashboard import demo, identity
from dashboard.data import weekly
from dashboard.data.weekly import Week
from dashboard.i18n import _, ngettext, number, week_label
from dashboard.overview.controls import chosen_week
from dashboard.parts import head
from dashboard.weekly.asking import draw_controls, read_ask
from dashboard.weekly.happened import draw_course, draw_happened
from dashboard.weekly.lines import draw_kpis
from dashboard.weekly.moving import draw_moved
from dashboard.weekly.reasons import draw_changed, draw_coached, draw_drivers, draw_lost
from dashboard.weekly.report import draw_report
from dashboard.weekly.standing import draw_comments, draw_coverage, draw_data, draw_promises


def counted(week: Week) -> str:
    data = week.data
    so_far = _("So far:") + " " if week.running else ""
    first = ngettext(
        "{count} call scored of {all}.",
        "{count} calls scored of {all}.",
        data.counted,
        all=number(data.received),
    )
    missed = [one for one in week.readings if one.met is False and one.sure]
    moved = [one for one in week.readings if one.good is not None]
    second = ngettext("{count} target missed.", "{count} targets missed.", len(missed))
    third = ngettext("{count} figure moved.", "{count} figures moved.", len(moved))
    return f"{so_far}{first} {second} {third}"


viewer = identity.viewer()
first = chosen_week(viewer)
if first is None:
    head(_("Weekly figures"))
    demo.offer(viewer)
    st.stop()
ask = read_ask(st.query_params, viewer.scope, first)
week = weekly.week(viewer.scope, ask)
places = head(week_label(first), counted(week), controls=(1.6, 1.35, 1.1, 1.1))
draw_controls(places, ask, viewer.scope)
draw_report(places[3], viewer, week)
draw_kpis(week)
left, right = st.columns([1.95, 1], gap="small")
with left:
    draw_course(week)
with right:
    draw_happened(viewer, week)
for parts in (
    (draw_changed, draw_lost, draw_drivers),
    (draw_moved, draw_promises, draw_comments),
    (draw_coverage, draw_data),
):
    for place, part in zip(st.columns(len(parts), gap="small"), parts, strict=True):
        with place:
            part(week)
draw_coached(week)
