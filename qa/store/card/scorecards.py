"""Published scorecard versions: written once, never changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update

from qa.errors import InvalidScorecard, NotFound
from qa.store.database import Transaction
from qa.store.kinds import EvaluationSource
from qa.store.tables import evaluations, pick, scorecard_versions
from qa.store.upsert import insert_absent


@dataclass(frozen=True, slots=True)
class ScorecardVersion:
    """One published version; ``content`` is its YAML text, byte for byte."""

    scorecard: str
    version: int
    language: str | None
    content: str
    published_at: datetime
    note: str | None = None
    published_by: str | None = None


def publish(tx: Transaction, scorecard: str, version: int, content: str, *, language: str | None) -> bool:
    """Keep a version for ever; False when the same text was published before.

    Raises:
        InvalidScorecard: that version was published with another text.
    """
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    values = {
        "scorecard": scorecard,
        "version": version,
        "content": content,
        "sha256": sha256,
        "language": language,
    }
    if insert_absent(tx, scorecard_versions, values):
        return True
    key = (scorecard_versions.c.scorecard == scorecard) & (scorecard_versions.c.version == version)
    if tx.scalar(select(scorecard_versions.c.sha256).where(key)) != sha256:
        raise InvalidScorecard(
            f"Scorecard {scorecard} version {version} is published and cannot change;"
            f" raise its version to {version + 1}."
        )
    return False


def sign(tx: Transaction, scorecard: str, version: int, by: str, note: str) -> None:
    """Say who published a version and why, in the transaction that publishes it; never changed after."""
    key = (scorecard_versions.c.scorecard == scorecard) & (scorecard_versions.c.version == version)
    unsigned = key & scorecard_versions.c.published_by.is_(None)
    tx.execute(update(scorecard_versions).where(unsigned).values(published_by=by, note=note))


def get_version(tx: Transaction, scorecard: str, version: int | None = None) -> ScorecardVersion:
    """A version, the newest one when none is named.

    Raises:
        NotFound: it was never published.
    """
    query = _query().where(scorecard_versions.c.scorecard == scorecard)
    if version is not None:
        query = query.where(scorecard_versions.c.version == version)
    row = tx.execute(query.order_by(scorecard_versions.c.version.desc()).limit(1)).one_or_none()
    if row is None:
        wanted = repr(scorecard) if version is None else f"{scorecard!r} version {version}"
        raise NotFound(f"Scorecard {wanted} is not published; see `python -m qa scorecard list`.")
    return ScorecardVersion(*row)


def list_versions(tx: Transaction) -> tuple[ScorecardVersion, ...]:
    """Every version, by scorecard, the newest first."""
    order = (scorecard_versions.c.scorecard, scorecard_versions.c.version.desc())
    return tuple(ScorecardVersion(*row) for row in tx.execute(_query().order_by(*order)))


def counts_by_version(tx: Transaction) -> dict[tuple[str, int], int]:
    """How many calls show an automatic score by each scorecard and version."""
    e = evaluations.c
    query = select(e.scorecard, e.version, func.count()).group_by(e.scorecard, e.version)
    shown = query.where(e.current, e.source == EvaluationSource.AUTO)
    return {(scorecard, version): count for scorecard, version, count in tx.execute(shown)}


def newest_texts(tx: Transaction) -> dict[str, str]:
    """The newest published text of every scorecard, by id."""
    return {version.scorecard: version.content for version in reversed(list_versions(tx))}


def _query() -> Select[Any]:
    names = ("scorecard", "version", "language", "content", "published_at", "note", "published_by")
    return select(*pick(scorecard_versions, *names))
