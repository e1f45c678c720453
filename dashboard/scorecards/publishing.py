"""What is done with a draft: begun, saved, discarded, published; and a scorecard copied as a new one."""

from collections.abc import Callable

import streamlit as st

from dashboard import plain
from dashboard.data import drafting
from dashboard.data.cards import Card, Draft
from dashboard.i18n import _, number
from dashboard.identity import Viewer
from dashboard.parts import Markup, panel, show
from qa.errors import InvalidScorecard, NotFound


def draw_beginning(viewer: Viewer, card: Card) -> None:
    """No draft yet: begin one, or copy the scorecard under another id."""
    with panel("begin", _("Change this scorecard"), stretch=False):
        text = _("A published version never changes. A draft becomes the next version when it is published.")
        show(Markup('<p class="sub">{}</p>').format(text))
        begin, copy = st.columns(2, vertical_alignment="bottom")
        if begin.button(_("Begin a draft"), key="cards_begin", type="primary", width="stretch"):
            attempt(lambda: drafting.begin(viewer.role, viewer.display_name, card))
        with copy.popover(_("Copy as a new scorecard"), width="stretch"):
            identifier = st.text_input(
                _("Id of the new one"),
                key="cards_copy",
                placeholder=f"{card.id}-2",
                help=_("Small letters, digits, -."),
            )
            if st.button(_("Copy"), key="cards_copy_now", width="stretch"):
                _copy(viewer, card, identifier.strip())


def _copy(viewer: Viewer, card: Card, identifier: str) -> None:
    try:
        drafting.duplicate(viewer.role, viewer.display_name, card, identifier)
    except InvalidScorecard as error:
        st.error(plain.label(error.message))
        return
    st.query_params["card"] = identifier
    st.rerun()


def draw_buttons(viewer: Viewer, draft: Draft, text: str, fault: str) -> None:
    """Save, discard, publish."""
    changed = text != draft.content
    save, publish, discard = st.columns(3)
    if save.button(
        _("Save draft"), key="cards_save", disabled=not changed, width="stretch", icon=":material/save:"
    ):
        attempt(lambda: drafting.save(viewer.role, viewer.display_name, draft, text))
    with publish.popover(_("Publish"), width="stretch", disabled=bool(fault)):
        note = st.text_input(_("Why this version"), key="cards_note", max_chars=300)
        if st.button(
            _("Publish now"), key="cards_publish", type="primary", disabled=not note.strip(), width="stretch"
        ):
            _publish(viewer, draft, text, note.strip())
    with discard.popover(_("Discard"), width="stretch"):
        show(_("The draft is thrown away. Published versions stay."))
        if st.button(_("Discard the draft"), key="cards_discard", width="stretch"):
            attempt(lambda: drafting.discard(viewer.role, draft.scorecard))


def _publish(viewer: Viewer, draft: Draft, text: str, note: str) -> None:
    try:
        saved = drafting.save(viewer.role, viewer.display_name, draft, text)
        version = drafting.publish(viewer.role, viewer.display_name, saved, note)
    except (InvalidScorecard, NotFound) as error:
        st.error(plain.label(error.message))
        return
    st.query_params["view"] = "read"
    st.query_params.pop("version", None)
    st.toast(_("Version {version} is published.", version=number(version)))
    st.rerun(scope="app")


def attempt(action: Callable[[], object]) -> None:
    """Do it and show the page anew, or say why not."""
    try:
        action()
    except (InvalidScorecard, NotFound) as error:
        st.error(plain.label(error.message))
    else:
        st.rerun(scope="app")
