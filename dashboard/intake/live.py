"""The work as it goes on: counts, what is being done, what failed, what was refused. Follows by itself."""

import streamlit as st

from dashboard import states, still
from dashboard.data import work
from dashboard.data.work import Board, JobState
from dashboard.i18n import _, number
from dashboard.identity import Viewer
from dashboard.intake.faults import draw_failed, draw_refused
from dashboard.intake.progress import draw_progress
from dashboard.intake.signs import draw_signs
from dashboard.parts import Figure, show, strip
from qa.errors import StoreUnavailable

EVERY = 2.0
"""Seconds between two looks."""


@still.fragment(run_every=EVERY)
def draw_live(viewer: Viewer) -> None:
    """The lower half of the page."""
    try:
        now, worker = work.board(viewer.scope), work.worker()
    except StoreUnavailable:
        states.failed("work", states.reference())
        return
    show(strip(figures(now)))
    left, right = st.columns([1.95, 1], gap="small")
    with left:
        draw_progress(now)
    with right:
        draw_signs(worker, work.watched())
    if not now.failed and not now.refused:
        return
    left, right = st.columns([1, 1], gap="small")
    with left:
        draw_failed(viewer, now)
    with right:
        draw_refused(now)


def figures(now: Board) -> tuple[Figure, ...]:
    """How many recordings stand where."""
    counts = now.counts
    return (
        Figure(_("Waiting"), _count(counts[JobState.QUEUED])),
        Figure(_("In progress"), _count(counts[JobState.RUNNING])),
        Figure(_("Done"), _count(counts[JobState.DONE])),
        Figure(_("Failed"), _count(now.failed_count)),
        Figure(_("Refused"), _count(now.refused_count)),
    )


def _count(value: int) -> str:
    # A Persian zero alone reads as a dot, so it is written as a word.
    return number(value) if value else _("0")
