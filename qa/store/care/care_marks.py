"""Whose matters may have changed since they were kept.

Triggers mark customers in the transaction of a change; calls, texts and threads of comments where another
transaction may say meanwhile whose they are: who reads looks that up, so that none is missed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    union,
)
from sqlalchemy.dialects import postgresql, sqlite

from qa.store.database import Transaction
from qa.store.tables import calls, care_marks, comments

CUSTOMER, CALL, TEXT, THREAD = "customer", "call", "text", "thread"
UNNAMED = CALL, TEXT, THREAD
AT_ONCE = 2000
"""Marks that are given to customers in one transaction."""

Told = tuple[tuple[str, int, int], ...]
"""Marks of customers as somebody saw them: customer, transaction, times. Marked again is another mark."""


def marked() -> CTE:
    """The customers whose matters may have changed."""
    m, c = care_marks.c, comments.c
    of_calls = select(calls.c.customer_hash).join_from(care_marks, calls, calls.c.id == m.number)
    of_texts = select(c.customer_hash).join_from(care_marks, comments, c.text_key == m.key)
    answers = and_(c.source_id == m.number, c.reply_to == m.key)
    of_threads = select(c.customer_hash).join_from(care_marks, comments, answers)
    every = union(
        select(m.key.label("customer")).where(m.source == CUSTOMER),
        of_calls.where(m.source == CALL, calls.c.customer_hash.is_not(None)),
        of_texts.where(m.source == TEXT, c.customer_hash.is_not(None)),
        of_threads.where(m.source == THREAD, c.customer_hash.is_not(None)),
    )
    return every.cte("marked").prefix_with("MATERIALIZED")


def how_many(tx: Transaction, most: int) -> int:
    """How many customers are marked; it does not count further than ``most``."""
    if not waits(tx):
        return 0
    some = select(literal(1).label("one")).select_from(marked()).limit(most).subquery("some")
    return int(tx.scalar(select(func.count()).select_from(some)) or 0)


def waits(tx: Transaction) -> bool:
    """True when anything is marked."""
    return tx.scalar(select(care_marks.c.source).limit(1)) is not None


def some_unnamed(tx: Transaction) -> bool:
    """True when calls, texts or threads are marked."""
    m = care_marks.c
    return tx.scalar(select(m.source).where(m.source.in_(UNNAMED)).limit(1)) is not None


def name_customers(tx: Transaction) -> None:
    """Turn some marks of calls, texts and threads into marks of the customers whose they are."""
    m = care_marks.c
    columns = m.source, m.key, m.number, m.tx
    some = select(*columns).where(m.source.in_(UNNAMED)).limit(AT_ONCE)
    gone = tx.execute(delete(care_marks).where(tuple_(*columns).in_(some)).returning(*columns)).all()
    for whose in _whose([tuple(row) for row in gone]):
        _mark(tx, whose)


def first_marks(tx: Transaction, most: int) -> Told:
    """The marks of so many customers."""
    m = care_marks.c
    some = select(m.key).where(m.source == CUSTOMER).distinct().order_by(m.key).limit(most).subquery("some")
    query = select(m.key, m.tx, m.n).join_from(care_marks, some, some.c.key == m.key)
    return tuple((key, number, n) for key, number, n in tx.execute(query.where(m.source == CUSTOMER)))


def take_away(tx: Transaction, told: Told) -> None:
    """Marks go that were folded; what was marked again stays."""
    m = care_marks.c
    here = m.source == CUSTOMER, m.key == bindparam("who"), m.tx == bindparam("by"), m.n == bindparam("times")
    rows = [{"who": key, "by": number, "times": n} for key, number, n in told]
    tx.execute(delete(care_marks).where(*here), rows)


def _whose(marks: Sequence[tuple[Any, ...]]) -> Iterator[Select[tuple[str | None]]]:
    c = comments.c
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for source, key, number, _tx in marks:
        found[source, number if source == THREAD else 0].add(str(number) if source == CALL else key)
    for (source, number), keys in found.items():
        if source == CALL:
            named = calls.c.id.in_(sorted(int(key) for key in keys))
            yield select(calls.c.customer_hash).where(named, calls.c.customer_hash.is_not(None))
            continue
        column = c.text_key if source == TEXT else c.reply_to
        about = [column.in_(sorted(keys)), c.customer_hash.is_not(None)]
        yield select(c.customer_hash).where(*about, *([c.source_id == number] if source == THREAD else []))


def _mark(tx: Transaction, whose: Select[tuple[str | None]]) -> None:
    """As the triggers do: on PostgreSQL a mark is of its transaction, on SQLite marks are counted."""
    m, keys = care_marks.c, ("source", "key", "number", "tx")
    named = whose.distinct().subquery("named")
    number: ColumnElement[int] = literal_column("0" if tx.dialect.name == "sqlite" else "txid_current()")
    one = select(literal(CUSTOMER), named.c.customer_hash, literal(0), number, literal(1))
    columns = [*keys, "n"]
    if tx.dialect.name == "sqlite":
        again = sqlite.insert(care_marks).from_select(columns, one.where(literal(1) == 1))
        tx.execute(again.on_conflict_do_update(index_elements=keys, set_={"n": m.n + 1}))
        return
    tx.execute(postgresql.insert(care_marks).from_select(columns, one).on_conflict_do_nothing())
