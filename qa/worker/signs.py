"""Signs of life of one job, and its words as soon as they are there."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from qa.errors import StoreUnavailable
from qa.records import Seconds
from qa.store.call.words import Early, save_words
from qa.store.database import Database
from qa.store.work.claims import Lease, beat, hold
from qa.worker.port import Words

BEAT: Seconds = 5.0
"""How often a running job gives a sign of life."""

SHOWN: Seconds = 1.0
"""How often the share done of a stage is written."""


class LostError(Exception):
    """Somebody else took the job over, or its call was deleted."""


@dataclass(slots=True)
class Signs:
    """Signs of life of one job, not more often than they are needed."""

    database: Database
    lease: Lease
    clock: Callable[[], float] = time.monotonic
    _stage: str | None = None
    _written: float = 0.0
    _begun: float = field(default_factory=time.monotonic)
    _since: float = field(default_factory=time.monotonic)
    _took: dict[str, Seconds] = field(default_factory=dict)

    def took(self) -> dict[str, Seconds]:
        """How long each stage took until now, and the ``review`` as a whole."""
        self._count(None)
        return {**self._took, "review": self.clock() - self._begun}

    def _count(self, stage: str | None) -> None:
        now = self.clock()
        if self._stage is not None:
            self._took[self._stage] = self._took.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now

    def __call__(self, stage: str, share: float) -> None:
        """Write the stage when it changes, else its share once a second."""
        if stage != self._stage or self.clock() - self._written >= SHOWN:
            if stage != self._stage:
                self._count(stage)
            self._write(stage, share)

    def heard(self, words: Words) -> None:
        """Keep the words, so that people read while measures and score are still coming."""
        try:
            with self.database.write() as tx:
                if not hold(tx, self.lease):
                    raise LostError
                save_words(tx, self.lease.call_id, words.transcript, words.redactions, _early(words))
        except StoreUnavailable:
            return  # they are kept with the score

    def alive(self) -> bool:
        """False when the job was lost; asks the database every few seconds."""
        return self.clock() - self._written < BEAT or self._write(None, 0.0)

    def _write(self, stage: str | None, share: float) -> bool:
        try:
            with self.database.write() as tx:
                held = beat(tx, self.lease, stage, share)
        except StoreUnavailable:
            return True  # a sign of life that fails to be written is no reason to throw the work away
        self._written = self.clock()
        if not held and stage is not None:
            raise LostError
        return held


def _early(words: Words) -> Early:
    return Early(words.recording, words.speech, words.peaks)
