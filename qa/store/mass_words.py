"""Words for many generated calls: transcripts and the index of words, written in bulk."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from qa.records import Transcript
from qa.store.content import pack
from qa.store.database import Transaction
from qa.store.search import index_text, spoken
from qa.store.tables import calls, transcripts
from qa.store.types import utc_now


def wordless(tx: Transaction, limit: int) -> Sequence[int]:
    """Numbers of the next calls without a transcript, in order."""
    last = tx.scalar(select(transcripts.c.call_id).order_by(transcripts.c.call_id.desc()).limit(1)) or 0
    return tx.scalars(select(calls.c.id).where(calls.c.id > last).order_by(calls.c.id).limit(limit)).all()


def write_words(tx: Transaction, told: Sequence[tuple[int, Transcript]]) -> None:
    """Write transcripts and make their calls findable."""
    now = utc_now()
    rows = [
        {
            "call_id": number,
            "language": words.language,
            "engine": words.engine,
            "model": words.model,
            "content": pack(words, None),
            "sentiment": None,
            "peaks": None,
            "created_at": now,
        }
        for number, words in told
    ]
    if rows:
        tx.execute(insert(transcripts), rows)
    for number, words in told:
        index_text(tx, number, spoken(words))
