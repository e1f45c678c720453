"""Sentiments of imported texts: which wait to be read, what was read, what people said instead.

A text is known by its hash alone; two comments with the same words share one reading.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Float, bindparam, case, delete, func, insert, or_, select, union, update

from qa.errors import NotFound
from qa.store.database import Database, Transaction
from qa.store.kinds import Feeling
from qa.store.site import get_setting, set_setting
from qa.store.tables import comments, sentiment_corrections, surveys, text_sentiments
from qa.store.types import utc_now

TEXTS = (comments, surveys)
CHUNK = 5000
WAITING = "texts_waiting"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was read as: label, score -1 to 1, confidence 0-1, language (``None`` without words)."""

    text_key: str
    label: Feeling
    score: float
    confidence: float
    language: str | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text whose label a person corrected."""

    text: str
    label: Feeling
    language: str | None


def text_key(text: str) -> str:
    """32 hexadecimal digits by which a text's sentiment is kept."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def feeling() -> ColumnElement[Any]:
    """The label that counts: a person's, else the model's. ``text_sentiments`` is to be joined."""
    return func.coalesce(text_sentiments.c.corrected, text_sentiments.c.label)


def feeling_score() -> ColumnElement[float]:
    """Sentiment -1 to 1; of a corrected text -1, 0 or 1."""
    t = text_sentiments.c
    said = {Feeling.NEGATIVE: -1.0, Feeling.NEUTRAL: 0.0, Feeling.POSITIVE: 1.0}
    whens = [(t.corrected == label, value) for label, value in said.items()]
    return case(*whens, else_=t.score).cast(Float)


def set_waiting(tx: Transaction, *, waiting: bool) -> None:
    """Remember whether there may be texts to read: a worker asks this small question at every look."""
    set_setting(tx, WAITING, True if waiting else None)


def is_waiting(tx: Transaction) -> bool:
    """True when texts may wait to be read."""
    return bool(get_setting(tx, WAITING))


def key_texts(database: Database) -> int:
    """Give every text that has none its hash, in short transactions; gives how many."""
    done = 0
    for table in TEXTS:
        here = table.c.text.is_not(None) & (table.c.text != "") & table.c.text_key.is_(None)
        setting = update(table).where(table.c.id == bindparam("row")).values(text_key=bindparam("hash"))
        while True:
            with database.write() as tx:
                rows = tx.execute(select(table.c.id, table.c.text).where(here).limit(CHUNK)).all()
                if not rows:
                    break
                tx.execute(setting, [{"row": row.id, "hash": text_key(row.text)} for row in rows])
            done += len(rows)
    return done


def unread(tx: Transaction, model: str, limit: int) -> dict[str, str]:
    """Texts by their hash that this model has not read."""
    t = text_sentiments.c
    found: dict[str, str] = {}
    for table in TEXTS:
        old = or_(t.text_key.is_(None), t.model != model)
        joined = table.outerjoin(text_sentiments, t.text_key == table.c.text_key)
        query = select(table.c.text_key, func.min(table.c.text)).select_from(joined)
        query = query.where(table.c.text_key.is_not(None), table.c.text != "", old).group_by(table.c.text_key)
        found |= dict(tx.execute(query.limit(limit - len(found))).all()) if len(found) < limit else {}
    return found


def count_unread(tx: Transaction, model: str) -> int:
    """How many different texts this model has not read."""
    worded = ((table, table.c.text_key.is_not(None) & (table.c.text != "")) for table in TEXTS)
    keys = union(*(select(table.c.text_key).where(here) for table, here in worded))
    read = select(text_sentiments.c.text_key).where(text_sentiments.c.model == model)
    every = keys.subquery()
    query = select(func.count()).select_from(every).where(every.c.text_key.not_in(read))
    return int(tx.scalar(query) or 0)


def save_readings(tx: Transaction, model: str, readings: Sequence[Reading]) -> None:
    """Keep readings; one of another model is replaced, a person's label stays."""
    if not readings:
        return
    t = text_sentiments.c
    kept = dict(tx.execute(select(t.text_key, t.corrected).where(t.corrected.is_not(None))).all())
    tx.execute(delete(text_sentiments).where(t.text_key.in_([one.text_key for one in readings])))
    rows = [
        {name: getattr(one, name) for name in Reading.__dataclass_fields__}
        | {"model": model, "corrected": kept.get(one.text_key), "created_at": utc_now()}
        for one in readings
    ]
    tx.execute(insert(text_sentiments), rows)


def correct(tx: Transaction, key: str, label: Feeling, user_id: int | None) -> None:
    """A person's label for a text. What the model said stays beside it, and the ledger keeps every change.

    Raises:
        NotFound: no text of this hash was read.
    """
    t = text_sentiments.c
    row = tx.execute(select(t.label, t.corrected, t.model).where(t.text_key == key)).first()
    if row is None:
        raise NotFound("This text has no sentiment yet; wait until it was read.")
    if (row.corrected or row.label) == label:
        return
    values = {"text_key": key, "label": label, "was": row.corrected or row.label, "model": row.model}
    tx.execute(insert(sentiment_corrections).values(**values, user_id=user_id))
    tx.execute(update(text_sentiments).where(t.text_key == key).values(corrected=label))


def corrected_texts(tx: Transaction) -> tuple[Corrected, ...]:
    """Every text that a person corrected and that is still here, by its hash."""
    t = text_sentiments.c
    found: dict[str, Corrected] = {}
    for table in TEXTS:
        query = select(t.text_key, table.c.text, t.corrected, t.language).join_from(
            text_sentiments, table, t.text_key == table.c.text_key
        )
        for key, text, label, language in tx.execute(query.where(t.corrected.is_not(None))):
            found[key] = Corrected(text, label, language)
    return tuple(found[key] for key in sorted(found))


def forget_readings(tx: Transaction) -> int:
    """Remove readings and corrections of texts that are here no more; gives how many readings went."""
    here = union(*(select(table.c.text_key).where(table.c.text_key.is_not(None)) for table in TEXTS))
    keys = select(here.subquery().c.text_key)
    tx.execute(delete(sentiment_corrections).where(sentiment_corrections.c.text_key.not_in(keys)))
    return int(tx.execute(delete(text_sentiments).where(text_sentiments.c.text_key.not_in(keys))).rowcount)


def without_text(tx: Transaction, key: str | None) -> str | None:
    """The reading of a text under a key that leads back to no words, so that figures keep what it was read
    as; ``None`` when it was not read. A person's label counts as the reading.
    """
    t = text_sentiments.c
    row = tx.execute(select(text_sentiments).where(t.text_key == key)).mappings().first()
    if row is None:
        return None
    said = {"text_key": secrets.token_hex(16), "label": row["corrected"] or row["label"], "corrected": None}
    tx.execute(insert(text_sentiments).values({**row, **said}))
    return str(said["text_key"])


def forget_keys(tx: Transaction, keys: Iterable[str | None]) -> None:
    """Remove readings and corrections under these hashes, unless another text has the same words."""
    for key in {key for key in keys if key is not None}:
        if not any(tx.scalar(select(table.c.id).where(table.c.text_key == key).limit(1)) for table in TEXTS):
            for table in (sentiment_corrections, text_sentiments):
                tx.execute(delete(table).where(table.c.text_key == key))
