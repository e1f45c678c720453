"""A line of the ledger with its button, on the ledger's page and on the call's."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.data import promises
from dashboard.data.promises import LedgerFilter, LedgerRow
from dashboard.i18n import _
from dashboard.identity import Viewer
from dashboard.parts import go, panel
from dashboard.promises.deciding import ask, asked, open_dialog
from dashboard.promises.lines import line, link_name

MOST = 50  # promises of one call


def promise_panel(call_id: int, viewer: Viewer) -> None:
    """The promises of one call; nothing where there are none."""
    now = datetime.now(UTC)
    found = promises.page(viewer.scope, LedgerFilter(now, call_id=call_id), MOST).rows
    if not found:
        return
    with panel("promises", _("Promises in this call"), stretch=False), st.container(gap=None):
        for place, each in enumerate(found):
            draw_line(each, viewer, now, last=place == len(found) - 1)


def draw_line(promise: LedgerRow, viewer: Viewer, now: datetime, *, last: bool) -> None:
    """The promise, which opens its second in the call, and the way to say what became of it."""
    place, button = st.columns([8.6, 1.2], vertical_alignment="center", gap="small")
    params = {"call": promise.key} | ({"t": f"{promise.at:.1f}"} if promise.at is not None else {})
    with place:
        go(
            f"promise_{promise.id}",
            line(promise, now, last=last),
            "call",
            label=link_name(promise, now),
            params=params,
        )
    button.button(_("Decide"), key=f"decide_{promise.id}", width="stretch", on_click=ask, args=(promise.id,))
    if asked(promise.id):
        open_dialog(promise, viewer)
