import streamlit as st

from dashboard import identity
from dashboard.i18n import _
from dashboard.imports.history import draw_history
from dashboard.imports.keys import draw_keys
from dashboard.imports.taking import draw_import
from dashboard.parts import head

viewer = identity.viewer()
head(_("Imports"), _("Surveys, public comments, orders and telephone records from other systems."))
left, right = st.columns([2.6, 1], gap="small")
with left:
    draw_import(viewer)
    draw_history(viewer)
with right:
    draw_keys(viewer)
