"""The dialog in which a person takes an alert on or closes it."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from dashboard import still
from dashboard.alerts.steps import Steps, history
from dashboard.data import alerts
from dashboard.data.alerts import Alert, AlertState
from dashboard.data.site import settings
from dashboard.i18n import _, language, ngettext
from dashboard.identity import Viewer
from dashboard.parts import Markup, show
from dashboard.promises.deciding import LATER, later
from qa.alerts.wording import detail, title
from qa.calendar import local_day
from qa.errors import InvalidSetting, NotFound

OPEN = "alert_asked"


def ask(alert_id: int) -> None:
    """Open the dialog of an alert at the next run."""
    st.session_state[OPEN] = alert_id


def asked(alert_id: int) -> bool:
    """True while the dialog of this alert is open."""
    return bool(st.session_state.get(OPEN) == alert_id)


def _forget() -> None:
    st.session_state.pop(OPEN, None)


def open_dialog(alert: Alert, steps: Steps, viewer: Viewer) -> None:
    """Show the dialog; the page is drawn anew when something was stored."""
    still.dialog(_("What is done about it?"), on_dismiss=_forget)(_draw)(alert, steps, viewer)


def _draw(alert: Alert, steps: Steps, viewer: Viewer) -> None:
    head = Markup('<p><b>{}</b></p><p class="sub">{}</p>')
    show(head.format(title(alert, language()), detail(alert, language())))
    show(history(steps, datetime.now(UTC)))
    hint = _("What you do, or why nothing is to do")
    note = st.text_input(_("Note"), max_chars=300, key=f"alert_note_{alert.id}", placeholder=hint)
    if alert.state is AlertState.OPEN and st.button(
        _("Take it on"), type="primary", width="stretch", key=f"alert_ack_{alert.id}"
    ):
        _attempt(lambda: alerts.acknowledge(viewer.scope, alert.id, viewer.user_id, note))
    if st.button(_("Close the alert"), width="stretch", key=f"alert_close_{alert.id}"):
        _attempt(lambda: alerts.close(viewer.scope, alert.id, viewer.user_id, note))
    _plan(alert, viewer, note)


def _plan(alert: Alert, viewer: Viewer, note: str) -> None:
    """Make an action item of it, for oneself; the alert is taken on with it."""
    person = alerts.Person(viewer.user_id, viewer.scope)
    made = alerts.items_of(person, alert.id)
    if made:
        told = ngettext("{count} action item was made of it.", "{count} action items were made of it.", made)
        show(Markup('<p class="sub">{}</p>').format(told))
    days = st.selectbox(_("Due"), LATER, format_func=later, key=f"alert_due_{alert.id}", index=2)
    if st.button(_("Make an action item"), width="stretch", key=f"alert_item_{alert.id}"):
        due = local_day(datetime.now(UTC), settings().zone) + days

        def store() -> None:
            alerts.make_item(person, alert, note or title(alert, language()), due)
            if alert.state is AlertState.OPEN:
                alerts.acknowledge(viewer.scope, alert.id, viewer.user_id, note)

        _attempt(store)


def _attempt(action: Callable[[], None]) -> None:
    try:
        action()
    except (InvalidSetting, NotFound):
        st.error(_("Nothing was changed. Reload the page and try again."))
    else:
        _forget()
        st.rerun()
