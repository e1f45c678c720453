from datetime import UTC, datetime

import streamlit as st

from dashboard import identity, states
from dashboard.care.drawing import customer_strip, followed, happening
from dashboard.care.following import draw_matter
from dashboard.care.words import call_at
from dashboard.charts import draw
from dashboard.charts.course import course_chart
from dashboard.comments.query import read_query
from dashboard.data import care
from dashboard.data.care import CareFilter, Happening
from dashboard.data.site import settings
from dashboard.i18n import _, day_month, moment
from dashboard.parts import Markup, code, go, head, panel, show, stack
from dashboard.registry import streamlit_page
from qa.calendar import local_day

SIZE = 60
LINKS = {"call": "call", "complaint": "call", "promise": "call", "survey": "call", "comment": "comments"}


def timeline(events: tuple[Happening, ...]) -> None:
    note = _("calls, complaints, surveys, comments, promises and orders, the newest first")
    with panel("timeline", _("What happened"), note, stretch=False), st.container(gap=None):
        for place, one in enumerate(events[:SIZE]):
            body = Markup('<ol class="steps">{}</ol>').format(happening(one, now, first=one is events[-1]))
            params = (
                {"comment": str(one.id), "shown": "all"}
                if one.kind == "comment"
                else call_at(one.call or "", one.second)
            )
            if one.kind in LINKS and all(params.values()):
                label = _("Open it: {time}", time=moment(one.at, zone, now))
                go(f"event_{place}", body, LINKS[one.kind], label=label, params=params)
            else:
                show(body)
        if len(events) > SIZE:
            show(Markup('<p class="sub">{}</p>').format(_("Older events are not shown.")))


def course(events: tuple[Happening, ...]) -> None:
    read = [(one.at, one.sentiment, one.label or "") for one in reversed(events) if one.sentiment is not None]
    with panel("course", _("Course of sentiment"), _("comments and words in surveys"), stretch=False):
        if not read:
            show(Markup('<p class="sub">{}</p>').format(_("Nothing this customer wrote was read yet.")))
            return
        ticks = [(at, day_month(local_day(at, zone))) for at in sorted({read[0][0], read[-1][0]})]
        ends = _("negative"), _("positive")
        draw(course_chart(read, ends, ticks), key="course", alt=_("Course of sentiment over time"))


viewer, now, zone = identity.viewer(), datetime.now(UTC), settings().zone
customer = read_query(st.query_params, zone).wanted.customer
events = care.timeline(viewer.scope, customer) if customer else ()
if not events:
    head(_("Customer"))
    if states.empty(
        "customer", _("No such customer"), _("Open a customer from a list."), _("To the customers")
    ):
        st.switch_page(streamlit_page("customers"))
    st.stop()
since = _("first contact {time}", time=moment(events[-1].at, zone, now))
head(stack((_("Customer"), " ", code(customer[:6].upper()))), since)
show(customer_strip(events, care.pressure(viewer.scope, customer)))
left, right = st.columns([1.5, 1], gap="small")
with left:
    timeline(events)
with right:
    waiting = care.alone(viewer.scope, CareFilter(customer=customer), SIZE).page
    done = care.follow_up_events(viewer.scope, customer)
    if waiting:
        note = _("no contact since")
        with panel("waiting", _("Left alone"), note, stretch=False, dense=True):
            for place, one in enumerate(waiting):
                draw_matter(one, viewer, now, last=place == len(waiting) - 1, narrow=True)
    course(events)
    if done:
        with panel("followed", _("Follow-up"), _("who did what when"), stretch=False):
            show(followed(done, now))
