"""An alert as a line that opens what is behind it, with the way to take it on beside it."""

from datetime import datetime

import streamlit as st

from dashboard.alerts.acting import ask, asked, open_dialog
from dashboard.alerts.steps import Steps, handled
from dashboard.alerts.words import STATES, opening
from dashboard.data.alerts import Alert, AlertState
from dashboard.i18n import _, ago, language
from dashboard.identity import Viewer
from dashboard.parts import Markup, Row, chip, go, may_open, row, show, stack
from qa.alerts.wording import detail, title


def draw_alert(alert: Alert, steps: Steps, viewer: Viewer, now: datetime, *, last: bool) -> None:
    """The alert, which opens the rows behind it, and what can be done with it."""
    place, button = st.columns([8.6, 1.4], vertical_alignment="center", gap="small")
    page, params, name = opening(alert)
    with place:
        body = _line(alert, steps, now, last=last)
        if may_open(viewer.role, page):
            go(f"alert_{alert.id}", body, page, label=f"{name}: {title(alert, language())}", params=params)
        else:
            show(body)
    if alert.state is AlertState.CLOSED:
        return
    words = _("Take it on") if alert.state is AlertState.OPEN else _("Close it")
    button.button(words, key=f"alert_do_{alert.id}", width="stretch", on_click=ask, args=(alert.id,))
    if asked(alert.id):
        open_dialog(alert, steps, viewer)


def _line(alert: Alert, steps: Steps, now: datetime, *, last: bool) -> Markup:
    said = " · ".join(part for part in (detail(alert, language()), handled(steps)) if part)
    return row(
        Row(
            title(alert, language()),
            stack((said, " ", stack(_marks(alert)))),
            ago(alert.created_at, now),
            urgent=alert.state is AlertState.OPEN,
            last=last,
        )
    )


def _marks(alert: Alert) -> list[Markup]:
    found = []
    if alert.state is not AlertState.OPEN:
        found.append(
            chip(_(STATES[alert.state]), "accent" if alert.state is AlertState.ACKNOWLEDGED else "line")
        )
    if alert.ended_at is not None and alert.state is not AlertState.CLOSED:
        found.append(chip(_("the cause has ended"), "line"))
    if alert.generated:
        found.append(chip(_("generated"), "line"))
    return found
