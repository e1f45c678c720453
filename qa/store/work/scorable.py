"""Many calls as a scorecard judges them, read in chunks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Table, select

from qa.records import Call, Measurement, Redaction, Speaker
from qa.store.call.content import unpack, unpack_tones
from qa.store.call.findings import measurement_of, redaction_of
from qa.store.database import Transaction
from qa.store.kinds import Direction
from qa.store.tables import calls, measurements, pick, queues, redactions, transcripts


@dataclass(frozen=True, slots=True)
class Scorable:
    """One stored call with its words and measures, and what it is chosen a scorecard by."""

    call_id: int
    key: str
    queue: int | None
    direction: Direction | None
    call: Call
    measures: tuple[Measurement, ...]


def load_scorables(tx: Transaction, ids: Sequence[int]) -> tuple[Scorable, ...]:
    """The calls with these numbers in the same order; those without a transcript are left out."""
    names = ("id", "key", "queue_id", "direction", "duration", "channels")
    columns = (*pick(calls, *names), transcripts.c.content, transcripts.c.sentiment, queues.c.service)
    joined = calls.join(transcripts).outerjoin(queues, queues.c.id == calls.c.queue_id)
    query = select(*columns).select_from(joined)
    rows = {row.id: row for row in tx.execute(query.where(calls.c.id.in_(ids)))}
    redacted = _by_call(tx, redactions, ids)
    measured = _by_call(tx, measurements, ids)
    return tuple(_scorable(rows[number], redacted, measured) for number in ids if number in rows)


def _scorable(
    row: Any, redacted: Mapping[int, list[Row[Any]]], measured: Mapping[int, list[Row[Any]]]
) -> Scorable:
    transcript, speech = unpack(row.content, lazy=True)
    separate = speech is not None and (row.channels == 2 or len(speech.keys() - {Speaker.SYSTEM}) > 1)
    hidden: tuple[Redaction, ...] = tuple(redaction_of(one) for one in redacted.get(row.id, ()))
    tones = unpack_tones(row.sentiment)
    return Scorable(
        call_id=row.id,
        key=row.key,
        queue=row.queue_id,
        direction=row.direction,
        call=Call(transcript, speech, row.duration, separate, hidden, row.service, tones),
        measures=tuple(measurement_of(one) for one in measured.get(row.id, ())),
    )


def _by_call(tx: Transaction, table: Table, ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    query = select(table).where(table.c.call_id.in_(ids)).order_by(table.c.call_id, table.c.position)
    for row in tx.execute(query):
        found[row.call_id].append(row)
    return found
