"""The sentiment of imported texts, read in batches: by command, else by the worker between its calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.store.kinds import Feeling
from qa.store.sentiments import (
    Reading,
    count_unread,
    is_waiting,
    key_texts,
    save_readings,
    set_waiting,
    unread,
)

if TYPE_CHECKING:
    from qa.store.database import Database

BATCH = 64
"""Texts of one batch: two or three seconds of one core."""


def read_texts(database: "Database", told: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Read every text that the model in use has not read; ``told`` hears how many of how many are done."""
    from qa.sentiment import installed

    key_texts(database)
    with database.read() as tx:
        every = count_unread(tx, installed().key)
    done = 0
    while some := _read_batch(database):
        done += some
        told(done, every)
    with database.write() as tx:
        set_waiting(tx, waiting=False)
    return done


@dataclass(frozen=True, slots=True)
class TextErrand:
    """Looks for texts that wait, and reads one batch a look, so that calls are never kept waiting long."""

    database: "Database"

    def __call__(self) -> bool:
        """One look; one small question where nothing waits. True while there may be more."""
        with self.database.read() as tx:
            if not is_waiting(tx):
                return False
        key_texts(self.database)
        if _read_batch(self.database):
            return True
        with self.database.write() as tx:
            set_waiting(tx, waiting=False)
        return False


def _read_batch(database: "Database") -> int:
    from qa.sentiment import installed, sentiments

    model = installed().key
    with database.read() as tx:
        waiting = unread(tx, model, BATCH)
    keys = sorted(waiting, key=lambda key: len(waiting[key]))  # texts of like length read faster together
    found = sentiments([waiting[key] for key in keys])
    readings = [
        Reading(key, Feeling(one.label), round(one.score, 4), round(one.confidence, 4), one.language)
        for key, one in zip(keys, found, strict=True)
    ]
    with database.write() as tx:
        save_readings(tx, model, readings)
    return len(readings)
