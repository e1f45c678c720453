"""Which list, which reason, and the filters behind one button."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.care.query import LISTS
from dashboard.care.words import REASONS
from dashboard.choosing import pick, put, said
from dashboard.comments.controls import draw_filters
from dashboard.comments.query import NARROWING
from dashboard.data import comments
from dashboard.i18n import _, ngettext

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

USED = ("from", "to", "service", "queue", "language")


def draw_controls(places: "Sequence[DeltaGenerator]", shown: str) -> None:
    """The controls at the end of the head; only those that narrow the list."""
    with places[0]:
        lists = {name: _(text) for name, text in LISTS.items()}
        pick(("care", "list"), _("List"), lists, said("list", lists, "alone"))
    reasons = {"": _("Every reason"), **{one.value: _(text) for one, text in REASONS.items()}}
    if shown == "alone":
        with places[1]:
            pick(("care", "reason"), _("Reason"), reasons, said("reason", reasons))
    if shown == "pressed":
        return
    count = sum(1 for part in USED if st.query_params.get(part)) + (st.query_params.get("owner") == "me")
    label = ngettext("{count} filter", "{count} filters", count) if count else _("Filters")
    with places[-1], st.popover(label, icon=":material/tune:", width="stretch"):
        draw_filters(comments.known_values()[1], put, sentiment=False)
        mine = st.checkbox(
            _("Mine to follow up"), value=st.query_params.get("owner") == "me", key="care_mine"
        )
        if mine != (st.query_params.get("owner") == "me"):
            put("owner", "me" if mine else "")
            st.rerun()
        if count and st.button(_("Show all"), key="care_clear", width="stretch"):
            for part in (*NARROWING, "owner"):
                put(part, "")
            st.rerun()
