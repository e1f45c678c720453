"""Putting rows into a database by the million: what would be kept up row by row is made once, at the end.

Indexes are made of the whole table, marks of changed days are not needed where no sums are kept yet, and rows
that were made together need nobody to look up whether their partners are there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    event,
    insert,
    inspect,
    select,
    text,
)

from qa.store.care.keeping import keep_nothing
from qa.store.database import Database, Transaction, build_engine, parse_url

_LATER = Table("mass_later", MetaData(), Column("place", Integer, primary_key=True), Column("made", Text))
"""What is to be made again; a loading that was cut off finds it here."""
BIG = (
    "calls", "evaluations", "criterion_results", "section_results", "measurements", "surveys", "orders",
    "contacts", "promises", "comments", "comment_readings", "comment_aspects", "comment_events",
)  # fmt: skip

OUT = {
    "sqlite": (
        "SELECT type, name, sql FROM sqlite_master"
        " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN :names"
    ),
    "postgresql": (
        "SELECT 'index', c.relname, pg_get_indexdef(c.oid) FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
        " WHERE t.relnamespace = current_schema()::regnamespace AND t.relname IN :names"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = c.oid)"
    ),
}
PRAGMAS = (
    "journal_mode = MEMORY",  # a loading that was cut off is thrown away
    "synchronous = OFF",
    "secure_delete = OFF",
    "ignore_check_constraints = ON",
    "cache_size = -400000",  # 400 MB: indexes are sorted in it
)


@contextmanager
def loading(url: str) -> Iterator[Database]:
    """A database for writing alone, without the indexes and triggers of the large tables until the end.

    Nothing checks here that rows fit each other: who loads answers for it. Nobody else may have a SQLite
    file open meanwhile.
    """
    database = Database(_engine(url))
    try:
        with database.write() as tx:
            keep_nothing(tx)  # nobody marks what is loaded
            _take_out(tx)
        yield database
        finish(database)
    finally:
        database.close()


def finish(database: Database) -> None:
    """Make again what a loading took out, this one or one that was cut off."""
    with database.write() as tx:
        if not inspect(tx).has_table(_LATER.name):
            return
        made = tx.scalars(select(_LATER.c.made).order_by(_LATER.c.place)).all()
    for one in made:
        with database.write() as tx:  # each by itself: a million rows take long enough
            tx.exec_driver_sql(one)
            tx.execute(delete(_LATER).where(_LATER.c.made == one))
    with database.write() as tx:
        _LATER.drop(tx)


def unchecked(tx: Transaction) -> None:
    """On PostgreSQL, where the user may: triggers and foreign keys say nothing in this transaction."""
    if tx.dialect.name == "postgresql" and tx.scalar(text("SELECT current_setting('is_superuser')")) == "on":
        tx.exec_driver_sql("SET LOCAL session_replication_role = replica")


def _engine(url: str) -> Engine:
    engine = build_engine(parse_url(url), foreign_keys=False)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def connected(connection: Any, _record: Any) -> None:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")

    return engine


def _take_out(tx: Transaction) -> None:
    _LATER.create(tx, checkfirst=True)
    for kind, name, made in _found(tx):
        tx.execute(insert(_LATER).values(made=made))
        tx.exec_driver_sql(f'DROP {kind} "{name}"')


def _found(tx: Transaction) -> list[tuple[str, str, str]]:
    """Kind, name and text of what is taken out; what belongs to a key of a table stays."""
    query = text(OUT[tx.dialect.name]).bindparams(bindparam("names", BIG, expanding=True))
    return [(str(kind), str(name), str(made)) for kind, name, made in tx.execute(query)]
