"""What narrows the list: period, search, filters, order. Everything stands in the address."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard.calls.days import pick_days
from dashboard.calls.query import ORDERS, PARTS, in_address
from dashboard.choosing import follow, put
from dashboard.data import choices
from dashboard.data.site import Scope, settings
from dashboard.i18n import N_, _, language
from dashboard.words import word
from qa.calendar import local_day, week_start

PERIODS = {
    "": N_("All days"),
    "week": N_("This week"),
    "last": N_("Last week"),
    "four": N_("Last 4 weeks"),
    "twelve": N_("Last 12 weeks"),
    "days": N_("Chosen days"),
}
ORDER_WORDS = {
    "newest": N_("Newest first"),
    "oldest": N_("Oldest first"),
    "lowest": N_("Lowest score first"),
    "highest": N_("Highest score first"),
    "longest": N_("Longest first"),
    "shortest": N_("Shortest first"),
}
SOUND = {"": N_("Any"), "yes": N_("With a recording"), "no": N_("Without a recording")}
SAID = {"": N_("Anybody"), "agent": N_("The agent"), "customer": N_("The customer")}
CRITICAL = {"": N_("Any"), "yes": N_("A critical failure"), "no": N_("No critical failure")}
ABUSE = {"": N_("Any"), "yes": N_("The customer was abusive"), "no": N_("Without abuse")}
COMPLAINT = {"": N_("Any"), "yes": N_("The customer complained"), "no": N_("Without a complaint")}
CLOSED = {
    "band": ("pass", "coach", "flag"),
    "status": ("waiting", "running", "done", "failed"),
    "direction": ("inbound", "outbound", "internal"),
    "language": ("fa", "en"),
}


CLOSED_WORDS = {
    "band": N_("Score band"),
    "status": N_("State"),
    "direction": N_("Direction"),
    "language": N_("Language"),
}
PICKING = "calls_picking"  # days are being chosen, whatever named period they happen to make


def clear() -> None:
    """Take every filter away."""
    for part in PARTS:
        put(part, "")
    st.session_state.pop(PICKING, None)


def period_bounds(period: str) -> tuple[int, int] | None:
    """First and last day of a named period; ``None`` for all days and for chosen ones."""
    today = local_day(datetime.now(UTC), settings().zone)
    first = week_start(today, language())
    return {
        "week": (first, first + 6),
        "last": (first - 7, first - 1),
        "four": (first - 28, first - 1),
        "twelve": (first - 84, first - 1),
    }.get(period)


def period_of(params: Mapping[str, str]) -> str:
    """The name of the period in the address."""
    chosen = (params.get("from", ""), params.get("to", ""))
    if chosen == ("", ""):
        return ""
    for name in PERIODS:
        bounds = period_bounds(name)
        if bounds is not None and chosen == (str(bounds[0]), str(bounds[1])):
            return name
    return "days"


def draw_bar(scope: Scope) -> None:
    """One row: search, period, filters, order."""
    search, period, more, order = st.columns([2.4, 1.3, 1, 1.4], vertical_alignment="bottom", gap="small")
    with search:
        st.text_input(
            _("Search in what was said"),
            key=follow("calls_q", st.query_params.get("q", "")),
            placeholder=_("Words, or a phrase in quotation marks"),
            label_visibility="collapsed",
            on_change=lambda: put("q", in_address(st.session_state.calls_q)),
        )
    with period:
        _draw_period()
    with more, st.popover(_("Filters"), icon=":material/tune:", width="stretch"):
        _draw_filters(scope)
    with order:
        now = st.query_params.get("order", "newest")
        st.selectbox(
            _("Order"),
            list(ORDERS),
            format_func=lambda name: _(ORDER_WORDS[name]),
            key=follow("calls_order", now if now in ORDERS else "newest"),
            label_visibility="collapsed",
            on_change=lambda: put("order", st.session_state.calls_order),
        )


def _draw_period() -> None:
    now = period_of(st.query_params)

    def changed() -> None:
        bounds = period_bounds(st.session_state.calls_period)
        if st.session_state.calls_period == "days":
            bounds = period_bounds("week")
        put("from", str(bounds[0]) if bounds else "")
        put("to", str(bounds[1]) if bounds else "")
        st.session_state[PICKING] = st.session_state.calls_period == "days"

    shown = "days" if st.session_state.get(PICKING) else now
    st.selectbox(
        _("Days"),
        list(PERIODS),
        format_func=lambda name: _(PERIODS[name]),
        key=follow("calls_period", shown),
        label_visibility="collapsed",
        on_change=changed,
    )
    if shown == "days":
        pick_days(put)


def _draw_filters(scope: Scope) -> None:
    people: Sequence[tuple[str, str, dict[str, str]]] = (
        ("agent", _("Agent"), {str(a.id): a.name for a in choices.agents(scope)}),
        ("team", _("Team"), {str(t.id): t.name for t in choices.teams(scope)}),
        ("queue", _("Queue"), {str(q.id): q.name for q in choices.queues()}),
    )
    closed = tuple(
        (name, _(CLOSED_WORDS[name]), {v: word(v) for v in values}) for name, values in CLOSED.items()
    )
    for name, label, options in (*people, *closed):
        if options:
            _choose(name, label, options)
    _yes_or_no("said", _("Words said by"), SAID)
    _yes_or_no("critical", _("Critical criteria"), CRITICAL)
    _yes_or_no("abuse", _("Abuse"), ABUSE)
    _yes_or_no("complaint", _("Complaint"), COMPLAINT)
    _yes_or_no("sound", _("Recording"), SOUND)


def _yes_or_no(name: str, label: str, options: dict[str, str]) -> None:
    now, key = st.query_params.get(name, ""), f"calls_{name}"
    st.selectbox(
        label,
        list(options),
        format_func=lambda value: _(options[value]),
        key=follow(key, now if now in options else ""),
        on_change=lambda: put(name, st.session_state[key]),
    )


def _choose(name: str, label: str, options: dict[str, str]) -> None:
    chosen = [part for part in st.query_params.get(name, "").split(",") if part in options]
    key = f"calls_{name}"
    st.multiselect(
        label,
        list(options),
        format_func=lambda value: options[value],
        key=follow(key, chosen),
        placeholder=_("Any"),
        on_change=lambda: put(name, ",".join(st.session_state[key])),
    )
