"""Results of tries on past calls, kept so that a page can show them again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from qa.store.database import Transaction
from qa.store.tables import backtests, pick

KEPT = 5
"""Results a scorecard."""


@dataclass(frozen=True, slots=True)
class StoredBacktest:
    """One result. ``sha256`` names the draft's text that was tried."""

    sha256: str
    made_at: datetime
    made_by: str
    result: dict[str, Any]


def text_hash(content: str) -> str:
    """What names a text here."""
    return hashlib.sha256(content.encode()).hexdigest()


def save_backtest(tx: Transaction, scorecard: str, content: str, result: dict[str, Any], by: str) -> None:
    """Keep a result of a draft's text; only the newest few of a scorecard stay."""
    values = {"scorecard": scorecard, "sha256": text_hash(content), "calls": result["calls"]}
    tx.execute(insert(backtests).values(**values, result=result, made_by=by))
    newest = (
        select(backtests.c.id)
        .where(backtests.c.scorecard == scorecard)
        .order_by(backtests.c.id.desc())
        .limit(KEPT)
    )
    kept = tx.scalars(newest).all()
    tx.execute(delete(backtests).where(backtests.c.scorecard == scorecard, backtests.c.id.not_in(kept)))


def last_backtest(tx: Transaction, scorecard: str) -> StoredBacktest | None:
    """The newest result of a scorecard."""
    columns = pick(backtests, "sha256", "made_at", "made_by", "result")
    query = (
        select(*columns).where(backtests.c.scorecard == scorecard).order_by(backtests.c.id.desc()).limit(1)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else StoredBacktest(*row)
