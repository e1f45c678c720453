"""What people corrected, in a shape that examples can be learned from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from qa.records import Transcript, Verdict
from qa.store.call.findings import load_words
from qa.store.database import Transaction
from qa.store.desk.assigning import automatic_of
from qa.store.kinds import ReviewKind, ReviewState
from qa.store.tables import calls, review_verdicts, reviews


@dataclass(frozen=True, slots=True)
class Correction:
    """A verdict that a person changed. ``texts`` are the redacted utterances it is about: those of the
    automatic evidence, and the one spoken at the second of the reviewer's note. Empty when neither is known.
    """

    call_key: str
    criterion: str
    language: str | None
    texts: tuple[str, ...]
    automatic: Verdict
    human: Verdict
    reason: str
    finished_at: datetime


def corrections(tx: Transaction, since: datetime | None = None) -> Iterator[Correction]:
    """Every change of a finished review or answered dispute from ``since`` on, the oldest first.

    Blind calibrations are left out: their reviewers did not see what they would correct.
    """
    r, v = reviews.c, review_verdicts.c
    query = (
        select(
            calls.c.key.label("call_key"), calls.c.language, r.call_id, r.finished_at,
            v.key.label("criterion"), v.automatic, v.human, v.reason, v.at,
        )
        .select_from(reviews.join(calls, calls.c.id == r.call_id).join(review_verdicts, v.review_id == r.id))
        .where(r.state == ReviewState.FINISHED, r.kind != ReviewKind.CALIBRATION, v.changed)
        .order_by(r.finished_at, r.id, v.position)
    )  # fmt: skip
    if since is not None:
        query = query.where(r.finished_at >= since)
    for row in tx.execute(query).all():
        yield Correction(
            call_key=row.call_key,
            criterion=row.criterion,
            language=row.language,
            texts=_texts(tx, row.call_id, row.criterion, row.at),
            automatic=Verdict(row.automatic),
            human=Verdict(row.human),
            reason=row.reason,
            finished_at=row.finished_at,
        )


def _texts(tx: Transaction, call_id: int, criterion: str, at: float | None) -> tuple[str, ...]:
    words, automatic = load_words(tx, call_id), automatic_of(tx, call_id)
    if words is None:
        return ()
    proofs = [] if automatic is None else [c for c in automatic.scoring.criteria if c.key == criterion]
    ids = [e.utterance for c in proofs for e in c.judgement.evidence if e.utterance is not None]
    ids += _spoken_at(words.transcript, at)
    by_id = {utterance.id: utterance.text for utterance in words.transcript.utterances}
    return tuple(by_id[found] for found in dict.fromkeys(ids) if found in by_id)


def _spoken_at(transcript: Transcript, at: float | None) -> list[int]:
    if at is None:
        return []
    before = [u for u in transcript.utterances if u.span and u.span.start <= at]
    return [before[-1].id] if before else []
