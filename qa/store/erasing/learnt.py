"""Texts of scorecards, drafts and published ones, in which sentences of calls may stand as examples."""

from collections.abc import Iterator

from sqlalchemy import Table, select, update

from qa.store.card.backtests import text_hash
from qa.store.database import Transaction
from qa.store.tables import scorecard_drafts, scorecard_versions

Place = tuple[str, int | None]
"""A scorecard, and the version of a published text."""


def scorecard_texts(tx: Transaction) -> Iterator[tuple[Place, str]]:
    """Every text that holds examples."""
    d, v = scorecard_drafts.c, scorecard_versions.c
    for scorecard, content in tx.execute(select(d.scorecard, d.content)).all():
        yield (scorecard, None), content
    for scorecard, version, content in tx.execute(select(v.scorecard, v.version, v.content)).all():
        yield (scorecard, version), content


def replace_text(tx: Transaction, place: Place, content: str) -> None:
    """Write a text without the sentences of somebody who is forgotten: the one change of a published text."""
    scorecard, version = place
    table: Table = scorecard_drafts if version is None else scorecard_versions
    here = [table.c.scorecard == scorecard, *([] if version is None else [table.c.version == version])]
    hashed = {} if version is None else {"sha256": text_hash(content)}
    tx.execute(update(table).where(*here).values({"content": content, **hashed}))
