"""Who saw and heard what, once a viewer, call and ten minutes: rewinding and reruns say nothing new.

Sound is refused when the hearing cannot be written down. A page is not: where the database is locked or can
only be read, the view is written beside it, durably, and the next one takes it into the log. Only where that
fails as well the page is refused: nothing is shown unrecorded.
"""

import threading
import time
from datetime import timedelta

from dashboard.data.acting import Act, who
from dashboard.data.site import database, settings
from qa.errors import StoreUnavailable, WriteFailed
from qa.store.audit import Entry, note_once
from qa.store.audit.acts import Value
from qa.store.audit.aside import set_aside, take_up
from qa.store.types import utc_now

__all__ = ["WINDOW", "heard", "seen"]

WINDOW = timedelta(minutes=10)
PATIENCE, HEARING = 1000, 10_000
"""Milliseconds that a page, and that a recording, wait for another writer."""
KEPT = 20_000

_Key = tuple[str, int, str, str]
_done: dict[_Key, float] = {}
_one_at_a_time = threading.Lock()


def seen(act: Act, subject: str, **detail: Value) -> None:
    """Write down that the viewer sees this; nobody signed in sees nothing.

    Raises:
        StoreUnavailable: it can be written down nowhere; show nothing.
    """
    user = who()
    if user is None or _lately(key := (settings().url, user, str(act), subject)):
        return
    entry, now = Entry(act, user, subject, detail), utc_now()
    try:
        with database().write(PATIENCE) as tx:
            note_once(tx, entry, WINDOW, at=now)
        take_up(database(), settings().data_dir, PATIENCE)
    except StoreUnavailable as error:
        try:
            set_aside(settings().data_dir, entry, now)
        except WriteFailed as failed:
            raise StoreUnavailable(f"{error.message} {failed.message}", permanent=False) from failed
    _remember(key)


def heard(subject: str) -> None:
    """Write down that the viewer hears this.

    Raises:
        StoreUnavailable: it cannot be written down; play nothing.
    """
    user = who()
    if user is None or _lately(key := (settings().url, user, str(Act.AUDIO_PLAYED), subject)):
        return
    with database().write(HEARING) as tx:
        note_once(tx, Entry(Act.AUDIO_PLAYED, user, subject), WINDOW)
    _remember(key)


def _lately(key: _Key) -> bool:
    at = _done.get(key)
    return at is not None and time.monotonic() - at < WINDOW.total_seconds()


def _remember(key: _Key) -> None:
    with _one_at_a_time:
        if len(_done) >= KEPT:
            _done.clear()  # the database knows them too
        _done[key] = time.monotonic()
