"""Many calls at once, for generated history and load tests, and taking generated ones out again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, or_, select, update

from qa.records import Complaint, Measurement, Promise, Scoring
from qa.store.call.calls import NewCall, call_row
from qa.store.call.complaints import complaint_row
from qa.store.call.rows import (
    call_scoring,
    criterion_rows,
    evaluation_row,
    measurement_rows,
    section_rows,
)
from qa.store.database import Transaction
from qa.store.kinds import CallStatus, PromiseState
from qa.store.lists.search import forget_text
from qa.store.promise.promises import promise_row
from qa.store.rollups.remainders import drop_generated
from qa.store.tables import (
    agents,
    calibration_rounds,
    call_complaints,
    calls,
    criterion_results,
    evaluations,
    measurements,
    promises,
    queues,
    reviews,
    sampling_plans,
    section_results,
    teams,
    transcripts,
    user_teams,
    users,
)
from qa.store.types import utc_now

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Words:
    """A transcript that is packed already (``qa.store.call.content.pack``); it is not in the search index."""

    language: str
    engine: str
    model: str
    content: bytes


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A promise with what became of it; ``changed_at`` is ``None`` while it is open."""

    promise: Promise
    state: PromiseState
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class FinishedCall:
    """A call that is done: facts, measures, score, promises, complaints; its words where there are any."""

    call: NewCall
    measures: tuple[Measurement, ...]
    scoring: Scoring
    left_out: str | None = None
    words: Words | None = None
    promises: tuple[LedgerEntry, ...] = ()
    complaints: tuple[Complaint, ...] = ()


def bulk_insert(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all name the same columns."""
    for start in range(0, len(rows), CHUNK):
        tx.execute(insert(table), rows[start : start + CHUNK])


def save_finished(tx: Transaction, finished: Iterable[FinishedCall]) -> int:
    """Write calls with measures and current automatic evaluations; gives how many. None may be here already.

    Raises:
        sqlalchemy.exc.IntegrityError: a content hash is in the store; nothing was written.
    """
    every = list(finished)
    for start in range(0, len(every), CHUNK):
        _save_chunk(tx, every[start : start + CHUNK])
    return len(every)


def delete_calls(tx: Transaction, call_ids: Sequence[int]) -> tuple[str, ...]:
    """Delete calls with all that was found in them; gives their files, to remove after the commit."""
    media: list[str] = []
    for start in range(0, len(call_ids), CHUNK):
        some = list(call_ids[start : start + CHUNK])
        forget_text(tx, some)
        gone = delete(calls).where(calls.c.id.in_(some)).returning(calls.c.media, calls.c.transcript_file)
        media += [place for row in tx.execute(gone) for place in row if place is not None]
    return tuple(media)


def delete_generated(tx: Transaction) -> tuple[str, ...]:
    """Take the demo out: its calls, and the people and queues made for it that no real call or user needs.

    Gives the files of the deleted calls, to remove after the commit.
    """
    media = delete_calls(tx, tx.scalars(select(calls.c.id).where(calls.c.generated)).all())
    drop_generated(tx)
    drawn = select(reviews.c.plan_id).where(reviews.c.plan_id.is_not(None))
    tx.execute(delete(sampling_plans).where(sampling_plans.c.generated, sampling_plans.c.id.not_in(drawn)))
    heard = select(reviews.c.round_id).where(reviews.c.round_id.is_not(None))
    rounds = calibration_rounds.c
    tx.execute(delete(calibration_rounds).where(rounds.generated, rounds.id.not_in(heard)))
    needed = {
        agents: (calls.c.agent_id, users.c.agent_id),
        queues: (calls.c.queue_id,),
        teams: (calls.c.team_id, agents.c.team_id, user_teams.c.team_id),
    }
    tx.execute(delete(users).where(users.c.generated))
    for table, links in needed.items():
        used = [table.c.id.in_(select(link).where(link.is_not(None))) for link in links]
        tx.execute(delete(table).where(table.c.generated, ~or_(*used)))
        tx.execute(update(table).where(table.c.generated).values(generated=False))
    return media


def _save_chunk(tx: Transaction, chunk: list[FinishedCall]) -> None:
    rows = [
        call_row(one.call)
        | {"status": CallStatus.DONE, "left_out": one.left_out, **call_scoring(one.scoring)}
        for one in chunk
    ]
    tx.execute(insert(calls), rows)
    hashes = [one.call.sha256 for one in chunk]
    ids = dict(tx.execute(select(calls.c.sha256, calls.c.id).where(calls.c.sha256.in_(hashes))).all())
    tx.execute(
        insert(evaluations),
        [evaluation_row(ids[one.call.sha256], one.scoring, current=True) for one in chunk],
    )
    of_calls = select(evaluations.c.call_id, evaluations.c.id).where(evaluations.c.call_id.in_(ids.values()))
    made = dict(tx.execute(of_calls).all())
    entries = [(ids[one.call.sha256], entry) for one in chunk for entry in one.promises]
    bulk_insert(tx, promises, [_entry_row(call_id, entry) for call_id, entry in entries])
    said = [(ids[one.call.sha256], each) for one in chunk for each in one.complaints]
    bulk_insert(tx, call_complaints, [complaint_row(call_id, each) for call_id, each in said])
    pairs = [(made[ids[one.call.sha256]], one.scoring) for one in chunk]
    measured = [row for one in chunk for row in measurement_rows(ids[one.call.sha256], one.measures)]
    bulk_insert(tx, measurements, measured)
    bulk_insert(
        tx, criterion_results, [row for made_id, scoring in pairs for row in criterion_rows(made_id, scoring)]
    )
    bulk_insert(
        tx, section_results, [row for made_id, scoring in pairs for row in section_rows(made_id, scoring)]
    )
    bulk_insert(tx, transcripts, [_words_row(ids[one.call.sha256], one.words) for one in chunk if one.words])


def _words_row(call_id: int, words: Words) -> dict[str, Any]:
    fields = {name: getattr(words, name) for name in Words.__dataclass_fields__}
    return {"call_id": call_id, **fields, "peaks": None, "created_at": utc_now()}


def _entry_row(call_id: int, entry: LedgerEntry) -> dict[str, Any]:
    return dict(promise_row(call_id, entry.promise)) | {"state": entry.state, "changed_at": entry.changed_at}
