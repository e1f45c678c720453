import streamlit as st

from dashboard import identity
from dashboard.data import cards
from dashboard.data.cards import EDITORS
from dashboard.i18n import _, ngettext, number
from dashboard.parts import head
from dashboard.scorecards import picking
from dashboard.scorecards.again import draw_again
from dashboard.scorecards.assigning import draw_assignments
from dashboard.scorecards.differing import draw_comparison
from dashboard.scorecards.editing import draw_editor
from dashboard.scorecards.showing import draw_history, draw_outline
from dashboard.scorecards.trying import draw_trying

viewer = identity.viewer()
listed = cards.cards()
card = picking.chosen(listed)
sub = ngettext("{count} scorecard", "{count} scorecards", len(listed))
places = head(_("Scorecards"), sub, controls=(4.6,))
with places[0], st.container(horizontal_alignment="right"):
    view = picking.chosen_view(may_edit=viewer.role in EDITORS)
left, right = st.columns([1, 2.3], gap="small")
with left:
    picking.draw_list(listed, card)
    draw_assignments(viewer, card)
    draw_history(card)
with right:
    version = picking.chosen_version(card)
    if view == picking.COMPARE:
        draw_comparison(card)
    elif view == picking.EDIT:
        draft = draw_editor(viewer, card)
        if draft is not None:
            draw_trying(viewer, card, draft)
    elif view == picking.AGAIN:
        draw_again(viewer, card)
    elif version is not None:
        name = _("version {version}", version=number(version))
        draw_outline(cards.version_outline(card.id, version), name)
    elif card.draft is not None:
        draw_outline(cards.read_outline(card.draft.content, card.id), _("draft"))
