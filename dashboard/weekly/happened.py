"""The chart of one KPI with what happened beside it; what happened in words; writing something down."""

from datetime import UTC, datetime

import streamlit as st

from dashboard import outage
from dashboard.charts import draw, picked
from dashboard.charts.control import Course, control_chart
from dashboard.choosing import pick
from dashboard.data import choices, weekly
from dashboard.data.site import settings
from dashboard.data.weekly import DAYS, EDITORS, LONGEST, NewAnnotation, Week
from dashboard.i18n import _, day_month, from_to, language, number
from dashboard.identity import Viewer
from dashboard.overview.tiles import target_words
from dashboard.parts import Markup, Row, panel, row, show, stack
from dashboard.registry import streamlit_page
from dashboard.weekly.dates import choose_day
from dashboard.weekly.lines import opens
from dashboard.weekly.naming import label, saying
from qa.calendar import local_day
from qa.errors import QAError
from qa.weekly.kpis import KPIS
from qa.weekly.records import Mark, MarkKind, Reading

SHOWN = 12
USUAL = "quality"
WRITTEN = "_notes_written"


def chosen(week: Week) -> Reading:
    """The KPI in the address, else the first."""
    key = st.query_params.get("kpi", USUAL)
    return week.reading(key if key in {kpi.key for kpi in KPIS} else USUAL)


def draw_course(week: Week) -> None:
    """The control chart of one KPI; a point opens the rows of its week."""
    reading = chosen(week)
    say = saying(reading)
    note = _("by week with its 95 % interval; a dot at the foot is a public holiday")
    if reading.target is not None:
        words = target_words(reading.target * say.scale, at_most=reading.kpi.at_most)
        note = " · ".join((note, _("the line of dashes and dots: {target}", target=words)))
    with panel("weekly_course", say.label, note):
        pick(("weekly", "kpi"), _("Figure"), {kpi.key: label(kpi.key) for kpi in KPIS}, reading.kpi.key)
        course = Course(
            reading.figure,
            lambda value: number(value, say.places),
            scale=say.scale,
            marks=tuple(mark for mark in week.marks if mark.kpi in ("", reading.kpi.key)),
            target=reading.target,
        )
        alt = _("Control chart of {label} by week", label=say.label)
        at = picked(draw(control_chart(course), key="weekly_course", alt=alt, clickable=True))
    if isinstance(at, int):
        page, more = opens(reading, week.ask)
        st.switch_page(streamlit_page(page), query_params=more | {"from": str(at), "to": str(at + 6)})


def draw_happened(viewer: Viewer, week: Week) -> None:
    """Notes and holidays of the twelve weeks, the newest first, and writing a new one."""
    first = week.ask.week - 7 * (SHOWN - 1)
    found = [mark for mark in week.marks if mark.last >= first]
    with panel("happened", _("What happened"), _("in these twelve weeks"), dense=True):
        if not found:
            show(Markup('<p class="sub">{}</p>').format(_("Nothing is written down.")))
        show(stack(_line(mark) for mark in reversed(found)))
        if viewer.role in EDITORS:
            with st.popover(_("Write something down"), icon=":material/edit_note:"):
                _form(viewer)
            _taking_back(viewer, found)


def _line(mark: Mark) -> Markup:
    days = from_to(mark.first, mark.last) if mark.last > mark.first else day_month(mark.first)
    if mark.kind is MarkKind.ACTION:
        detail = _("{owner}, to move: {figure}", owner=mark.place, figure=label(mark.kpi))
        return row(Row(mark.name(language()), detail, days))
    if mark.kind is MarkKind.NOTE:
        return row(Row(mark.name(language()), mark.place or _("the whole site"), days))
    detail = (
        _("public holiday, about: the official day may be one off") if mark.about else _("public holiday")
    )
    return row(Row(mark.name(language()), detail, days))


def _form(viewer: Viewer) -> None:
    key = f"note_text_{st.session_state.get(WRITTEN, 0)}"  # a new field only once the last note is stored
    with st.form("note", border=False):
        text = st.text_input(
            _("What happened"), max_chars=LONGEST, placeholder=_("New menu of the telephone"), key=key
        )
        begin = choose_day(_("First day"), "note_first", local_day(datetime.now(UTC), settings().zone))
        length = st.number_input(_("Days"), 1, DAYS, 1, key="note_days")
        teams = {None: _("All teams")} | {one.id: one.name for one in choices.teams(viewer.scope)}
        queues = {None: _("All queues")} | {one.id: one.name for one in choices.queues()}
        team = st.selectbox(_("Team"), list(teams), format_func=lambda one: teams[one])
        queue = st.selectbox(_("Queue"), list(queues), format_func=lambda one: queues[one])
        if not st.form_submit_button(_("Write it down"), type="primary", width="stretch"):
            return
    try:
        new = NewAnnotation(begin, begin + int(length) - 1, text or "", team, queue)
        weekly.note(viewer.role, viewer.user_id, new)
    except outage.OUTAGES:
        raise
    except QAError:
        st.error(_("Say in a few words what happened."))
        return
    st.session_state[WRITTEN] = st.session_state.get(WRITTEN, 0) + 1
    st.toast(_("Written down"))
    st.rerun()


def _taking_back(viewer: Viewer, found: list[Mark]) -> None:
    notes = {mark.number: mark for mark in found if mark.number is not None}
    if not notes:
        return
    with st.popover(_("Take a note back"), icon=":material/undo:"):
        names = {
            number: f"{mark.name(language())} · {day_month(mark.first)}" for number, mark in notes.items()
        }
        gone = st.selectbox(_("Note"), list(names), format_func=lambda one: names[one], key="note_gone")
        if st.button(_("Take it back"), key="note_back", width="stretch"):
            weekly.take_back(viewer.role, viewer.user_id, viewer.scope, int(gone))
            st.toast(_("Taken back"))
            st.rerun()
