"""The demo centre as a whole: made and taken out again.

Everything in it is marked as generated. A site setting says whether it is whole, so that a half-made one
(the power went) is taken out before it is made anew.
"""

from collections.abc import Iterator

from qa.alerts import RULES, evaluate
from qa.demo.annotations import plant_annotations
from qa.demo.desk import plant_desk
from qa.demo.feedback import write_feedback
from qa.demo.history import History, write_history
from qa.demo.recordings import take_in_recordings
from qa.demo.sessions import plant_coaching
from qa.demo.state import SETTING, DemoState, demo_lock
from qa.errors import DemoRefused
from qa.records import Share
from qa.settings import Settings
from qa.store.alert.alert_list import delete_generated_alerts
from qa.store.annotations import forget_annotations
from qa.store.coaching.planted import forget_coaching
from qa.store.database import Database
from qa.store.desk.trust import forget_generated
from qa.store.made.bulk import delete_generated
from qa.store.made.generated import delete_generated_feedback
from qa.store.shelf.recordings import open_recordings
from qa.store.site import get_setting, set_setting

CALLS = 3000
HISTORY_PART, FEEDBACK_PART = 0.5, 0.15  # of the work


def create(database: Database, settings: Settings, history: History) -> Iterator[Share]:
    """Make the centre; yields the share done. What a broken attempt left is taken out first.

    Raises:
        DemoRefused: it is there already, or is being made now.
        BadRecording: a recording of the demo is missing or damaged.
        WriteFailed: the recordings folder cannot be written.
    """
    with demo_lock(settings) as alone:
        _refuse_unless(alone)
        with database.read() as tx:
            if get_setting(tx, SETTING) == DemoState.READY:
                raise DemoRefused("The demo centre is open already; remove it before you make it anew.")
        _take_out(database, settings)
        with database.write() as tx:
            set_setting(tx, SETTING, DemoState.MAKING.value)
        yield 0.0
        for count in write_history(database, settings, history):
            yield HISTORY_PART * count / history.calls
        for share in write_feedback(database, settings, history):
            yield HISTORY_PART + FEEDBACK_PART * share
        before = HISTORY_PART + FEEDBACK_PART
        for share in take_in_recordings(database, settings, history):
            yield before + (1 - before) * share
        plant_desk(database, settings, history)
        plant_coaching(database, settings, history)
        plant_annotations(database, settings, history)
        evaluate(database, settings, RULES, history.now)
        with database.write() as tx:
            set_setting(tx, SETTING, DemoState.READY.value)


def remove(database: Database, settings: Settings) -> int:
    """Take everything generated out; gives how many recordings went. Without a demo it does nothing.

    Raises:
        DemoRefused: it is being made now.
    """
    with demo_lock(settings) as alone:
        _refuse_unless(alone)
        return _take_out(database, settings)


def _take_out(database: Database, settings: Settings) -> int:
    # The files go after the commit: a crash in between leaves files without a call, which the worker cleans.
    with database.write() as tx:
        delete_generated_alerts(tx)
        delete_generated_feedback(tx)
        forget_coaching(tx)
        forget_annotations(tx)
        media = delete_generated(tx)
        forget_generated(tx)
        set_setting(tx, SETTING, None)
    recordings = open_recordings(settings)
    for place in media:
        recordings.remove(place)
    return len(media)


def _refuse_unless(alone: bool) -> None:
    if not alone:
        raise DemoRefused("The demo centre is being made or removed right now; wait until that is done.")
