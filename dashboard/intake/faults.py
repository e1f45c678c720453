"""What went wrong: jobs that failed, with a button to try again, and files that were refused."""

from datetime import UTC, datetime

import streamlit as st
from markupsafe import Markup

from dashboard import still
from dashboard.data import work
from dashboard.data.site import settings
from dashboard.data.work import Board, Job
from dashboard.i18n import _, moment, ngettext
from dashboard.identity import Viewer
from dashboard.intake.reasons import as_told, kind_of
from dashboard.parts import code, panel, show
from qa.errors import NotFound


def draw_failed(viewer: Viewer, now: Board) -> None:
    """Jobs that nobody will try again by itself."""
    with panel("failed", _("Failed"), _("no machine tries these again; you can")):
        if not now.failed:
            _line(_("No recording has failed."))
            return
        for job in now.failed:
            _failed(viewer, job)
        _rest(now.failed_count - len(now.failed))


def draw_refused(now: Board) -> None:
    """Files that never became a call."""
    with panel("refused", _("Refused"), _("copies lie in quarantine; mend the file and add it again")):
        if not now.refused:
            _line(_("No file has been refused."))
            return
        for refused in now.refused:
            with st.container(key=f"fault_refused_{refused.id}"):
                show(_fault(refused.file_name, refused.reason or "", refused.created_at))
        _rest(now.refused_count - len(now.refused))


def _failed(viewer: Viewer, job: Job) -> None:
    with st.container(key=f"fault_{job.key}"):
        words, button = st.columns([4, 1.25], vertical_alignment="center")
        with words:
            show(_fault(job.file_name, job.reason or "", job.finished_at or job.queued_at))
        button.button(
            _("Try again"),
            key=f"retry_{job.key}",
            width="stretch",
            on_click=still.callback(_retry),
            args=(viewer, job.key),
        )


def _retry(viewer: Viewer, key: str) -> None:
    try:
        queued = work.retry(viewer.scope, key)
    except NotFound:
        queued = False
    st.toast(
        _("The recording waits for its turn again.") if queued else _("This recording is at work already.")
    )


def _fault(name: str, reason: str, when: datetime) -> Markup:
    head = Markup('<span><span class="kind">{}</span> · {} · <span class="sub">{}</span></span>')
    told = moment(when, settings().zone, datetime.now(UTC))
    line = head.format(kind_of(reason), code(name), told)
    return Markup('<div class="fault">{}{}</div>').format(line, as_told(reason))


def _rest(count: int) -> None:
    if count > 0:
        _line(ngettext("{count} more.", "{count} more.", count))


def _line(text: str) -> None:
    show(Markup('<p class="sub">{}</p>').format(text))
