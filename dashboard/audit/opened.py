"""Who opened a call, on its own page, and how many of one's calls others opened."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.data import audit
from dashboard.data.audit import Opening
from dashboard.data.calls import CallDetail
from dashboard.data.site import settings
from dashboard.i18n import _, moment, ngettext, number
from dashboard.identity import Viewer
from dashboard.parts import Column, Markup, go, may_open, show, table
from dashboard.roles import Role, role_label


def opened_by(detail: CallDetail, viewer: Viewer) -> None:
    """A quiet line that opens: who, when last, how often, and whether the recording was played. Nothing for
    who judges the call blind.
    """
    if detail.head.id in viewer.scope.blind:
        return
    found = audit.opened_by(viewer.scope, detail.head.id, viewer.user_id)
    if not found:
        return
    now, zone = datetime.now(UTC), settings().zone
    last = moment(found[0].last, zone, now)
    people = ngettext("{count} person opened this call", "{count} people opened this call", len(found))
    with st.expander(_("{people}, last {time}", people=people, time=last)):
        columns = [
            Column(_("Who")),
            Column(_("Last")),
            Column(_("Times"), numeric=True),
            Column(_("Recording")),
        ]
        rows = [[_who(one), moment(one.last, zone, now), number(one.times), _heard(one)] for one in found]
        show(table(columns, rows, _("Who opened this call")))
        if may_open(viewer.role, "audit"):
            label = _("Everything done with this call")
            body = Markup('<p class="sub">{}</p>').format(label)
            go("audit_of_call", body, "audit", label=label, params={"call": detail.head.key})


def _heard(one: Opening) -> str:
    return _("played") if one.heard else _("only opened")


def _who(one: Opening) -> str:
    role = role_label(Role(one.role)) if one.role in set(Role) else _("by command")
    return f"{one.name}, {role}" if one.name else role


def opened_of_mine(viewer: Viewer) -> None:
    """One line for an agent: what others opened of one's calls lately."""
    if viewer.agent_id is None:
        return
    found = audit.opened_of(viewer.scope, viewer.agent_id, viewer.user_id)
    days = number(audit.DAYS)
    if not found.calls:
        text = _("In the last {days} days nobody else opened a call of yours.", days=days)
    else:
        calls = ngettext("{count} call of yours", "{count} calls of yours", found.calls)
        text = _(
            "In the last {days} days others opened {calls} and played {heard}; each call's page says when.",
            days=days,
            calls=calls,
            heard=number(found.heard),
        )
    show(Markup('<p class="sub" id="opened-of-mine">{}</p>').format(text))
