"""Words in redacted transcripts: FTS5 on SQLite, ``tsvector('simple')`` on PostgreSQL.

Both are given text that ``qa.text.fold`` folded, and are asked with a query folded the same way; every
word of the query must begin a word of the transcript.
"""

import re

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    TableClause,
    bindparam,
    column,
    func,
    select,
    table,
    text,
)

from qa.store.database import Transaction
from qa.store.tables import calls

_WORD = re.compile(r"[^\W_]+")

call_search: TableClause = table("call_search", column("call_id", BigInteger), column("document", String))
fts: TableClause = table("call_fts", column("rowid", BigInteger), column("document", String))


def index_text(tx: Transaction, call_id: int, folded: str) -> None:
    """Make a call findable by the words of its folded transcript; replaces what was indexed before."""
    document = " ".join(_WORD.findall(folded))
    forget_text(tx, [call_id])
    if tx.dialect.name == "sqlite":
        tx.execute(fts.insert().values(rowid=call_id, document=document))
    else:
        tx.execute(
            call_search.insert().values(call_id=call_id, document=func.to_tsvector("simple", document))
        )


def forget_text(tx: Transaction, call_ids: list[int]) -> None:
    """Take calls out of the index."""
    if tx.dialect.name == "sqlite":
        tx.execute(fts.delete().where(fts.c.rowid.in_(call_ids)))
    else:
        tx.execute(call_search.delete().where(call_search.c.call_id.in_(call_ids)))


def matching(dialect: str, folded_query: str) -> ColumnElement[bool] | None:
    """The condition on ``calls`` for a folded query; ``None`` when the query holds no word."""
    found = _WORD.findall(folded_query)
    if not found:
        return None
    if dialect == "sqlite":
        query = " AND ".join(f'"{word}"*' for word in found)
        hits = select(fts.c.rowid).where(text("call_fts MATCH :fts_query").bindparams(fts_query=query))
        return calls.c.id.in_(hits)
    lexemes = " & ".join(f"{word}:*" for word in found)
    asked = func.to_tsquery(text("'simple'"), bindparam("ts_query", lexemes))
    return calls.c.id.in_(select(call_search.c.call_id).where(call_search.c.document.op("@@")(asked)))
