"""What calls lose: sound, words, quotes, notes, their customer. The row stays and counts.

Every function takes numbers of calls and gives how many things it took out of them. A file is let go of here
and deleted after the commit (``qa.store.erasing.files``).
"""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Column, ColumnElement, Select, delete, func, select, update

from qa.store.call.removal_kinds import RemovalCause, RemovedPart
from qa.store.database import Transaction
from qa.store.erasing.files import let_go
from qa.store.kinds import CallStatus, JobState, PromiseState, ReviewState
from qa.store.lists.search import forget_text
from qa.store.tables import (
    alert_causes,
    alert_events,
    call_complaints,
    call_notes,
    calls,
    coaching_moments,
    criterion_results,
    dispute_events,
    disputes,
    evaluations,
    exemplary_moments,
    jobs,
    promise_events,
    promises,
    redactions,
    removals,
    review_verdicts,
    reviews,
    transcripts,
)
from qa.store.types import utc_now
from qa.store.upsert import insert_absent

UNHEARD = "Its recording was removed before it was heard."

Ids = Sequence[int]
Step = tuple[str, Callable[[Transaction, Ids], int]]


def take_sound(tx: Transaction, ids: Ids) -> int:
    """Recordings, with every copy of them."""
    return _let_go(tx, ids, calls.c.media)


def take_transcript_files(tx: Transaction, ids: Ids) -> int:
    """Files of words that came from elsewhere."""
    return _let_go(tx, ids, calls.c.transcript_file)


def take_words(tx: Transaction, ids: Ids) -> int:
    """Transcripts, with the waveform and the moods of their lines. Nobody is left to review such a call."""
    c = reviews.c
    waiting = c.call_id.in_(ids) & c.state.in_((ReviewState.ASSIGNED, ReviewState.STARTED))
    tx.execute(update(reviews).where(waiting).values(state=ReviewState.REPLACED))
    return _gone(tx, transcripts.c.call_id, ids)


def take_spans(tx: Transaction, ids: Ids) -> int:
    """Where personal data was hidden."""
    return _gone(tx, redactions.c.call_id, ids)


def take_search(tx: Transaction, ids: Ids) -> int:
    """The words in the search index."""
    forget_text(tx, list(ids))
    return 0  # counted as transcripts


def take_evidence(tx: Transaction, ids: Ids) -> int:
    """Quotes of verdicts; verdict, confidence and rule stay."""
    c = criterion_results.c
    here = c.evaluation_id.in_(select(evaluations.c.id).where(evaluations.c.call_id.in_(ids)))
    quotes = sum(len(found) for found in tx.scalars(select(c.evidence).where(here)))
    tx.execute(update(criterion_results).where(here).values(evidence=[]))
    return quotes


def take_promises(tx: Transaction, ids: Ids) -> int:
    """Quotes of promises. One that is open is void: nobody knows any more what to keep."""
    c = promises.c
    of_calls = c.call_id.in_(ids)
    opened = of_calls & (c.state == PromiseState.OPEN)
    tx.execute(update(promises).where(opened).values(state=PromiseState.VOID, changed_at=utc_now()))
    worded = of_calls & ((c.quote != "") | (c.when != ""))
    return tx.execute(update(promises).where(worded).values(quote="", when="")).rowcount


def take_complaints(tx: Transaction, ids: Ids) -> int:
    """Quotes of complaints; that there was one still counts."""
    c = call_complaints.c
    here = c.call_id.in_(ids) & (c.quote != "")
    return tx.execute(update(call_complaints).where(here).values(quote="")).rowcount


def take_moments(tx: Transaction, ids: Ids) -> int:
    """Exemplary moments."""
    return _gone(tx, exemplary_moments.c.call_id, ids)


def take_coaching(tx: Transaction, ids: Ids) -> int:
    """Quotes of moments that coaching sessions heard; the session stays."""
    c = coaching_moments.c
    here = c.call_id.in_(ids) & (c.quote != "")
    return tx.execute(update(coaching_moments).where(here).values(quote="", utterances=[])).rowcount


