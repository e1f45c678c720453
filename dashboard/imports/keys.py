"""Keys of systems that push: made, shown once, revoked."""

from datetime import UTC, datetime

import streamlit as st

from dashboard import still
from dashboard.data import push
from dashboard.data.push import PushKey
from dashboard.data.site import settings
from dashboard.i18n import _, moment
from dashboard.identity import Viewer
from dashboard.parts import Markup, Row, panel, row, show
from qa.errors import InvalidSetting

MADE = "import_key_made"
NAME = "import_key_source"


def draw_keys(viewer: Viewer) -> None:
    """The panel."""
    with panel("import_keys", _("Systems that push"), stretch=False):
        show(
            Markup('<p class="sub">{}</p>').format(
                _("A system sends surveys, comments and calls to /qa/api/ with the key of its source.")
            )
        )
        for key in push.keys(viewer.scope):
            _key(viewer, key)
        st.text_input(_("Name of the source"), key=NAME)
        st.button(_("Make a key"), key="import_key_make", on_click=still.callback(_make), args=(viewer,))
        made = st.session_state.pop(MADE, None)
        if made:
            show(
                Markup('<p class="sub" role="status">{}</p>').format(_("Copy it now; it is shown this once."))
            )
            st.code(made, language=None)


def _key(viewer: Viewer, key: PushKey) -> None:
    now, zone = datetime.now(UTC), settings().zone
    used = (
        _("last used {when}", when=moment(key.last_used, zone, now)) if key.last_used else _("not used yet")
    )
    state = _("revoked") if key.revoked_at else used
    with st.container(key=f"import_key_{key.id}"):
        words, button = st.columns([3, 1.4], vertical_alignment="center")
        with words:
            show(row(Row(key.source, state, last=True)))
        if not key.revoked_at:
            button.button(
                _("Revoke"),
                key=f"import_revoke_{key.id}",
                on_click=still.callback(push.revoke),
                args=(viewer.scope, key.id),
            )


def _make(viewer: Viewer) -> None:
    try:
        source = str(st.session_state[NAME])
        st.session_state[MADE] = push.make(viewer.scope, source, viewer.display_name or viewer.name)
        st.session_state[NAME] = ""
    except InvalidSetting:
        st.toast(_("Type a name for the source first."))
