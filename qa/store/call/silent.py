"""What of a call's sound nobody is to hear."""

import hashlib
import json

from sqlalchemy import ColumnElement, select, update

from qa.records import Span, Spans
from qa.store.call.findings import load_words
from qa.store.database import Transaction
from qa.store.kinds import CallStatus
from qa.store.tables import calls, redactions, transcripts

MUTED = ".muted.wav"
"""Ending of a recording that took the place of its original; before it stand the hash of the original and
the mark of what is silent in it."""


def silent_parts(tx: Transaction, call_id: int) -> Spans | None:
    """When personal data was said, in order: a whole turn where its words have no times.

    ``None`` when that is not known: before the words of the call are there, or when neither word nor turn
    has a time. Such a call is not to be heard.
    """
    if tx.scalar(select(transcripts.c.call_id).where(transcripts.c.call_id == call_id)) is None:
        return None
    r = redactions.c
    rows = tx.execute(select(r.utterance, r.start, r.end).where(r.call_id == call_id)).all()
    found = {Span(row.start, row.end) for row in rows if row.start is not None}
    untimed = {row.utterance for row in rows if row.start is None}
    if untimed:
        words = load_words(tx, call_id)
        turns = {one.id: one.span for one in (words.transcript.utterances if words else ())}
        for span in (turns.get(number) for number in untimed):
            if span is None:
                return None
            found.add(span)
    return tuple(sorted(found))


def mark_of(parts: Spans) -> str:
    """Twelve letters that stand for what is silent: other parts, another mark."""
    content = json.dumps([(round(one.start, 3), round(one.end, 3)) for one in parts])
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def muted_place(media: str, parts: Spans) -> str:
    """Where the recording stands that takes the place of ``media``."""
    folder, _, name = media.rpartition("/")
    return f"{folder}/{name.partition('.')[0]}.{mark_of(parts)}{MUTED}"


def replaceable(tx: Transaction) -> tuple[int, ...]:
    """Calls whose original still stands although something in it is to be silent, and whose review is kept:
    a call shows its words, and so its redactions, while the original is still needed for the rest.
    """
    found = select(redactions.c.call_id).where(redactions.c.call_id == calls.c.id).exists()
    original = calls.c.media.is_not(None) & ~calls.c.media.endswith(MUTED, autoescape=True)
    return tuple(tx.scalars(select(calls.c.id).where(_reviewed(), original, found).order_by(calls.c.id)))


def replace_media(tx: Transaction, call_id: int, before: str, after: str) -> bool:
    """Point a reviewed call to another file; False when it points elsewhere, is reviewed anew, or is gone."""
    here = (calls.c.id == call_id) & (calls.c.media == before) & _reviewed()
    return tx.execute(update(calls).where(here).values(media=after)).rowcount > 0


def _reviewed() -> ColumnElement[bool]:
    return calls.c.status == CallStatus.DONE
