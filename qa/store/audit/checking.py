"""The last look at the whole log, kept for the page, which cannot read a million entries at every click."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qa.store.audit.sealing import seal
from qa.store.audit.verifying import Break, Broken, Checked, verify
from qa.store.database import Database, Transaction
from qa.store.site import get_setting, set_setting

SETTING = "audit_checked"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the last look found, and how many of the entries it saw were sealed."""

    at: datetime
    entries: int
    sealed: int
    broken: Broken | None


def check(database: Database, keys: Path, data: Path, outside: Path | None = None) -> Checked:
    """Look at the whole log, keep what was found; a log that is whole is sealed.

    Raises:
        StoreUnavailable, InvalidSetting, WriteFailed: it cannot be looked at.
    """
    found = verify(database, keys, data, outside=outside)
    if found.whole:
        seal(database, keys, data, outside)
        found = verify(database, keys, data, outside=outside) if found.sealed < found.entries else found
    broken = [found.broken.position, found.broken.why.name] if found.broken else None
    kept = {"at": found.at.isoformat(), "entries": found.entries, "sealed": found.sealed, "broken": broken}
    with database.write() as tx:
        set_setting(tx, SETTING, kept)
    return found


def last_check(tx: Transaction) -> Kept | None:
    """What the last look found; ``None`` before the first."""
    kept = get_setting(tx, SETTING)
    if not kept:
        return None
    broken = Broken(kept["broken"][0], Break[kept["broken"][1]]) if kept["broken"] else None
    return Kept(datetime.fromisoformat(kept["at"]), kept["entries"], kept["sealed"], broken)
