"""Forgetting a customer: looked at, confirmed by typing, proved by a certificate."""

import streamlit as st

from dashboard.data import privacy
from dashboard.data.privacy import Certificate, Prospect
from dashboard.i18n import _, day_month_year, language, ngettext, number
from dashboard.identity import Viewer
from dashboard.parts import Column, Markup, panel, show, table
from qa.calendar import read_day
from qa.errors import InvalidSetting, NotFound
from qa.privacy.words import THINGS

FOUND = "forget_found"
SHOWN = 5


def draw_forgetting(viewer: Viewer) -> None:
    """Search, what would go, and the word that does it."""
    with panel("forget", _("Forget a customer"), stretch=False):
        typed = st.text_input(
            _("Number or id, as it is typed at an import"),
            key="forget_who",
            autocomplete="off",
            max_chars=120,
        )
        if st.button(_("See what would go"), key="forget_look", width="stretch", disabled=not typed.strip()):
            _look(viewer, typed)
        if FOUND in st.session_state:
            _draw_found(viewer, *st.session_state[FOUND])


def _look(viewer: Viewer, typed: str) -> None:
    try:
        st.session_state[FOUND] = privacy.look(viewer.role, typed)
    except InvalidSetting:
        st.session_state.pop(FOUND, None)
        st.error(_("This is no number and no id."))


def _draw_found(viewer: Viewer, customer: str, found: Prospect) -> None:
    if found.hold is not None:
        st.warning(_("Legal hold {number} keeps this customer.", number=number(found.hold)))
        return
    if not found.anything:
        st.info(_("Nothing is known of this customer."))
        return
    counts = {**found.counts, "copies": found.copies}
    lines = [[THINGS[name][language()], number(count)] for name, count in counts.items() if count]
    show(table([Column(_("What would go")), Column(_("How many"), numeric=True)], lines, _("What would go")))
    if found.held:
        text = ngettext(
            "{count} call is under a legal hold and stays.",
            "{count} calls are under a legal hold and stay.",
            len(found.held),
        )
        show(Markup('<p class="sub">{}</p>').format(text))
    word = _("erase")
    said = st.text_input(
        _("Write “{word}” to do it for good", word=word), key="forget_word", autocomplete="off"
    )
    sure = said.strip().casefold() == word.casefold()
    if st.button(_("Erase for good"), type="primary", key="forget_do", width="stretch", disabled=not sure):
        _forget(viewer, customer)


def _forget(viewer: Viewer, customer: str) -> None:
    try:
        made = privacy.forget(viewer.role, viewer.user_id, customer)
    except (InvalidSetting, NotFound):
        st.error(_("Nothing was erased: a legal hold came in between, or it is gone already. Look again."))
        return
    for key in (FOUND, "forget_who", "forget_word"):
        st.session_state.pop(key, None)
    st.toast(_("Erased; certificate {number} is in the list.", number=number(made.number)))
    st.rerun()


def draw_certificates(viewer: Viewer) -> None:
    """The newest, each as a page for people and a file for programs."""
    found = privacy.certificates(viewer.role)
    with panel("certificates", _("Certificates"), stretch=False):
        if not found:
            show(Markup('<p class="sub">{}</p>').format(_("Nobody has been forgotten yet.")))
        every = len(found) > SHOWN and st.toggle(_("All certificates"), key="certificates_every")
        for one in found if every else found[:SHOWN]:
            _draw_certificate(viewer, one)


def _draw_certificate(viewer: Viewer, one: Certificate) -> None:
    calls = ngettext("{count} call", "{count} calls", int(one.facts["counts"]["calls"]))
    when = day_month_year(read_day(one.day))
    show(
        Markup('<p class="sub"><b>{}</b> {} · {}</p>').format(
            _("No. {number}", number=number(one.number)), when, calls
        )
    )
    page, data = st.columns(2)
    for column, ending, kind, label in (
        (page, ".html", "text/html", _("For people")),
        (data, ".json", "application/json", _("For programs")),
    ):
        column.download_button(
            label,
            privacy.certificate(viewer.role, one.name, ending),  # type: ignore[arg-type]
            f"{one.name}{ending}",
            kind,
            key=f"certificate_{one.name}{ending}",
            width="stretch",
        )
