"""The control with which a person sets who is who in a call."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.data import roles
from dashboard.data.calls import CallDetail
from dashboard.data.roles import RoleChange, RolesSet
from dashboard.data.site import settings
from dashboard.i18n import N_, _, moment
from dashboard.identity import Viewer
from dashboard.roles import LEADS
from qa.errors import InvalidSetting, NotFound

OFFERS = {
    RoleChange.SWAP: N_("Agent and customer are swapped"),
    RoleChange.FIRST_IS_AGENT: N_("Speaker 1 is the agent"),
    RoleChange.SECOND_IS_AGENT: N_("Speaker 2 is the agent"),
    RoleChange.ONE_SPEAKER: N_("Only one person speaks"),
}
ALONE = {
    RoleChange.FIRST_IS_AGENT: N_("The voice is the agent's"),
    RoleChange.SECOND_IS_AGENT: N_("The voice is the customer's"),
}


def changes(detail: CallDetail, viewer: Viewer) -> tuple[RoleChange, ...]:
    """What this viewer may say about the voices of a call; nothing for agents."""
    if viewer.role not in LEADS or detail.transcript is None:
        return ()
    return roles.possible_changes(detail.transcript, detail.speech)


def control(detail: CallDetail, viewer: Viewer) -> None:
    """A button a possible change, behind one that says what it is about."""
    offered = changes(detail, viewer)
    if not offered:
        return
    with st.popover(_("Who is who"), width="stretch"):
        st.caption(_("The call is measured and scored again from what was heard. Reviews by people stay."))
        names = OFFERS if len(offered) != len(ALONE) else ALONE
        for change in offered:
            if st.button(_(names[change]), key=f"roles_{change.name}", width="stretch"):
                _set(detail, viewer, change)


def told(who: RolesSet) -> str:
    """Who set the roles, and when."""
    when = moment(who.at, settings().zone, datetime.now(UTC))
    if who.by is None:
        return _("Who is who was set on the command line, {when}.", when=when)
    return _("Who is who was set by {name}, {when}.", name=who.by, when=when)


def _set(detail: CallDetail, viewer: Viewer, change: RoleChange) -> None:
    try:
        roles.set_roles(detail.head.key, viewer.scope, viewer.user_id, change)
    except (InvalidSetting, NotFound):
        st.toast(_("Nothing was changed. Reload the page and try again."))
        return
    st.rerun()
