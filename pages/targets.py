import streamlit as st

from dashboard import identity
from dashboard.data import choices, targets
from dashboard.i18n import _
from dashboard.parts import head
from dashboard.targets.setting import draw_setting
from dashboard.targets.showing import draw_changes, draw_targets

viewer = identity.viewer()
found = targets.read_targets()
places: dict[int | None, str] = {None: _("The whole site")}
places |= {team.id: team.name for team in choices.teams(viewer.scope)}
head(_("Targets"), _("What each week is measured against, for the site and for each team."))
left, right = st.columns([1.95, 1], gap="small")
with left:
    draw_targets(found, places)
    draw_changes(found, places)
with right:
    draw_setting(viewer, found, places)
