"""What narrows the comments: channel, order, state, and the rest behind one button."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.calls.controls import PERIODS, period_bounds, period_of
from dashboard.calls.days import pick_days
from dashboard.choosing import pick, put, said
from dashboard.comments.query import NARROWING
from dashboard.comments.words import FEELINGS, LANGUAGES, ORDERS, SHOWN, channel, service
from dashboard.data import choices, comments
from dashboard.data.comments import CommentOrder, Shown
from dashboard.i18n import _, ngettext

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

PICKING = "comments_picking"


def kept(**changes: str) -> dict[str, str]:
    """The parts of the address that a link within the page keeps, with changes."""
    parts = ("shown", "order", "after", *NARROWING)
    return {part: st.query_params[part] for part in parts if part in st.query_params} | changes


def draw_controls(places: "Sequence[DeltaGenerator]") -> None:
    """Channel, order, state and further filters, at the end of the head."""
    channels, services = comments.known_values()
    with places[0]:
        every = {"": _("All channels")} | {name: channel(name) for name in channels}
        pick(("comments", "channel"), _("Channel"), every, said("channel", every))
    with places[1]:
        orders = {one.value: _(text) for one, text in ORDERS.items()}
        pick(("comments", "order"), _("Order"), orders, said("order", orders, CommentOrder.URGENT.value))
    with places[2]:
        states = {one.value: _(text) for one, text in SHOWN.items()}
        pick(("comments", "shown"), _("Shown"), states, said("shown", states, Shown.WAITING.value))
    count = sum(1 for part in NARROWING if part != "channel" and st.query_params.get(part))
    label = ngettext("{count} filter", "{count} filters", count) if count else _("Filters")
    with places[3], st.popover(label, icon=":material/tune:", width="stretch"):
        draw_filters(services, put)
        if count and st.button(_("Show all"), key="comments_clear", width="stretch"):
            for part in NARROWING:
                put(part, "")
            st.session_state.pop(PICKING, None)
            st.rerun()


def draw_filters(
    services: Sequence[str], change: Callable[[str, str], None], *, sentiment: bool = True
) -> None:
    """Days, service, queue, language and, where it means something, sentiment."""
    _period(change)
    queues = {str(queue.id): queue.name for queue in choices.queues()}
    if services:
        _several("service", _("Service"), {name: service(name) for name in services}, change)
    if queues:
        _several("queue", _("Queue that the customer called"), queues, change)
    _several("language", _("Language"), {code: _(text) for code, text in LANGUAGES.items()}, change)
    if sentiment:
        _several("sentiment", _("Sentiment"), {name: _(text) for name, text in FEELINGS.items()}, change)


def _period(change: Callable[[str, str], None]) -> None:
    def changed() -> None:
        chosen = st.session_state.comments_period
        bounds = period_bounds("week" if chosen == "days" else chosen)
        change("from", str(bounds[0]) if bounds else "")
        change("to", str(bounds[1]) if bounds else "")
        st.session_state[PICKING] = chosen == "days"

    shown = "days" if st.session_state.get(PICKING) else period_of(st.query_params)
    st.session_state.comments_period = shown
    st.selectbox(
        _("Days"),
        list(PERIODS),
        format_func=lambda name: _(PERIODS[name]),
        key="comments_period",
        on_change=changed,
    )
    if shown == "days":
        pick_days(change)


def _several(name: str, label: str, options: Mapping[str, str], change: Callable[[str, str], None]) -> None:
    key = f"comments_{name}"
    st.session_state[key] = [part for part in st.query_params.get(name, "").split(",") if part in options]
    st.multiselect(
        label,
        list(options),
        format_func=lambda value: options[value],
        key=key,
        placeholder=_("Any"),
        on_change=lambda: change(name, ",".join(st.session_state[key])),
    )
