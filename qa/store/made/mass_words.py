"""Words for many generated calls: transcripts and the index of words, written in bulk."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import bindparam, insert, select

from qa.records import Transcript
from qa.store.call.content import pack
from qa.store.database import Transaction
from qa.store.lists.search import Spoken, call_search, document, fts, spoken
from qa.store.tables import calls, transcripts
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Words as the tables hold them."""

    language: str
    content: bytes
    words: Spoken


def pack_dialogue(words: Transcript) -> Dialogue:
    """A transcript as the tables hold it."""
    return Dialogue(words.language, pack(words, None), spoken(words))


def wordless(tx: Transaction, limit: int) -> Sequence[int]:
    """Numbers of the next calls without a transcript, in order."""
    last = tx.scalar(select(transcripts.c.call_id).order_by(transcripts.c.call_id.desc()).limit(1)) or 0
    return tx.scalars(select(calls.c.id).where(calls.c.id > last).order_by(calls.c.id).limit(limit)).all()


def write_words(tx: Transaction, told: Sequence[tuple[int, Dialogue]]) -> None:
    """Write transcripts and make their calls findable."""
    same = {"engine": "generated", "model": "generated", "sentiment": None, "peaks": None}
    rows = [
        {"call_id": n, "language": one.language, "content": one.content, "created_at": utc_now(), **same}
        for n, one in told
    ]
    if rows:
        tx.execute(insert(transcripts), rows)
    if rows and tx.dialect.name == "sqlite":
        tx.execute(fts.insert(), [{"rowid": number, **asdict(one.words)} for number, one in told])
        return
    if rows:
        written = call_search.insert().values(call_id=bindparam("number"), document=document())
        tx.execute(written, [{"number": number, **asdict(one.words)} for number, one in told])
