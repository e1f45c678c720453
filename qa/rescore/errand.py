"""Scoring again in the worker's spare moments: a slice at every look, so that jobs are not kept waiting."""

import time
from dataclasses import dataclass, field

from qa.pipeline import Options
from qa.records import Seconds
from qa.rescore.running import Rescoring, claim
from qa.store.database import Database

SLICE: Seconds = 2.0


@dataclass(slots=True)
class Errand:
    """Called again and again; goes on with runs that wait or whose process died."""

    database: Database
    options: Options
    _job: Rescoring | None = field(default=None)

    def __call__(self) -> None:
        """Work for at most a slice.

        Raises:
            QAError: a run cannot go on; it is marked as failed.
        """
        begun = time.monotonic()
        while time.monotonic() - begun < SLICE:
            self._job = self._job or claim(self.database, self.options)
            if self._job is None:
                return
            job, self._job = self._job, None  # one that fails is not tried at every look
            if job.step() is not None:
                self._job = job
