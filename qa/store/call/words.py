"""Writing the words of a call, with its score or before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table, delete, insert, select, update

from qa.records import Recording, Redaction, Spans, Speaker, Tone, Transcript
from qa.store.call.content import pack, pack_peaks, pack_tones
from qa.store.call.rows import redaction_rows
from qa.store.coaching.moments import retell
from qa.store.database import Transaction
from qa.store.tables import calls, evaluations, redactions, transcripts
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class Early:
    """What is known beside the words; ``peaks`` has shape ``(channels, count)``, 0-1; ``tones`` are those of
    the utterances, none before they were asked for.
    """

    recording: Recording | None
    speech: dict[Speaker, Spans] | None
    peaks: NDArray[np.float32] | None = None
    tones: tuple[Tone, ...] = ()


def save_words(
    tx: Transaction, call_id: int, transcript: Transcript, hidden: Iterable[Redaction], early: Early
) -> bool:
    """Keep the redacted words of a call that is still being worked on; its status stays.

    A call that has an evaluation keeps the words that its evidence points to until the new score is there.
    False when that is so, or when the call was deleted.
    """
    there = tx.scalar(select(calls.c.id).where(calls.c.id == call_id).with_for_update())
    judged = tx.scalar(select(evaluations.c.id).where(evaluations.c.call_id == call_id).limit(1))
    if there is None or judged is not None:
        return False
    replace_transcript(tx, call_id, transcript, early)
    replace_rows(tx, redactions, call_id, redaction_rows(call_id, hidden))
    if early.recording is not None:
        tx.execute(update(calls).where(calls.c.id == call_id).values(**recording_fields(early.recording)))
    return True


def replace_transcript(tx: Transaction, call_id: int, transcript: Transcript, early: Early) -> None:
    """Write a transcript in place of the one that the call had."""
    row = {
        "call_id": call_id,
        "language": transcript.language,
        "engine": transcript.engine,
        "model": transcript.model,
        "content": pack(transcript, early.speech),
        "sentiment": pack_tones(early.tones),
        "peaks": None if early.peaks is None else pack_peaks(early.peaks),
        "created_at": utc_now(),
    }
    replace_rows(tx, transcripts, call_id, [row])
    retell(tx, call_id, transcript)


def recording_fields(recording: Recording) -> dict[str, Any]:
    """What the row of a call says of its recording."""
    names = ("duration", "channels", "sample_rate", "codec", "size")
    return {name: getattr(recording, name) for name in names}


def replace_rows(tx: Transaction, table: Table, call_id: int, rows: list[dict[str, Any]]) -> None:
    """Write a call's rows of a table in place of those it had."""
    tx.execute(delete(table).where(table.c.call_id == call_id))
    if rows:
        tx.execute(insert(table), rows)
