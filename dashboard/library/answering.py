"""What agents say when a moment of theirs is wanted for the library."""

from collections.abc import Mapping

import streamlit as st

from dashboard.data import library
from dashboard.data.library import Moment, MomentFilter, MomentState
from dashboard.i18n import _
from dashboard.identity import Viewer
from dashboard.library.showing import LIVE, STATES, sound, words
from dashboard.parts import Markup, panel, show
from qa.errors import NotFound


def requests_panel(viewer: Viewer, titles: Mapping[str, str]) -> None:
    """Recognition: moments of one's own that others may learn from, and the questions that wait."""
    if viewer.agent_id is None:
        return
    found = library.listed(viewer.scope, MomentFilter(LIVE, agent=viewer.agent_id))
    asked = [one for one in found if one.state is MomentState.PROPOSED]
    note = _("You decide who may hear them, and may change your mind at any time.")
    if found:
        with panel("mine_moments", _("Moments that others could learn from"), note, stretch=False):
            for one in (*asked, *(each for each in found if each not in asked)):
                _one(one, titles)


def _one(one: Moment, titles: Mapping[str, str]) -> None:
    head = Markup('<h3 class="moment-t">{} <span class="s">{} · {}</span></h3>')
    state = _("waits for your answer") if one.state is MomentState.PROPOSED else _(STATES[one.state])
    show(head.format(one.title, titles.get(one.criterion, one.criterion), state))
    if one.why:
        show(Markup('<p class="moment-w" dir="auto">{}</p>').format(one.why))
    sound(one)
    if one.state is not MomentState.PROPOSED:
        with st.container(horizontal=True, vertical_alignment="center"):
            _change(one)
        return
    show(words(one.lines))
    asks = _("{name} would like to keep this moment in the library for your colleagues.", name=one.added_by)
    show(Markup('<p class="sub">{}</p>').format(asks))
    named = st.checkbox(_("My name may stand beside it"), key=f"moment_named_{one.id}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Yes, keep it"), key=f"moment_yes_{one.id}", type="primary"):
            _answer(one, consents=True, named=named)
        if st.button(_("No, thank you"), key=f"moment_no_{one.id}"):
            _answer(one, consents=False)


def _change(one: Moment) -> None:
    kept = one.state is MomentState.CONSENTED
    label = _("Take it out of the library") if kept else _("Let it into the library after all")
    if st.button(label, key=f"moment_turn_{one.id}"):
        _answer(one, consents=not kept)
    if kept:
        named = _("with your name") if one.named else _("without your name")
        show(Markup('<p class="sub">{}</p>').format(named))
        turn = _("Hide my name") if one.named else _("Show my name")
        if st.button(turn, key=f"moment_name_{one.id}"):
            _answer(one, consents=True, named=not one.named)


def _answer(one: Moment, *, consents: bool, named: bool = False) -> None:
    try:
        library.answer(one.id, one.agent_id, consents=consents, named=named)
    except NotFound:
        st.toast(_("Nothing was changed. Reload the page and try again."))
    else:
        st.toast(_("It is in the library") if consents else _("Nobody else hears it"))
    st.rerun()
