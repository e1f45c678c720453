"""The demo centre: how it is, made in a thread of the desk, taken out again.

It is made beside the pages, so that whoever closes the page leaves no half-made centre behind.
"""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import streamlit as st

from dashboard.data.acting import Act, audited_alone
from dashboard.data.kinds import Role
from dashboard.data.site import database, settings
from dashboard.rights import allowed, ask
from qa.demo.state import DemoState, demo_state
from qa.errors import QAError
from qa.store.call.calls import is_empty

__all__ = [
    "MAKERS",
    "REMOVERS",
    "DemoState",
    "failed",
    "refresh",
    "remove",
    "share",
    "start",
    "state",
    "without_calls",
]

MAKERS = allowed("action", "demo.start")
REMOVERS = allowed("action", "demo.remove")

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Work:
    """What this process makes now. ``failed``: its last attempt ended with an error, which is in the log."""

    thread: threading.Thread | None = None
    share: float = 0.0
    failed: bool = False


_work = _Work()
_starting = threading.Lock()


def state() -> DemoState:
    """How the demo centre is now."""
    if _running():
        return DemoState.MAKING
    return demo_state(database(), settings())


def without_calls() -> bool:
    """True when nobody's call is in the store, whoever may see it."""
    with database().read() as tx:
        return is_empty(tx)


def share() -> float | None:
    """How much of it is made, 0-1; ``None`` when another process is at it."""
    return _work.share if _running() else None


def failed() -> bool:
    """True when the last attempt of this process broke off."""
    return _work.failed and not _running()


def start(role: Role, language: Literal["fa", "en"]) -> None:
    """Begin to make it; one that is being made already goes on.

    Raises:
        PermissionError: this role may not.
    """
    ask("demo.start", role)
    with _starting:
        if not _running():
            audited_alone(Act.DEMO_CHANGED, "demo", step="made", language=language)
            _work.share, _work.failed = 0.0, False
            _work.thread = threading.Thread(target=_make, args=(language,), daemon=True, name="demo")
            _work.thread.start()


def remove(role: Role) -> None:
    """Take it out with its files; the site's own calls stay.

    Raises:
        PermissionError: this role may not.
        DemoRefused: it is being made now.
    """
    ask("demo.remove", role)
    from qa.demo import remove as take_out

    take_out(database(), settings())
    audited_alone(Act.DEMO_CHANGED, "demo", step="removed")
    refresh()


def refresh() -> None:
    """Let the pages read their tables anew; nothing else is kept that way."""
    st.cache_resource.clear()


def _running() -> bool:
    return _work.thread is not None and _work.thread.is_alive()


def _make(language: Literal["fa", "en"]) -> None:
    try:
        from qa.demo import CALLS, History, create

        for done in create(database(), settings(), History(CALLS, language, datetime.now(UTC))):
            _work.share = done
    except QAError as error:
        _work.failed = True
        log.warning("the demo centre was not made: %s", error.message)
    except Exception:
        _work.failed = True
        log.exception("the demo centre was not made")
