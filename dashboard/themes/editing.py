"""The dictionary of aspects on the page: names and words in both languages, for those who may change it."""

import re
from secrets import token_hex

import streamlit as st

from dashboard import still
from dashboard.comments.words import service
from dashboard.data import themes
from dashboard.data.themes import EDITORS, Aspect, Dictionary
from dashboard.i18n import _, language
from dashboard.identity import Viewer
from dashboard.parts import Markup, show
from dashboard.words import SPOKEN_LANGUAGES
from qa.errors import InvalidSetting

NEW = ""


def edit_button(viewer: Viewer, services: tuple[str, ...]) -> None:
    """The button that opens the dictionary."""
    if viewer.role in EDITORS and st.button(
        _("Topics"), icon=":material/edit:", width="stretch", key="topics"
    ):
        still.dialog(_("Topics and their words"), width="large")(_edit)(viewer, services)


def _edit(viewer: Viewer, services: tuple[str, ...]) -> None:
    dictionary = themes.dictionary()
    known = {one.key: one for one in dictionary.aspects}
    key = st.selectbox(
        _("Topic"),
        [*known, NEW],
        format_func=lambda one: known[one].name(language()) if one in known else _("a new topic"),
        key="topic_key",
    )
    old = known.get(key)
    names = {
        code: st.text_input(
            _("Name in {language}", language=_(own)),
            old.names[code] if old else "",
            key=f"topic_name_{key}_{code}",
        )
        for code, own in SPOKEN_LANGUAGES.items()
    }
    words = {
        code: st.text_area(
            _("Words in {language}, one a line", language=_(own)),
            "\n".join(old.words[code]) if old else "",
            height=160,
            key=f"topic_words_{key}_{code}",
        ).splitlines()
        for code, own in SPOKEN_LANGUAGES.items()
    }
    every = list(dict.fromkeys(["", *services, *(one.service for one in dictionary.aspects if one.service)]))
    chosen = st.selectbox(
        _("Service"),
        every,
        index=every.index(old.service) if old and old.service in every else 0,
        format_func=lambda name: service(name) if name else _("every service"),
        key=f"topic_service_{key}",
    )
    show(Markup('<p class="sub">{}</p>').format(_("A star at the end of a word stands for any ending.")))
    made = Aspect(
        old.key if old else _key(names["en"]), chosen or None, names, {c: tuple(w) for c, w in words.items()}
    )
    _buttons(viewer, dictionary, made, old)


def _buttons(viewer: Viewer, dictionary: Dictionary, made: Aspect, old: Aspect | None) -> None:
    save, remove, back = st.columns(3)
    if save.button(_("Save the topic"), type="primary", width="stretch", key="topic_save"):
        _keep(viewer, dictionary.put(made))
    if old and remove.button(_("Remove the topic"), width="stretch", key="topic_remove"):
        _keep(viewer, dictionary.without(old.key))
    if themes.is_own() and back.button(_("Back to the shipped list"), width="stretch", key="topic_back"):
        _keep(viewer, None)


def _key(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:30]
    return f"{plain}_{token_hex(2)}" if plain[:1].isalpha() else f"own_{token_hex(4)}"


def _keep(viewer: Viewer, changed: Dictionary | None) -> None:
    try:
        themes.change(viewer.role, viewer.user_id, None if changed is None else changed.aspects)
    except InvalidSetting:
        st.error(_("Give the topic both names, and words of at least two letters."))
    else:
        st.toast(_("Topics saved; comments are read anew"))
        st.rerun()
