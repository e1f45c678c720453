"""Reply templates on the page: managers write them anew, everybody else sees who may."""

import re
from secrets import token_hex

import streamlit as st

from dashboard import still
from dashboard.comments.words import KINDS
from dashboard.data import comments
from dashboard.data.comments import EDITORS, PLACES, ReplyKind, Template
from dashboard.i18n import LANGUAGES, _
from dashboard.identity import Viewer
from dashboard.parts import Markup, show
from qa.errors import InvalidSetting

__all__ = ["KINDS", "manage_templates"]

NEW = ""
LONGEST = 1000


def manage_templates(viewer: Viewer, language: str) -> None:
    """The button that opens the templates of a language, for those who may change them."""
    if viewer.role not in EDITORS:
        return
    if st.button(_("Templates"), key="templates_open", width="stretch"):
        still.dialog(_("Reply templates"), width="large")(_edit)(viewer, language)


def _edit(viewer: Viewer, language: str) -> None:
    code = st.segmented_control(
        _("Language"), list(LANGUAGES), format_func=lambda one: LANGUAGES[one], default=language,
        key="template_language",
    ) or language  # fmt: skip
    found = {one.key: one for one in comments.templates(code)}
    key = st.selectbox(
        _("Template"),
        [NEW, *found],
        format_func=lambda one: found[one].name if one in found else _("a new template"),
        key=f"template_key_{code}",
        index=1 if found else 0,
    )
    old = found.get(key)
    base = f"template_{code}_{key}"
    kind = st.selectbox(
        _("Kind"),
        list(ReplyKind),
        format_func=lambda one: _(KINDS[one]),
        index=list(ReplyKind).index(old.kind) if old else 0,
        key=f"{base}_kind",
    )
    name = st.text_input(_("Name"), old.name if old else "", max_chars=80, key=f"{base}_name")
    text = st.text_area(_("Text"), old.text if old else "", max_chars=LONGEST, height=150, key=f"{base}_text")
    places = ", ".join(f"{{{place}}}" for place in PLACES)
    show(Markup('<p class="sub">{}</p>').format(_("Filled in by itself: {places}.", places=places)))
    save, remove = st.columns(2)
    made = Template(old.key if old else _slug(name), code, kind, name, text)
    if save.button(_("Save the template"), type="primary", width="stretch", key=f"{base}_save"):
        _save(viewer, made, empty=not text.strip())
    if old and remove.button(_("Remove the template"), width="stretch", key=f"{base}_remove"):
        _save(viewer, Template(old.key, code, old.kind, old.name, ""), empty=False)


def _slug(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:30]
    return f"{plain}-{token_hex(3)}" if plain else f"own-{token_hex(4)}"


def _save(viewer: Viewer, template: Template, *, empty: bool) -> None:
    try:
        if empty or not template.name.strip():
            st.error(_("Give the template a name and a text."))
            return
        comments.save_template(viewer.role, template, viewer.user_id)
    except InvalidSetting:
        places = ", ".join(f"{{{place}}}" for place in PLACES)
        st.error(_("Only these places can be filled in: {places}.", places=places))
    else:
        st.toast(_("Template saved"))
        st.rerun()
