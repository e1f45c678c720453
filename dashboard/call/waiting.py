"""A call that is not done: where it stands, why it failed, what to do."""

import streamlit as st

from dashboard import still
from dashboard.data import calls
from dashboard.data.calls import CallHead
from dashboard.data.kinds import CallStatus
from dashboard.i18n import _, percent
from dashboard.identity import Viewer
from dashboard.intake.reasons import as_told
from dashboard.parts import Markup, may_open, panel, show
from dashboard.registry import streamlit_page
from dashboard.words import word

EVERY = 3.0
"""Seconds between two looks at a call in progress."""


def waiting(head: CallHead, viewer: Viewer, *, words: bool = False) -> None:
    """The panel above a call that is waiting, in progress or failed; ``words``: its transcript is below."""
    if head.status is CallStatus.FAILED:
        _failed(head, viewer)
    else:
        _progress(head, viewer, words=words)


@still.fragment(run_every=EVERY)
def _progress(head: CallHead, viewer: Viewer, *, words: bool) -> None:
    now = calls.load_call(head.key, viewer.scope)
    if now is None or now.head.status not in (CallStatus.WAITING, CallStatus.RUNNING):
        st.rerun()
    if not words and now.transcript is not None:  # the words are there before the score
        st.rerun()
    job = calls.job_of(head.id)
    with panel("progress", _("This call is not done yet"), word(now.head.status)):
        if job is None or job.stage is None:
            text = _("It waits for its turn. This page follows by itself.")
            show(Markup('<p class="sub">{}</p>').format(text))
            return
        stage = _("{stage}, {share}", stage=word(job.stage), share=percent(job.share))
        st.progress(job.share, text=stage)


def _failed(head: CallHead, viewer: Viewer) -> None:
    with panel("failed", _("This recording could not be heard")):
        told = as_told(head.reason) if head.reason else _("The reason is not known.")
        show(Markup('<p class="sub">{}</p>').format(told))
        if may_open(viewer.role, "ingest"):
            st.page_link(streamlit_page("ingest"), label=_("Try again in Recordings in"))
