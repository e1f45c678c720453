"""The sentiment of imported texts, read in batches: by command, else by the worker between its calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.feedback.models import model_in_use
from qa.store.kinds import Feeling
from qa.store.voice.sentiments import (
    Reading,
    count_unread,
    is_waiting,
    key_texts,
    save_readings,
    set_waiting,
    unread,
)

if TYPE_CHECKING:
    from qa.sentiment import Model
    from qa.settings import Settings
    from qa.store.database import Database

BATCH = 64
"""Texts of one batch: two or three seconds of one core."""


def read_texts(
    database: "Database",
    settings: "Settings",
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> int:
    """Read every text that the model in use has not read; ``told`` hears how many of how many are done."""
    key_texts(database)
    model = model_in_use(database, settings)
    with database.read() as tx:
        every = count_unread(tx, model.key)
    done = 0
    while some := _read_batch(database, model):
        done += some
        told(done, every)
    with database.write() as tx:
        set_waiting(tx, waiting=False)
    return done


@dataclass(frozen=True, slots=True)
class TextErrand:
    """Looks for texts that wait, and reads one batch a look, so that calls are never kept waiting long."""

    database: "Database"
    settings: "Settings"

    def __call__(self) -> bool:
        """One look; one small question where nothing waits. True while there may be more."""
        with self.database.read() as tx:
            if not is_waiting(tx):
                return False
        key_texts(self.database)
        if _read_batch(self.database, model_in_use(self.database, self.settings)):
            return True
        with self.database.write() as tx:
            set_waiting(tx, waiting=False)
        return False


def _read_batch(database: "Database", model: "Model") -> int:
    from qa.sentiment import sentiments

    with database.read() as tx:
        waiting = unread(tx, model.key, BATCH)
    keys = sorted(waiting, key=lambda key: len(waiting[key]))  # texts of like length read faster together
    found = sentiments([waiting[key] for key in keys], model)
    readings = [
        Reading(key, Feeling(one.label), round(one.score, 4), round(one.confidence, 4), one.language)
        for key, one in zip(keys, found, strict=True)
    ]
    with database.write() as tx:
        save_readings(tx, model.key, readings)
    return len(readings)
