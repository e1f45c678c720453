"""Writing what was found in a call. Everything of a call is written in the caller's one transaction."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table, delete, insert, select, update

from qa.errors import NotFound
from qa.records import Measurement, Review, Scoring
from qa.store.call.complaints import save_complaints
from qa.store.call.rows import (
    call_scoring,
    criterion_rows,
    evaluation_row,
    measurement_rows,
    redaction_rows,
    section_rows,
)
from qa.store.call.words import Early, recording_fields, replace_rows, replace_transcript
from qa.store.database import Transaction
from qa.store.kinds import CallStatus, EvaluationSource
from qa.store.lists.search import index_text, spoken
from qa.store.promise.promises import save_promises
from qa.store.tables import (
    calls,
    criterion_results,
    evaluations,
    measurements,
    redactions,
    section_results,
)


def save_review(
    tx: Transaction, call_id: int, review: Review, peaks: NDArray[np.float32] | None = None
) -> int:
    """Write everything known about a call and mark it done; gives the evaluation's number.

    ``peaks`` is the waveform of shape ``(channels, count)``, 0-1.

    Saving again replaces transcript, measures and the automatic evaluation of the same scorecard
    version; evaluations of other versions and by people stay.

    Raises:
        NotFound: the call was deleted.
    """
    _lock(tx, call_id)
    beside = Early(review.recording, review.speech, peaks, review.tones)
    replace_transcript(tx, call_id, review.transcript, beside)
    replace_rows(tx, redactions, call_id, redaction_rows(call_id, review.redactions))
    save_measures(tx, call_id, review.measures)
    index_text(tx, call_id, spoken(review.transcript))
    save_promises(tx, call_id, review.promises)
    save_complaints(tx, {call_id: review.complaints})
    tx.execute(update(calls).where(calls.c.id == call_id).values(**_call_fields(review)))
    return save_scoring(tx, call_id, review.scoring)


def save_scoring(tx: Transaction, call_id: int, scoring: Scoring, *, current: bool = True) -> int:
    """Write an automatic evaluation, replacing the one of the same scorecard version; gives its number.

    ``current``: it becomes the one that pages show. A backtest passes False and changes nothing else;
    replacing the current evaluation of the same version keeps it current.

    Raises:
        NotFound: the call was deleted.
    """
    _lock(tx, call_id)
    auto = (evaluations.c.call_id == call_id) & (evaluations.c.source == EvaluationSource.AUTO)
    same = auto & (evaluations.c.scorecard == scoring.scorecard) & (evaluations.c.version == scoring.version)
    was_current = tx.scalar(select(evaluations.c.current).where(same))
    tx.execute(delete(evaluations).where(same))
    shown = current or bool(was_current)
    if shown:
        tx.execute(update(evaluations).where(auto).values(current=False))
        tx.execute(update(calls).where(calls.c.id == call_id).values(**call_scoring(scoring)))
    row = evaluation_row(call_id, scoring, current=shown)
    made = int(tx.execute(insert(evaluations).values(**row).returning(evaluations.c.id)).scalar_one())
    _insert(tx, criterion_results, criterion_rows(made, scoring))
    _insert(tx, section_results, section_rows(made, scoring))
    return made


def save_measures(tx: Transaction, call_id: int, measures: Iterable[Measurement]) -> None:
    """Write a call's measures in place of the ones it had."""
    replace_rows(tx, measurements, call_id, measurement_rows(call_id, measures))


def set_left_out(tx: Transaction, call_id: int, reason: str | None) -> None:
    """Say why a call stays out of aggregates, ``None`` when it does not; scoring it again may change that."""
    tx.execute(update(calls).where(calls.c.id == call_id).values(left_out=reason))


def _lock(tx: Transaction, call_id: int) -> None:
    # Two workers that save the same call on PostgreSQL wait for each other here.
    if tx.scalar(select(calls.c.id).where(calls.c.id == call_id).with_for_update()) is None:
        raise NotFound(f"There is no call number {call_id}; it was deleted, so nothing was saved.")


def _call_fields(review: Review) -> dict[str, Any]:
    recording = review.recording
    flags = (*(() if recording is None else recording.flags), *review.transcript.flags)
    return {
        "language": review.transcript.language,
        "left_out": review.left_out,
        "abusive": bool(review.abuse),
        "roles_confidence": review.roles_confidence,
        "flags": list(dict.fromkeys(flags)),
        "status": CallStatus.DONE,
        "reason": None,
        **({} if recording is None else recording_fields(recording)),
    }


def _insert(tx: Transaction, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(insert(table), rows)
