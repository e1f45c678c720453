"""Retention: how long each kind is kept, what is over its time, and removing it.

Nothing goes unless the site says so: every kind is kept for ever until somebody gives it days, and the worker
removes nothing until somebody has seen what would go under these very rules and switched it on. A rule that
changes switches it off again.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from qa.calendar import local_day
from qa.errors import InvalidSetting
from qa.privacy.engine import EngineKind
from qa.privacy.kinds import FILE_KINDS, FileKind
from qa.settings import Settings
from qa.store.audit import Act, Entry, note
from qa.store.database import Database, Transaction
from qa.store.erasing.aging import ROW_KINDS, Holding, RowKind, Span, look_at, take_some
from qa.store.erasing.files import delete_files
from qa.store.erasing.scrub import DUE, scrub_if_due
from qa.store.shelf.recordings import open_recordings
from qa.store.site import get_setting, set_setting

RULES, ON, LAST = "retention_rules", "retention_on", "retention_last"
KINDS: tuple[RowKind | FileKind | EngineKind, ...] = (*ROW_KINDS, *FILE_KINDS, EngineKind("tasks"))
NAMES = tuple(kind.name for kind in KINDS)
SHORTEST, LONGEST = 1, 36_500
CHUNK = 100
"""Rows of one transaction: a writer waits for it about a quarter of a second."""
SCRUBBED = frozenset({"words", "notes", "customers", "moments", "surveys", "comments"})
"""Kinds whose remains have to be taken out of the database's own files."""

Rules = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind: how much is here, its rule in days (``None``: for ever) and what is over its time."""

    name: str
    days: int | None
    holding: Holding


@dataclass(frozen=True, slots=True)
class Schedule:
    """``on``: the worker removes daily. ``last`` is when it did, with how many of each kind."""

    on: bool
    last: datetime | None
    removed: Mapping[str, int]


def read_rules(tx: Transaction) -> Rules:
    """Days by kind; ``None``: kept for ever."""
    own: dict[str, Any] = get_setting(tx, RULES, {})
    return {name: own.get(name) for name in NAMES}


def set_rule(tx: Transaction, name: str, days: int | None, user_id: int | None) -> None:
    """Keep a kind for so many days, ``None`` for ever; what was switched on is off until somebody looks.

    Raises:
        InvalidSetting: there is no such kind, or the days cannot be.
    """
    if name not in NAMES:
        raise InvalidSetting(f"There is no kind {name!r}; use {', '.join(NAMES)}.")
    if days is not None and not SHORTEST <= days <= LONGEST:
        raise InvalidSetting(f"The rule of {name} has {days} days; give {SHORTEST} to {LONGEST}, or keep.")
    rules = {**read_rules(tx), name: days}
    set_setting(tx, RULES, {key: value for key, value in rules.items() if value is not None})
    note(tx, Entry(Act.SETTING_CHANGED, user_id, f"retention:{name}", _by(user_id, {"days": days})))


def switch(tx: Transaction, user_id: int | None, *, on: bool, seen: str | None = None) -> None:
    """Let the worker remove daily, or not. ``seen`` is the mark of the rules whose dry run was looked at.

    Raises:
        InvalidSetting: these are not the rules of now: somebody changed them after the dry run.
    """
    mark = mark_of(read_rules(tx))
    if on and seen != mark:
        raise InvalidSetting("The rules are not those of the dry run; look at what would go, then switch on.")
    set_setting(tx, ON, mark if on else None)
    note(tx, Entry(Act.SETTING_CHANGED, user_id, "retention:schedule", _by(user_id, {"on": str(on).lower()})))


def read_schedule(tx: Transaction) -> Schedule:
    """Whether the worker removes, and what it did last."""
    last: dict[str, Any] = get_setting(tx, LAST, {})
    at = datetime.fromisoformat(last["at"]) if last else None
    return Schedule(get_setting(tx, ON) == mark_of(read_rules(tx)), at, last.get("removed", {}))


def mark_of(rules: Rules) -> str:
    """What rules are known by: another rule, another mark. A kind that is kept for ever is in none, so that
    a version that knows more kinds does not switch off what somebody has looked at.
    """
    given = {name: days for name, days in rules.items() if days is not None}
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()[:16]


def look_over(database: Database, settings: Settings, now: datetime) -> tuple[Kept, ...]:
    """Every kind as it stands; this is the dry run. Two are counted at a time: each reads all of its rows."""
    with database.read() as tx:
        rules = read_rules(tx)
    today = local_day(now, settings.zone)

    def looked(kind: RowKind | FileKind | EngineKind) -> Kept:
        days = rules[kind.name]
        with database.read() as tx:
            return Kept(kind.name, days, _looked(tx, kind, (settings, today), _before(now, days)))

    with ThreadPoolExecutor(2) as pool:
        return tuple(pool.map(looked, KINDS))


def apply(database: Database, settings: Settings, now: datetime, user_id: int | None) -> Iterator[str]:
    """Remove what is over its time, a chunk at every step, each in a transaction of its own; yields the name
    of the kind. Who dies over it leaves whole chunks, and the next run goes on.
    """
    with database.read() as tx:
        rules = read_rules(tx)
    removed: dict[str, int] = {}
    for kind in KINDS:
        before = _before(now, rules[kind.name])
        if before is None:
            continue
        for count in _taken(database, settings, kind, now, before):
            removed[kind.name] = removed.get(kind.name, 0) + count
            yield kind.name
    delete_files(database, open_recordings(settings))
    scrub_if_due(database, thorough=False)
    with database.write() as tx:
        set_setting(tx, LAST, {"at": now.isoformat(), "removed": removed})
        if removed:
            note(tx, Entry(Act.RETENTION_APPLIED, user_id, "retention", _by(user_id, removed)))


def _taken(
    database: Database,
    settings: Settings,
    kind: RowKind | FileKind | EngineKind,
    now: datetime,
    before: datetime,
) -> Iterator[int]:
    if not isinstance(kind, RowKind):
        while _due(database, settings, kind, before) and (count := kind.take(settings, before)):
            yield count
        return
    span = Span(local_day(now, settings.zone), before, settings.zone)
    while True:
        with database.write() as tx:
            count = take_some(tx, kind, span, CHUNK)
            if count and kind.name in SCRUBBED and get_setting(tx, DUE) is None:
                set_setting(tx, DUE, "merge")
        if kind.name in ("audio", "words"):
            delete_files(database, open_recordings(settings))
        if not count:
            return
        yield count


def _looked(
    tx: Transaction,
    kind: RowKind | FileKind | EngineKind,
    here: tuple[Settings, int],
    before: datetime | None,
) -> Holding:
    settings, today = here
    if isinstance(kind, RowKind):
        return look_at(tx, kind, today, before)
    return kind.look(settings, before) if isinstance(kind, FileKind) else kind.look(tx, settings, before)


def _due(database: Database, settings: Settings, kind: FileKind | EngineKind, before: datetime) -> int:
    """How much is over its time: an engine that never ran is not asked to forget."""
    with database.read() as tx:
        return _looked(tx, kind, (settings, 0), before).due


def _before(now: datetime, days: int | None) -> datetime | None:
    return None if days is None else now.astimezone(UTC) - timedelta(days=days)


def _by(user_id: int | None, detail: Mapping[str, Any]) -> dict[str, Any]:
    return dict(detail) if user_id is not None else {**detail, "by": "command"}
