"""A run over many calls, chunk by chunk. A chunk and the note of how far it went are one transaction, so a
process that is killed loses at most the chunk in hand, and whoever goes on begins right behind it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from secrets import token_hex

from qa.errors import QAError
from qa.pipeline import Options
from qa.rescore.scorer import Scorer, open_scorer
from qa.scorecard import Scorecard
from qa.store.database import Database, Transaction
from qa.store.kinds import RunState
from qa.store.work.rescored import Rescored, save_rescored, show_stored, stored_scorings
from qa.store.work.runs import Run, advance, claim_run, finish_run, get_run, next_calls
from qa.store.work.scorable import Scorable, load_scorables

CHUNK = 200
"""Calls a transaction: the writer's lock is held for about a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one step did: calls judged anew, and calls whose evaluation under this version was there."""

    scored: tuple[Rescored, ...]
    kept: tuple[Rescored, ...]
    keys: dict[int, str]


@dataclass(slots=True)
class Rescoring:
    """One run that this process has."""

    database: Database
    run: Run
    scorer: Scorer

    def steps(self) -> Iterator[Chunk]:
        """Work until the end; each chunk is saved before it is given.

        Ends early when the run was stopped or taken over by another process.

        Raises:
            NotFound: an assignment names a scorecard that is not published; the run is marked as failed.
        """
        while (chunk := self.step()) is not None:
            yield chunk

    def step(self) -> Chunk | None:
        """One chunk; ``None`` at the end.

        Raises:
            QAError: it cannot go on; the run is marked as failed with the sentence.
        """
        with _uncollected():
            return self._step()

    def _step(self) -> Chunk | None:
        with self.database.read() as tx:
            ids = next_calls(tx, self.run, CHUNK)
            found = load_scorables(tx, ids)
        if not ids:
            self._end(RunState.DONE)
            return None
        try:
            pairs = [(one, card) for one in found if (card := self.scorer.card_for(one)) is not None]
            with self.database.read() as tx:
                known = self._known(tx, pairs)
            new = tuple(self.scorer.score(one, card) for one, card in pairs if one.call_id not in known)
        except QAError as error:
            if error.permanent:
                self._end(RunState.FAILED, error.message)
            raise
        with self.database.write() as tx:
            if not advance(tx, self.run, ids[-1], len(ids), len(new)):
                return None
            self._save(tx, new, known)
            self.run = get_run(tx, self.run.id)
        shown = tuple(one for one, _ in known.values())
        return Chunk(new, shown, {one.call_id: one.key for one in found})

    def _known(
        self, tx: Transaction, pairs: list[tuple[Scorable, Scorecard]]
    ) -> dict[int, tuple[Rescored, bool]]:
        """Evaluations that are there already, with whether pages show them."""
        if self.run.wanted.again:
            return {}
        known: dict[int, tuple[Rescored, bool]] = {}
        by_card = sorted(pairs, key=lambda pair: (pair[1].id, pair[1].version))
        for (name, version), group in groupby(by_card, key=lambda pair: (pair[1].id, pair[1].version)):
            calls = {one.call_id: (one, card) for one, card in group}
            for call_id, stored in stored_scorings(tx, list(calls), name, version).items():
                known[call_id] = (self.scorer.known(*calls[call_id], stored), stored.current)
        return known

    def _save(
        self, tx: Transaction, new: tuple[Rescored, ...], known: dict[int, tuple[Rescored, bool]]
    ) -> None:
        current = self.run.wanted.current
        if new:
            save_rescored(tx, new, current=current)
        if current:
            show_stored(tx, [one for one, shown in known.values() if not shown])

    def _end(self, state: RunState, reason: str | None = None) -> None:
        with self.database.write() as tx:
            finish_run(tx, self.run, state, reason)
            self.run = get_run(tx, self.run.id)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic collector: a chunk makes no cycles, and walking the phrase tree again and again for
    its many small records costs a third of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def claim(database: Database, options: Options, run: int | None = None) -> Rescoring | None:
    """Take a run that waits, or one whose process died; ``None`` when there is none.

    Raises:
        NotFound: its scorecard is not published.
    """
    with database.write() as tx:
        taken = claim_run(tx, token_hex(8), run)
    if taken is None:
        return None
    try:
        with database.read() as tx:
            return Rescoring(database, taken, open_scorer(tx, taken.wanted, options))
    except QAError as error:
        with database.write() as tx:
            finish_run(tx, taken, RunState.FAILED, error.message)
        raise
