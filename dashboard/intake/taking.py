"""Drop, check, take in: the upper half of the page."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from markupsafe import Markup

from dashboard.data import intake
from dashboard.data.intake import Outcome, Report
from dashboard.i18n import _, ngettext, number
from dashboard.identity import Viewer
from dashboard.intake import uploader
from dashboard.intake.checked import draw_checked
from dashboard.intake.reasons import as_told, kind_of
from dashboard.intake.uploader import Dropped
from dashboard.parts import code, panel, show
from qa.errors import BadMetadata, InvalidSetting, WriteFailed, shown_name

HEARD, CHECKED, TAKEN = "intake_heard", "intake_checked", "intake_taken"
STOPS = (BadMetadata, InvalidSetting, WriteFailed)


def draw_intake(viewer: Viewer) -> None:
    """The panel with the uploader, the check and the button."""
    with panel(
        "intake", _("Add recordings"), _("they are checked first; nothing is stored before you say so")
    ):
        drop = uploader.dropped()
        if not drop.ids:
            _draw_taken()
            return
        st.session_state.pop(TAKEN, None)
        wanted = frozenset[str]()
        if uploader.several(drop.tables):
            _line(_("There are several tables here. Clear the list and add one."))
        else:
            wanted = _checked(viewer, drop)
        with st.container(horizontal=True):
            pressed = bool(wanted) and _take_button(len(wanted))
            st.button(_("Clear the list"), key="intake_clear", on_click=uploader.empty)
        if pressed:
            _take(viewer, drop, wanted)


def _checked(viewer: Viewer, drop: Dropped) -> frozenset[str]:
    """Draw the check; gives the files that can be taken in, by id."""
    report = _report(viewer, drop)
    if report.table_problem is not None:
        _fault(_("The table cannot be used"), report.table_problem)
    elif not drop.recordings:
        _line(_("The table is here. Now add the recordings that it describes."))
    else:
        draw_checked(report)
        if not any(file.wanted for file in report.files):
            _line(_("None of these files can be taken in."))
    return frozenset(file.id for file in report.files if file.wanted)


def _companions(drop: Dropped) -> frozenset[str]:
    """The transcripts that go with recordings, as the check found them."""
    before: tuple[tuple[str, ...], Report] = st.session_state.get(CHECKED, ((), Report()))
    return before[1].companions if before[0] == drop.ids else frozenset()


def _take_button(count: int) -> bool:
    label = ngettext("Take in {count} recording", "Take in {count} recordings", count)
    return st.button(label, type="primary", key="intake_take")


def _report(viewer: Viewer, drop: Dropped) -> Report:
    before: tuple[tuple[str, ...], Report] = st.session_state.get(CHECKED, ((), Report()))
    if before[0] == drop.ids:
        return before[1]
    heard = {key: sound for key, sound in st.session_state.get(HEARD, {}).items() if key in drop.ids}
    with _bar(_("Checking {done} of {count}"), len(drop.recordings)) as tell:
        try:
            report = intake.check(viewer.scope, drop.recordings, _table(drop), heard, tell)
        except STOPS as error:
            return Report(table_problem=error.message)
    st.session_state[HEARD], st.session_state[CHECKED] = heard, (drop.ids, report)
    return report


def _take(viewer: Viewer, drop: Dropped, wanted: frozenset[str]) -> None:
    sent = wanted | _companions(drop)
    chosen = [upload for upload in drop.recordings if upload.id in sent]
    with _bar(_("Taking in {done} of {count}"), len(wanted)) as tell:
        try:
            outcomes = intake.take_in(viewer.scope, chosen, _table(drop), tell)
        except STOPS as error:
            _fault(kind_of(error.message), error.message)
            return
    for key in (HEARD, CHECKED):
        st.session_state.pop(key, None)
    st.session_state[TAKEN] = outcomes
    uploader.empty()
    st.rerun()


def _draw_taken() -> None:
    outcomes: tuple[Outcome, ...] = st.session_state.get(TAKEN, ())
    if not outcomes:
        return
    counts = Counter(outcome.status for outcome in outcomes)
    queued = ngettext(
        "{count} recording was taken in.", "{count} recordings were taken in.", counts["queued"]
    )
    _line(
        _("{sentence} Their work is below and goes on by itself.", sentence=queued)
        if counts["queued"]
        else queued
    )
    for outcome in outcomes:
        if outcome.reason is not None:
            _fault(code(shown_name(outcome.path)), outcome.reason)


def _table(drop: Dropped) -> intake.Upload | None:
    return drop.tables[0] if drop.tables else None


def _line(text: str) -> None:
    show(Markup('<p class="sub" role="status">{}</p>').format(text))


def _fault(title: str | Markup, sentence: str) -> None:
    body = Markup('<div class="fault" role="alert"><span class="kind">{}</span>{}</div>')
    show(body.format(title, as_told(sentence)))


@contextmanager
def _bar(text: str, count: int) -> Iterator[Callable[[int], None]]:
    place = st.empty()

    def tell(done: int) -> None:
        shown = text.format(done=number(done), count=number(count))
        place.progress(min(1.0, done / max(1, count)), text=shown)

    tell(0)
    try:
        yield tell
    finally:
        place.empty()
