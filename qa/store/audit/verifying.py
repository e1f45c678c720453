"""Whether the log is whole: every entry says what its hash says, follows the one before it, and is sealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest
from pathlib import Path
from typing import Any

from sqlalchemy import select

from qa.small_files import read_key
from qa.store.audit.chain import START, entry_hash
from qa.store.audit.noting import noted
from qa.store.audit.sealing import FIRST, KEY_FILE, Anchor, seal_of, witness
from qa.store.audit.writing import HEAD
from qa.store.database import Database, Transaction
from qa.store.tables import audit_anchors, audit_head, audit_log
from qa.store.types import utc_now

AT_ONCE = 5000


class Break(StrEnum):
    """What is wrong with a log that is not whole."""

    MISSING = "an entry is missing or stands out of its order"
    CHANGED = "the entry was changed"
    UNCHAINED = "the entry does not follow the one before it"
    CUT = "entries at the end are missing"
    ADDED = "entries at the end were not written by the desk"
    UNSEALED = "a seal is missing or was changed"
    FORGED = "a seal was not made with the key of this site"
    REPLACED = "the entry is not the one that was sealed"
    NO_KEY = "the key of the seals is not here"
    NOTED = "the entry is not the one that was noted outside"
    UNKNOWN = "the expected hash is not in the log"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the log is not whole."""

    position: int
    why: Break


@dataclass(frozen=True, slots=True)
class Checked:
    """A log that was looked at. ``head`` is the hash of its last entry; up to ``sealed`` it is sealed."""

    entries: int
    head: str
    seals: int
    sealed: int
    at: datetime
    broken: Broken | None

    @property
    def whole(self) -> bool:
        """True when nothing is wrong."""
        return self.broken is None


def verify(
    database: Database, keys: Path, data: Path, expected: str = "", outside: Path | None = None
) -> Checked:
    """Look at every entry and every seal, in one picture of the database.

    Args:
        database: the site's.
        keys: the folder of keys.
        data: the folder of the witness.
        expected: the hash of an entry that was noted elsewhere (a log line, a back-up); it must be here.
        outside: the file of seals that were noted outside; each must be here, at its place.

    Raises:
        StoreUnavailable: the database cannot be read.
        InvalidSetting, WriteFailed: the key cannot be used.
    """
    key, known, elsewhere = read_key(keys / KEY_FILE), witness(data), noted(outside)
    with database.read() as tx:
        anchors = [Anchor(*row) for row in tx.execute(select(audit_anchors).order_by("number"))]
        sealed = {one.position: one.hash for one in anchors}
        entries, head, expectation, broken = 0, START, not expected, None
        for row in _rows(tx):
            broken = _entry(row, entries + 1, head, sealed)
            if broken is None and elsewhere.get(entries + 1, row["hash"]) != row["hash"]:
                broken = Broken(entries + 1, Break.NOTED)
            if broken is not None:
                break
            entries, head = entries + 1, str(row["hash"])
            expectation = expectation or head == expected
        broken = broken or _ends(tx, entries, head, anchors)
    if broken is None and max(elsewhere, default=0) > entries:
        broken = Broken(entries + 1, Break.CUT)
    remembered = None if known is None else (known.number, known.position, known.seal)
    broken = broken or _seals(anchors, key, remembered)
    if broken is None and not expectation:
        broken = Broken(entries, Break.UNKNOWN)
    return Checked(entries, head, len(anchors), anchors[-1].position if anchors else 0, utc_now(), broken)


def _rows(tx: Transaction) -> Iterator[Any]:
    rows = tx.execute(select(audit_log).order_by(audit_log.c.position).execution_options(yield_per=AT_ONCE))
    return iter(rows.mappings())


def _entry(row: Any, position: int, previous: str, sealed: dict[int, str]) -> Broken | None:
    if row["position"] != position:
        return Broken(position, Break.MISSING)
    if row["hash"] != entry_hash(row["previous"], row):
        return Broken(position, Break.CHANGED)
    if row["previous"] != previous:
        return Broken(position, Break.UNCHAINED)
    if sealed.get(position, row["hash"]) != row["hash"]:
        return Broken(position, Break.REPLACED)
    return None


def _ends(tx: Transaction, entries: int, head: str, anchors: list[Anchor]) -> Broken | None:
    """Whether the last entry is the one that the desk wrote last."""
    found = tx.execute(
        select(audit_head.c.position, audit_head.c.hash).where(audit_head.c.id == HEAD)
    ).one_or_none()
    known = (found[0], found[1]) if found else (0, START)
    if known[0] > entries or any(one.position > entries for one in anchors):
        return Broken(entries + 1, Break.CUT)
    return Broken(known[0] + 1, Break.ADDED) if known != (entries, head) else None


def _seals(anchors: list[Anchor], key: bytes | None, known: tuple[int, int, str] | None) -> Broken | None:
    before = FIRST
    for number, one in enumerate(anchors, 1):
        if one.number != number:
            return Broken(one.position, Break.UNSEALED)
        if key is None:
            return Broken(one.position, Break.NO_KEY)
        if not compare_digest(one.seal, seal_of(key, before, one)):
            return Broken(one.position, Break.FORGED)
        before = one.seal
    if known is not None:
        number, position, seal = known
        if number > len(anchors) or anchors[number - 1].seal != seal:
            return Broken(position, Break.UNSEALED)
    return None
