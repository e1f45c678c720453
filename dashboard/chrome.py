"""The frame around a page: configuration, language, styles, navigation, who is signed in."""

import logging
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard import measures, outage, registry, states
from dashboard.data.alert_count import open_alerts
from dashboard.i18n import LANGUAGES, _, language, remember, rtl
from dashboard.identity import LANGUAGE_COOKIE, Viewer
from dashboard.parts import show
from dashboard.roles import role_label
from dashboard.theme import FAVICON, LOGO, RTL_STYLES, STYLES
from qa.logs import about

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

log = logging.getLogger(__name__)
PINNED = "_pinned_language"


def configure() -> None:
    """Icon and width. Before the navigation, which would fetch a page's icon from an outside host."""
    # Plotly asks for classes of a pandas that another thread is still importing; so each page waits for it.
    import pandas as _pandas  # noqa: F401

    st.set_page_config(page_icon=FAVICON, layout="wide", initial_sidebar_state="expanded")


def entitle(title: str) -> None:
    """The title of the browser's tab."""
    st.set_page_config(page_title=" · ".join((title, _("Shenava"))))


def choose_language(viewer: Viewer | None) -> None:
    """The language of this page load: the address, what it began with, the user, the last visit."""
    wanted = (
        st.query_params.get("lang"),
        st.session_state.get(PINNED),
        viewer.language if viewer else None,
        st.context.cookies.get(LANGUAGE_COOKIE),
    )
    code = next((str(value) for value in wanted if value in LANGUAGES), "en")
    st.session_state[PINNED] = code
    remember(code)


def styles() -> None:
    """The style sheets; right to left comes after and only in Persian."""
    st.html(STYLES)
    if rtl():
        st.html(RTL_STYLES)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The page that was asked for, by its name and as Streamlit runs it."""

    file: str
    script: "StreamlitPage"


def navigation(viewer: Viewer) -> Chosen:
    """Draw the navigation; gives the page asked for. Pages of other roles are known but not listed."""
    st.logo(str(LOGO), size="large")
    shown = {
        entry.file: registry.streamlit_page(
            entry.file,
            hidden=not entry.allows(viewer.role),
            waiting=open_alerts(viewer.scope) if entry.file == "alerts" and entry.allows(viewer.role) else 0,
        )
        for entry in registry.present()
    }
    sections: dict[str, list[StreamlitPage]] = {}
    for file, made in shown.items():
        sections.setdefault(_(registry.page(file).section), []).append(made)
    chosen = st.navigation(sections, expanded=True)
    return Chosen(next(file for file, made in shown.items() if made is chosen), chosen)


def run(chosen: Chosen) -> None:
    """Run the page. Whatever goes wrong is said in the viewer's words, with a code that the log repeats."""
    try:
        with measures.page(chosen.file):
            chosen.script.run()
    except outage.OUTAGES as error:
        if outage.stopped(error):
            outage.told(error)
            return
        code = states.reference()
        told = about("page.unavailable", page=chosen.file, reference=code)
        log.warning("a page could not be read: %s", error.message, extra=told)
        _failed(chosen, code)
    except Exception:
        # The last guard before a person: Streamlit's own box speaks English and says nothing.
        code = states.reference()
        log.exception("a page failed", extra=about("page.failed", page=chosen.file, reference=code))
        _failed(chosen, code)


def _failed(chosen: Chosen, code: str) -> None:
    if states.failed(f"page_{chosen.file}", code):
        st.rerun()


@cache
def _faces() -> Markup:
    return Markup(
        '<div class="who"><span class="face" aria-hidden="true">{initials}</span>'
        "<b>{name}</b><span>{role}</span></div>"
        '<div class="who-do"><a href="{switch}" lang="{code}" hreflang="{code}">{other}</a>'
        '<form method="post" action="/qa/logout"><button>{out}</button></form></div>'
    )


def sidebar(viewer: Viewer, file: str) -> None:
    """Who is signed in, the other language, the way out."""
    other = next(code for code in LANGUAGES if code != language())
    with st.sidebar:
        show(
            _faces().format(
                initials=viewer.initials,
                name=viewer.display_name,
                role=role_label(viewer.role),
                switch=change_link("language", other, file),
                code=other,
                other=LANGUAGES[other],
                out=_("Sign out"),
            )
        )


def change_link(what: str, value: str, file: str) -> str:
    """The address that changes language or theme and comes back to this page as it stands."""
    query = urlencode([(name, text) for name, text in st.query_params.items() if name != "lang"])
    back = "/" + registry.page(file).address + (f"?{query}" if query else "")
    return f"/qa/{what}?{urlencode({'to': value, 'next': back})}"
