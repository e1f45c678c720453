import streamlit as st

from dashboard import identity
from dashboard.data import privacy
from dashboard.i18n import _
from dashboard.parts import head
from dashboard.privacy.forgetting import draw_certificates, draw_forgetting
from dashboard.privacy.holding import draw_holds
from dashboard.privacy.ruling import draw_rules
from dashboard.privacy.showing import draw_kept, draw_looks, draw_promise

viewer = identity.viewer()
found = privacy.overview()
head(_("Privacy"), _("What is kept, why, how long, and who looked."))
left, right = st.columns([2.3, 1], gap="small")
with left:
    draw_kept(found)
    draw_looks(found, viewer.role)
with right:
    if viewer.role in privacy.KEEPERS:
        draw_rules(viewer, found)
        draw_forgetting(viewer)
        draw_certificates(viewer)
        draw_holds(viewer, found)
    else:
        draw_promise(found)
