"""What narrows the log; it stands in the address, so a link shows the same entries."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import streamlit as st

from dashboard.address import number_of
from dashboard.audit.words import ACTS
from dashboard.choosing import pick
from dashboard.data import audit
from dashboard.data.audit import Act, AuditFilter
from dashboard.data.site import settings
from dashboard.i18n import N_, _
from dashboard.identity import Viewer
from qa.calendar import day_bounds, local_day

DAYS = {
    "1": N_("Today"),
    "7": N_("Last 7 days"),
    "30": N_("Last 30 days"),
    "365": N_("Last 365 days"),
    "all": N_("All days"),
}
USUAL = "30"
KEY_LETTERS = frozenset("0123456789abcdef")


def read_filter(params: Mapping[str, str]) -> AuditFilter:
    """The filter in the address; thirty days where it says nothing, all days for one call."""
    act, call = params.get("act", ""), params.get("call", "").lower()
    call = call if call and set(call) <= KEY_LETTERS and len(call) <= 64 else ""
    return AuditFilter(
        user_id=number_of(params.get("who", "")),
        act=Act(act) if act in set(Act) else None,
        call=call,
        since=_since(days_in(params)),
        before=number_of(params.get("before", "")),
    )


def days_in(params: Mapping[str, str]) -> str:
    """How many days back the address asks for."""
    usual = "all" if params.get("call") else USUAL
    days = params.get("days", usual)
    return days if days in DAYS else usual


def draw_controls(viewer: Viewer) -> None:
    """Who, what and since when, on one line."""
    names = {str(user): name for user, name in audit.people(viewer.role).items()}
    who = {"": _("Everybody")} | names | {"0": _("Commands and the desk itself")}
    acts = {"": _("Every act")} | {str(act): _(text) for act, text in ACTS.items()}
    chosen, act = st.query_params.get("who", ""), st.query_params.get("act", "")
    places = st.columns([1.4, 1.4, 1.1, 3], gap="small")
    with places[0]:
        pick(("audit", "who"), _("Who"), who, chosen if chosen in who else "")
    with places[1]:
        pick(("audit", "act"), _("What"), acts, act if act in acts else "")
    with places[2]:
        days = {value: _(text) for value, text in DAYS.items()}
        pick(("audit", "days"), _("Since when"), days, days_in(st.query_params))


def _since(days: str) -> datetime | None:
    if days == "all":
        return None
    zone = settings().zone
    today = local_day(datetime.now(UTC), zone)
    return day_bounds(today, zone)[0] - timedelta(days=int(days) - 1)
