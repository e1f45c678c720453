"""The main script: viewer, language, styles, navigation; then the page, if the role may see it."""

import streamlit as st

from dashboard import chrome, demo, identity, states, still
from dashboard.data.acting import acting
from dashboard.i18n import _
from dashboard.registry import page

chrome.configure()
viewer = identity.current()
acting(viewer.user_id if viewer else None)
still.drawn_for(viewer)
chrome.choose_language(viewer)
chrome.styles()

if viewer is None:
    chrome.entitle(_("Sign in"))
    st.navigation([st.Page(states.signed_out, title=_("Sign in"))], position="hidden").run()
else:
    chosen = chrome.navigation(viewer)
    chrome.sidebar(viewer, chosen.file)
    entry = page(chosen.file)
    chrome.entitle(_(entry.title))
    if entry.allows(viewer.role):
        demo.banner(viewer)
        chrome.run(chosen)
    else:
        states.not_for_role(entry)
