"""Words in redacted transcripts, by who said them: FTS5 on SQLite, weights in a ``tsvector`` on PostgreSQL.

Both are given text that ``qa.text.fold`` folded and are asked with a query folded the same way. Every word of
the query must begin a word of the call; words in quotation marks must follow one another in one utterance,
of which the last may go on.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Select,
    String,
    TableClause,
    any_,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)

from qa.records import Speaker, Transcript
from qa.store.database import Transaction
from qa.store.tables import calls
from qa.text import fold

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r'"([^"]*)"|([^"]+)')
BREAK = "qzbreakzq"
"""Stands between utterances: no phrase goes from one into the next."""
COMMON = 10_000
"""With more hits than this, calls are looked through in the order of the list, and hits are not counted."""
PROBE, SURELY = 500, 4
"""So many of the newest calls are looked at on PostgreSQL, where words must look so many times as common."""


class Said(StrEnum):
    """Who said the words that are looked for."""

    ANYBODY = ""
    AGENT = "agent"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Spoken:
    """Folded words of a call by who said them, with ``BREAK`` between utterances."""

    agent: str = ""
    customer: str = ""
    other: str = ""


SIDES = {Speaker.AGENT: "agent", Speaker.CUSTOMER: "customer"}
WEIGHTS = {"agent": "A", "customer": "B", "other": "C"}
call_search: TableClause = table("call_search", column("call_id", BigInteger), column("document", String))
fts: TableClause = table("call_fts", column("rowid", BigInteger), *(column(side, String) for side in WEIGHTS))


def spoken(transcript: Transcript) -> Spoken:
    """The words of a transcript as they are kept for searching."""
    parts: dict[str, list[str]] = {side: [] for side in WEIGHTS}
    for one in transcript.utterances:
        words = _WORD.findall(fold(one.text))
        if words:
            parts[SIDES.get(one.speaker, "other")].append(" ".join(words))
    return Spoken(**{side: f" {BREAK} ".join(texts) for side, texts in parts.items()})


def index_text(tx: Transaction, call_id: int, words: Spoken) -> None:
    """Make a call findable by its words; replaces what was indexed before."""
    forget_text(tx, [call_id])
    if tx.dialect.name == "sqlite":
        tx.execute(fts.insert().values(rowid=call_id, **{side: getattr(words, side) for side in WEIGHTS}))
        return
    written = call_search.insert().values(call_id=call_id, document=document())
    tx.execute(written, {side: getattr(words, side) for side in WEIGHTS})


def document() -> ColumnElement[str]:
    """What PostgreSQL keeps of a call: parameters named as the sides of ``Spoken``, with their weights."""
    simple: ColumnElement[str] = literal_column("'simple'")
    said = [
        func.setweight(func.to_tsvector(simple, bindparam(side, type_=String)), literal_column(f"'{weight}'"))
        for side, weight in WEIGHTS.items()
    ]
    return said[0].op("||")(said[1]).op("||")(said[2])


def forget_text(tx: Transaction, call_ids: list[int]) -> None:
    """Take calls out of the index."""
    if tx.dialect.name == "sqlite":
        tx.execute(fts.delete().where(fts.c.rowid.in_(call_ids)))
    else:
        tx.execute(call_search.delete().where(call_search.c.call_id.in_(call_ids)))


def parts_of(query: str) -> tuple[tuple[str, ...], ...]:
    """What is looked for: a word alone, or the words of a phrase in order."""
    found: list[tuple[str, ...]] = []
    for quoted, plain in _PART.findall(query):
        words = tuple(_WORD.findall(quoted or plain))
        if words:
            found += [words] if quoted else [(word,) for word in words]
    return tuple(found)


def hits(dialect: str, query: str, said: Said = Said.ANYBODY) -> Select[tuple[int]] | None:
    """Numbers of the calls with the words of a query; ``None`` when it holds no word."""
    parts = parts_of(query)
    if not parts:
        return None
    if dialect == "sqlite":
        asked = text("call_fts MATCH :fts_query").bindparams(fts_query=_for_fts(parts, said))
        return select(fts.c.rowid).where(asked)
    wanted = func.to_tsquery(literal_column("'simple'"), bindparam("ts_query", _for_vector(parts, said)))
    return select(call_search.c.call_id).where(call_search.c.document.op("@@")(wanted))


def matching(dialect: str, query: str, said: Said = Said.ANYBODY) -> ColumnElement[bool] | None:
    """The condition on ``calls`` for a query; ``None`` when it holds no word."""
    found = hits(dialect, query, said)
    return None if found is None else calls.c.id.in_(found)


@dataclass(frozen=True, slots=True)
class Holding:
    """Calls with the words of a query: all of them, or, where they are ``common``, all from the number
    ``least`` on; ``None`` where nothing is known but that they are many.
    """

    calls: frozenset[int]
    common: bool
    least: int | None

    def clause(self, dialect: str) -> ColumnElement[bool]:
        """The condition on ``calls`` where the words are not common; one parameter, however many they are."""
        numbers = sorted(self.calls)
        if dialect == "sqlite":
            each = func.json_each(json.dumps(numbers)).table_valued("value")
            return calls.c.id.in_(select(each.c.value))
        return calls.c.id == any_(bindparam("held", numbers, ARRAY(BigInteger), unique=True))


def holding(tx: Transaction, query: str, said: Said) -> Holding | None:
    """The calls with the words of a query, asked of the index once; ``None`` when it holds no word."""
    found = hits(tx.dialect.name, query, said)
    if found is None:
        return None
    if tx.dialect.name == "sqlite":  # its index knows this order
        found = found.order_by(fts.c.rowid.desc())
    elif _is_dense(tx, query, said):
        return Holding(frozenset(), common=True, least=None)
    else:  # it takes opening a document for cheap, and would open all of them
        tx.execute(text("SET LOCAL enable_seqscan = off"))
    numbers: Sequence[Any] = tx.scalars(found.limit(COMMON + 1)).all()
    if tx.dialect.name != "sqlite":
        tx.execute(text("SET LOCAL enable_seqscan = on"))
    common = len(numbers) > COMMON
    least = numbers[-1] if common and tx.dialect.name == "sqlite" else None
    return Holding(frozenset(numbers), common, least)


def _is_dense(tx: Transaction, query: str, said: Said) -> bool:
    """Whether so many of the newest calls have the words that they are surely common. The tree of words in
    PostgreSQL knows neither order nor who said them, so that asking it for common words opens every call.
    """
    number = call_search.c.call_id
    newest = tx.scalars(select(number).order_by(number.desc()).limit(PROBE)).all()
    held = len(among(tx, newest, query, said))
    return bool(newest) and held * newest[0] > SURELY * COMMON * len(newest)


def among(
    tx: Transaction, call_ids: Sequence[int], query: str, said: Said, known: Holding | None = None
) -> frozenset[int]:
    """Which of these calls have the words of a query; the index is asked for those that are not known."""
    if known is not None and known.least is not None:
        open_ones = [one for one in call_ids if one < known.least]
        told = known.calls.intersection(call_ids)
        return told | among(tx, open_ones, query, said) if open_ones else told
    found = hits(tx.dialect.name, query, said)
    if found is None or not call_ids:
        return frozenset(call_ids)
    if tx.dialect.name == "sqlite":  # one walk through the index; one question a call would take far longer
        number: ColumnElement[int] = literal_column("+call_fts.rowid", BigInteger)
        found = found.where(fts.c.rowid.between(min(call_ids), max(call_ids)), number.in_(call_ids))
    else:
        found = found.where(call_search.c.call_id.in_(call_ids))
    numbers: Sequence[Any] = tx.scalars(found).all()
    return frozenset(numbers)


def open_ended(word: str) -> bool:
    """Whether a word may go on: a letter alone would begin half of all words."""
    return len(word) > 1


def _for_fts(parts: Iterable[tuple[str, ...]], said: Said) -> str:
    asked = " AND ".join(f'"{" ".join(words)}"' + "*" * open_ended(words[-1]) for words in parts)
    return f"{said.value} : ({asked})" if said else asked


def _for_vector(parts: Iterable[tuple[str, ...]], said: Said) -> str:
    weight = WEIGHTS[said.value] if said else ""
    return " & ".join(f"({' <-> '.join(_lexemes(words, weight))})" for words in parts)


def _lexemes(words: tuple[str, ...], weight: str) -> list[str]:
    marks = [weight] * (len(words) - 1) + ["*" * open_ended(words[-1]) + weight]
    return [f"{word}:{mark}" if mark else word for word, mark in zip(words, marks, strict=True)]
