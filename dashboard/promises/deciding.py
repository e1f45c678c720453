"""The dialog in which a person says what became of a promise, or gives it another time."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import streamlit as st

from dashboard import still
from dashboard.data import promises
from dashboard.data.promises import Decision, LedgerRow, PromiseEvent, PromiseState
from dashboard.data.site import settings
from dashboard.i18n import N_, _, moment, ngettext, quoted
from dashboard.identity import Viewer
from dashboard.parts import Markup, show
from dashboard.promises.lines import STATES
from qa.errors import InvalidSetting, NotFound

ANSWERS = {
    PromiseState.KEPT: N_("Kept"),
    PromiseState.BROKEN: N_("Broken"),
    PromiseState.VOID: N_("Void: it was no promise, or the matter went away"),
    PromiseState.OPEN: N_("Open"),
}
LATER = (0, 1, 2, 3, 7, 14)  # days from today


OPEN = "promise_asked"


def ask(promise_id: int) -> None:
    """Open the dialog of a promise at the next run."""
    st.session_state[OPEN] = promise_id


def asked(promise_id: int) -> bool:
    """True while the dialog of this promise is open."""
    return bool(st.session_state.get(OPEN) == promise_id)


def _forget() -> None:
    st.session_state.pop(OPEN, None)


def open_dialog(promise: LedgerRow, viewer: Viewer) -> None:
    """Show the dialog; the page is drawn anew when something was decided."""
    still.dialog(_("What became of this promise?"), on_dismiss=_forget)(_draw)(promise, viewer)


def _draw(promise: LedgerRow, viewer: Viewer) -> None:
    now = datetime.now(UTC)
    show(Markup('<p><b>{}</b></p><p class="sub">{}</p>').format(quoted(promise.quote), hint(promise, now)))
    told = promises.events(viewer.scope, promise.id)
    if told:
        show(history(told, now))
    state = st.radio(
        _("Answer"),
        [state for state in ANSWERS if state is not promise.state],
        format_func=lambda one: _(ANSWERS[one]),
        key=f"answer_{promise.id}",
    )
    note = st.text_input(_("Note"), max_chars=300, key=f"note_{promise.id}")
    if st.button(_("Store the answer"), type="primary", width="stretch", key=f"store_{promise.id}"):
        _attempt(lambda: promises.decide(viewer.scope, promise.id, Decision(state, viewer.user_id, note)))
    if promise.state is PromiseState.OPEN:
        days = st.selectbox(_("Another time"), LATER, format_func=later, key=f"later_{promise.id}", index=1)
        if st.button(_("Set this time"), width="stretch", key=f"due_{promise.id}"):
            due = datetime.combine(
                now.astimezone(settings().zone).date() + timedelta(days=days), time(23, 59), settings().zone
            )
            _attempt(lambda: promises.set_due(viewer.scope, promise.id, due, viewer.user_id))


def hint(promise: LedgerRow, now: datetime) -> str:
    """What the calls suggest; a person decides."""
    zone = settings().zone
    if promise.contact_at is not None:
        when = moment(promise.contact_at, zone, now)
        if promise.due_at is not None and promise.contact_at > promise.due_at:
            return _("This customer was called on {time}, after the time was up.", time=when)
        return _("This customer was called on {time}: it was probably kept.", time=when)
    if promise.again_at is not None:
        return _(
            "Nobody called this customer since; the customer called again on {time}.",
            time=moment(promise.again_at, zone, now),
        )
    return _("No later call with this customer is known here.")


def history(events: tuple[PromiseEvent, ...], now: datetime) -> Markup:
    """Who did what when."""
    zone = settings().zone
    lines = []
    for event in events:
        what = _(STATES[event.state]) if event.state is not None else ""
        if event.due_at is not None:
            what = _("due {time}", time=moment(event.due_at, zone, now))
        parts = (moment(event.created_at, zone, now), event.by or _("command line"), what, event.note)
        lines.append(Markup("<li>{}</li>").format(" · ".join(part for part in parts if part)))
    return Markup('<ul class="sub">{}</ul>').format(Markup("").join(lines))


def later(days: int) -> str:
    """A day from today, in words."""
    if days == 0:
        return _("today")
    return ngettext("in {count} day", "in {count} days", days)


def _attempt(action: Callable[[], None]) -> None:
    try:
        action()
    except (InvalidSetting, NotFound):
        st.error(_("Nothing was changed. Reload the page and try again."))
    else:
        _forget()
        st.rerun()
