"""Who acts: every change that a page or a route makes is written into the audit log under this name.

The main script and the gate say it once for a rerun or a request, so that no function between has to pass it
on. Nobody signed in (``None``) is the desk itself.
"""

from contextvars import ContextVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.data.site import database
from qa.store.audit import Act, Entry, note
from qa.store.audit.acts import Value
from qa.store.database import Transaction

__all__ = ["Act", "acting", "audited", "audited_alone", "audited_as", "who"]

_KEY = "_acting"
_acting: ContextVar[int | None] = ContextVar("acting", default=None)


def acting(user_id: int | None) -> None:
    """Say who acts from here on, in this rerun or this request."""
    _acting.set(user_id)
    if get_script_run_ctx(suppress_warning=True) is not None:
        st.session_state[_KEY] = user_id


def who() -> int | None:
    """Who acts now."""
    found = _acting.get()
    if found is None and get_script_run_ctx(suppress_warning=True) is not None:
        # A fragment reruns without the main script, in a thread of its own: only the session state is there.
        kept: int | None = st.session_state.get(_KEY)
        return kept
    return found


def audited(tx: Transaction, act: Act, subject: str, **detail: Value) -> None:
    """Write what is done here into the audit log, in the transaction that does it, as its last step."""
    audited_as(tx, who(), act, subject, **detail)


def audited_as(tx: Transaction, user_id: int | None, act: Act, subject: str, **detail: Value) -> None:
    """The same under another name: whoever signs in acts from then on."""
    if user_id is None:
        detail.setdefault("by", "system")
    note(tx, Entry(act, user_id, subject, detail))


def audited_alone(act: Act, subject: str, **detail: Value) -> None:
    """The same in a transaction of its own, for work that has several or none.

    Raises:
        StoreUnavailable: it cannot be written.
    """
    with database().write() as tx:
        audited(tx, act, subject, **detail)