def take_notes(tx: Transaction, ids: Ids) -> int:
    """What people wrote about the calls: comments, notes of reviews, texts of disputes and of promises."""
    v, d, p = review_verdicts.c, dispute_events.c, promise_events.c
    of_reviews = v.review_id.in_(select(reviews.c.id).where(reviews.c.call_id.in_(ids)))
    of_disputes = d.dispute_id.in_(select(disputes.c.id).where(disputes.c.call_id.in_(ids)))
    of_promises = p.promise_id.in_(select(promises.c.id).where(promises.c.call_id.in_(ids)))
    said = of_reviews & ((v.note != "") | (v.reason != ""))
    told = reviews.c.call_id.in_(ids) & reviews.c.replaced_reason.is_not(None)
    return sum(
        (
            _gone(tx, call_notes.c.call_id, ids),
            tx.execute(update(review_verdicts).where(said).values(note="", reason="")).rowcount,
            tx.execute(update(reviews).where(told).values(replaced_reason=None)).rowcount,
            tx.execute(update(dispute_events).where(of_disputes, d.text != "").values(text="")).rowcount,
            tx.execute(update(promise_events).where(of_promises, p.note != "").values(note="")).rowcount,
            _alert_notes(tx, ids),
        )
    )


def take_customer(tx: Transaction, ids: Ids) -> int:
    """Who called, and the name of the file, which may tell it. Work that waits for such a call is off."""
    c = calls.c
    waiting = jobs.c.call_id.in_(ids) & (jobs.c.state != JobState.DONE)
    off = tx.scalars(delete(jobs).where(waiting).returning(jobs.c.call_id)).all()
    tx.execute(update(calls).where(c.id.in_(off)).values(status=CallStatus.FAILED, reason=UNHEARD))
    tx.execute(update(jobs).where(jobs.c.call_id.in_(ids)).values(reason=None))
    tx.execute(update(calls).where(c.id.in_(ids), c.id.not_in(off)).values(reason=None))
    nameless = {"customer_hash": None, "file_name": c.key}
    return tx.execute(update(calls).where(c.id.in_(ids)).values(nameless)).rowcount


def mark(tx: Transaction, ids: Ids, parts: Iterable[RemovedPart], cause: RemovalCause) -> None:
    """Remember what is gone; the first removal of a part is the one that counts."""
    now = utc_now()
    for call_id in ids:
        for part in parts:
            insert_absent(tx, removals, {"call_id": call_id, "part": part, "cause": cause, "at": now})


def _let_go(tx: Transaction, ids: Ids, column: Column[str]) -> int:
    here = calls.c.id.in_(ids) & column.is_not(None)
    places = tx.scalars(select(column).where(here)).all()
    let_go(tx, places)
    tx.execute(update(calls).where(here).values({column.name: None}))
    return len(places)


def _gone(tx: Transaction, column: ColumnElement[int], ids: Ids) -> int:
    return int(tx.execute(delete(column.table).where(column.in_(ids))).rowcount)


def _alert_notes(tx: Transaction, ids: Ids) -> int:
    """What people noted on alerts about these calls or their promises."""
    e, c = alert_events.c, alert_causes.c
    causes: Select[tuple[str]] = select(calls.c.key).where(calls.c.id.in_(ids))
    numbers = [str(one) for one in tx.scalars(select(promises.c.id).where(promises.c.call_id.in_(ids)))]
    about = c.cause.in_(causes) | ((c.rule == "promise") & c.cause.in_(numbers))
    here = e.alert_id.in_(select(c.alert_id).where(about)) & (func.length(e.note) > 0)
    return tx.execute(update(alert_events).where(here).values(note="")).rowcount


SOUND: tuple[Step, ...] = (("audio", take_sound),)
WORDS: tuple[Step, ...] = (
    ("transcript files", take_transcript_files),
    ("search", take_search),
    ("transcripts", take_words),
    ("redactions", take_spans),
    ("evidence", take_evidence),
    ("promises", take_promises),
    ("complaints", take_complaints),
    ("moments", take_moments),
    ("coaching", take_coaching),
)
NOTES: tuple[Step, ...] = (("notes", take_notes),)
CUSTOMER: tuple[Step, ...] = (("calls", take_customer),)
