import streamlit as st

from dashboard import identity, states
from dashboard.address import number_of
from dashboard.choosing import put
from dashboard.data import library
from dashboard.data.library import MomentFilter, MomentState
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, language, ngettext
from dashboard.library.asking import draw_criterion, read_criterion
from dashboard.library.showing import card
from dashboard.parts import head
from dashboard.roles import LEADS

SIZE = 8

viewer = identity.viewer()
titles = common_titles(language())
counts = library.counts(viewer.scope, MomentFilter())
waiting = MomentFilter(frozenset({MomentState.PROPOSED, MomentState.DECLINED}), own=True)
asked = library.counts(viewer.scope, waiting) if viewer.role in LEADS else {}
wanted = read_criterion(st.query_params, counts, asked)
total = sum(counts.values())
sub = ngettext(
    "{count} moment of real calls, heard with its agent's consent; personal data is silent.",
    "{count} moments of real calls, heard with their agents' consent; personal data is silent.",
    total,
)
places = head(_("Library of exemplary moments"), sub, controls=(2.2,))
if not counts and not asked:
    text = _(
        "A lead proposes a moment on the page of a call or of an agent; it stands here when its agent agrees."
    )
    states.empty("library", _("No moments yet"), text)
    st.stop()
draw_criterion(places[0], wanted, (counts, asked), titles)
chosen = waiting if wanted.waiting else MomentFilter(criterion=wanted.criterion)
skip = number_of(st.query_params.get("skip", "")) or 0
found = library.listed(viewer.scope, chosen, SIZE + 1, skip)
if not found:
    states.empty("library", _("No moments here"), _("Choose another criterion."))
for column, part in zip(st.columns(2, gap="small"), (found[:SIZE:2], found[1:SIZE:2]), strict=True):
    with column:
        for one in part:
            card(one, titles, viewer)
first, rest, last = st.columns([1, 6, 1])
if skip and first.button(_("Back"), key="library_back", width="stretch"):
    put("skip", str(max(0, skip - SIZE)))
    st.rerun()
if len(found) > SIZE and last.button(_("More"), key="library_more", width="stretch"):
    put("skip", str(skip + SIZE))
    st.rerun()
