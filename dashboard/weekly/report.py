"""The week as a file to keep: PDF, workbook, web page; and when it is made by itself."""

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.data import report
from dashboard.data.report import EDITORS, FORMATS, ReportChoices
from dashboard.data.weekly import Week
from dashboard.i18n import LANGUAGES, N_, _, language, rtl
from dashboard.i18n.dates import WEEKDAYS
from dashboard.identity import Viewer
from dashboard.intake.told import said
from qa.calendar import as_date
from qa.errors import QAError

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

NAMES = {".pdf": N_("PDF, to print or send"), ".xlsx": N_("Workbook (XLSX)"), ".html": N_("Web page (HTML)")}
TYPES = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html",
}


def draw_report(place: "DeltaGenerator", viewer: Viewer, week: Week) -> None:
    """The button with what it offers; a file is made when it is asked for."""
    with place, st.popover(_("Report"), icon=":material/download:", width="stretch"):
        for form, name in NAMES.items():
            st.download_button(
                _(name),
                partial(report.content, viewer.scope, week, language(), form),
                f"weekly-{as_date(week.ask.week).isoformat()}-{language()}{form}",
                TYPES[form],
                key=f"report{form}",
                on_click="ignore",
                width="stretch",
            )
        if viewer.role in EDITORS:
            _draw_schedule(viewer, report.choices())


def _draw_schedule(viewer: Viewer, chosen: ReportChoices) -> None:
    with st.form("report_schedule", border=False):
        on = st.checkbox(_("Make it by itself"), chosen.on, key="report_on")
        days = range(7)
        day = st.selectbox(
            _("Day"), days, chosen.weekday, format_func=lambda one: _(WEEKDAYS[one]), key="report_day"
        )
        at = st.text_input(_("Time of day"), chosen.at, key="report_at")
        codes = list(LANGUAGES)
        tongue = st.selectbox(
            _("Language of the report"),
            codes,
            codes.index(chosen.language),
            format_func=lambda one: LANGUAGES[one],
            key="report_language",
        )
        forms = st.multiselect(
            _("Files"), FORMATS, chosen.forms, format_func=lambda one: _(NAMES[one]), key="report_forms"
        )
        mail = st.text_area(
            _("Mail to, one address a line"), "\n".join(chosen.mail), key="report_mail", height=80
        )
        if st.form_submit_button(_("Save"), width="stretch"):
            lines = tuple(dict.fromkeys(part for line in mail.splitlines() if (part := line.strip())))
            _save(viewer, ReportChoices(on, day, at.strip(), tongue, tuple(forms), lines))


def _save(viewer: Viewer, chosen: ReportChoices) -> None:
    try:
        report.save(viewer.role, chosen)
    except QAError as error:
        st.error((said(error.message) if rtl() else None) or error.message)
    else:
        st.toast(_("Saved"))
