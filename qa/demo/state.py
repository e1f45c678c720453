"""Whether there is a demo centre. Light to import, for every page asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from qa.settings import Settings
from qa.store.database import Database
from qa.store.locks import sole_lock
from qa.store.site import get_setting

SETTING = "demo"


class DemoState(StrEnum):
    """``MAKING``: a process makes or removes it now. ``UNFINISHED``: such a process died over it."""

    ABSENT = "absent"
    MAKING = "making"
    UNFINISHED = "unfinished"
    READY = "ready"


def demo_state(database: Database, settings: Settings) -> DemoState:
    """How the demo centre is now; one look-up by key where there is none."""
    with database.read() as tx:
        found = get_setting(tx, SETTING)
    if found is None:
        return DemoState.ABSENT
    if found == DemoState.READY:
        return DemoState.READY
    with demo_lock(settings) as alone:
        return DemoState.UNFINISHED if alone else DemoState.MAKING


@contextmanager
def demo_lock(settings: Settings) -> Iterator[bool]:
    """Held by whoever makes or removes the centre; False when somebody else does."""
    with sole_lock(settings.data_dir / "locks" / "demo.lock") as alone:
        yield alone
