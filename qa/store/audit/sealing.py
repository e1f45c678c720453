"""Seals: now and then the end of the log is signed with a key that is not in the database.

Whoever has the database alone can rewrite it whole, hashes and all, but cannot seal it anew. The newest seal
is also remembered in a file beside the database (the witness), so that it cannot be taken out with its rows.
"""

import hashlib
import hmac
import json
import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from qa.errors import WriteFailed
from qa.logs import about
from qa.small_files import ensure_key, read_key, write_small
from qa.store.audit.chain import START, entry_hash
from qa.store.audit.noting import note_outside
from qa.store.database import Database, Transaction
from qa.store.tables import audit_anchors, audit_head, audit_log
from qa.store.types import utc_now

log = logging.getLogger(__name__)

KEY_FILE = "audit.key"
WITNESS = "audit-witness.json"
FIRST = "0" * 64
"""What is signed in place of an earlier seal by the first one."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A seal: the entry at ``position`` had this ``hash`` when it was set."""

    number: int
    position: int
    hash: str
    at: datetime
    seal: str


@dataclass(frozen=True, slots=True)
class Witness:
    """The newest seal as the file beside the database remembers it."""

    number: int
    position: int
    seal: str


def seal_of(key: bytes, before: str, anchor: Anchor) -> str:
    """HMAC-SHA256, in hex, over the seal before it and what this one says."""
    told = (before, anchor.number, anchor.position, anchor.hash, anchor.at.astimezone(UTC).isoformat())
    return hmac.new(key, "|".join(str(part) for part in told).encode(), hashlib.sha256).hexdigest()


def seal(database: Database, keys: Path, data: Path, outside: Path | None = None) -> Anchor | None:
    """Seal the end of the log; ``None`` when nothing was added since, or what was added is not whole, which
    ``verify`` tells.

    Args:
        database: the site's.
        keys: the folder of keys; the key is made at the first seal.
        data: the folder of the witness.
        outside: the file where the seal is noted too (``QA_AUDIT_HEADS``).

    Raises:
        StoreUnavailable, WriteFailed, InvalidSetting: it cannot be sealed, or is sealed and not noted there.
    """
    with database.write() as tx:
        tx.execute(select(audit_head.c.position).with_for_update())  # one seals at a time
        last = last_anchor(tx)
        if last is not None and read_key(keys / KEY_FILE) is None:
            return None  # another key would break every seal; ``verify`` says that it is gone
        end = _end(tx, last)
        if end is None:
            return None
        key = ensure_key(keys / KEY_FILE)
        number = last.number + 1 if last else 1
        bare = Anchor(number, *end, utc_now(), "")
        made = Anchor(number, *end, bare.at, seal_of(key, last.seal if last else FIRST, bare))
        tx.execute(insert(audit_anchors).values(**asdict(made)))
    remember(data, made)
    if outside is not None:
        note_outside(outside, made.at.isoformat(timespec="seconds"), made.position, made.hash)
    log.info("the audit log is sealed", extra=about("audit.sealed", entries=made.position, hash=made.hash))
    return made


def last_anchor(tx: Transaction) -> Anchor | None:
    """The newest seal."""
    query = select(audit_anchors).order_by(audit_anchors.c.number.desc()).limit(1)
    row = tx.execute(query).one_or_none()
    return None if row is None else Anchor(*row)


def remember(data: Path, anchor: Anchor) -> None:
    """Write the witness.

    Raises:
        WriteFailed: it cannot be written.
    """
    text = json.dumps({"number": anchor.number, "position": anchor.position, "seal": anchor.seal})
    try:
        write_small(data / WITNESS, text.encode(), replacing=True)
    except OSError as error:
        raise WriteFailed(
            f"{data / WITNESS} cannot be written ({error.strerror}); free some space."
        ) from error


def witness(data: Path) -> Witness | None:
    """The newest seal that is remembered beside the database; ``None`` where nothing is."""
    try:
        return Witness(**json.loads((data / WITNESS).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _end(tx: Transaction, last: Anchor | None) -> tuple[int, str] | None:
    """Position and hash of the newest entry, when all entries since the last seal follow one another."""
    position, previous = (last.position, last.hash) if last else (0, START)
    rows = tx.execute(select(audit_log).where(audit_log.c.position > position).order_by(audit_log.c.position))
    found = None
    for row in rows.mappings():
        position += 1
        if row["position"] != position or row["previous"] != previous:
            return None
        if (previous := row["hash"]) != entry_hash(row["previous"], dict(row)):
            return None
        found = position, previous
    return found
