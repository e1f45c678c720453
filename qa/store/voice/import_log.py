"""Sources of imported files, how each is read, and what became of every file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from qa.store.audit import Act, note
from qa.store.audit import Entry as AuditEntry
from qa.store.database import Transaction
from qa.store.kinds import ImportKind
from qa.store.tables import import_sources, imports, pick
from qa.store.types import utc_now
from qa.store.upsert import insert_absent

PUSHED = "interface"
"""How rows come that other systems push."""
COUNTED = ("read", "imported", "updated", "already", "rejected")
REASONS = 20
"""Reasons of rejected rows that are kept of a file, the commonest."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source of files and how they are read: column to field, order of dates, scale.

    ``id`` is ``None`` while nothing of it was stored.
    """

    id: int | None
    mapping: dict[str, str]
    dates: str | None
    scale: int | None


@dataclass(frozen=True, slots=True)
class Origin:
    """How a file came: ``command``, ``page``, ``folder`` or ``interface``; ``person`` is who brought it, the
    user ``user_id`` of the desk.
    """

    via: str = "command"
    person: str | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one file. ``reasons`` are reason, rows and the first of them, the commonest first.

    ``refusal`` is the sentence of a file of which nothing could be used.
    """

    id: int
    kind: ImportKind
    source: str
    file_name: str
    read: int
    imported: int
    updated: int
    already: int
    rejected: int
    created_at: datetime
    via: str | None
    person: str | None
    refusal: str | None
    reasons: tuple[tuple[str, int, int], ...]


def look_source(tx: Transaction, kind: ImportKind, name: str) -> Source:
    """The source of this name; empty and without an id when nothing came from it yet."""
    c = import_sources.c
    query = select(*pick(import_sources, "id", "mapping", "dates", "scale"))
    row = tx.execute(query.where(c.kind == kind, c.name == name)).one_or_none()
    return Source(None, {}, None, None) if row is None else Source(*row)


def list_sources(tx: Transaction, kind: ImportKind) -> tuple[str, ...]:
    """The names of the sources of a kind; those of the demo centre go with it and are not among them."""
    c = import_sources.c
    return tuple(tx.scalars(select(c.name).where(c.kind == kind, ~c.generated).order_by(c.name)))


def keep_source(tx: Transaction, kind: ImportKind, name: str, source: Source) -> Source:
    """Remember how files of a source are read; gives it with its id."""
    key = {"kind": kind, "name": name}
    values: dict[str, Any] = {
        "mapping": source.mapping,
        "dates": source.dates,
        "scale": source.scale,
    }
    insert_absent(tx, import_sources, key | values | {"created_at": utc_now()})
    c = import_sources.c
    tx.execute(update(import_sources).where(c.kind == kind, c.name == name).values(values))
    found = tx.scalar(select(c.id).where(c.kind == kind, c.name == name))
    return replace(source, id=found)


def note_import(
    tx: Transaction, source_id: int, file_name: str, counts: Mapping[str, Any], origin: Origin
) -> None:
    """Write down what became of a file: ``counts`` are the columns of an ``Entry``.

    What a system pushes to a source in one day (UTC) stands in one entry, and its first push in the audit
    log: it may come every second.
    """
    if origin.via == PUSHED and _added(tx, source_id, counts):
        return
    row = {"source_id": source_id, "file_name": file_name, "via": origin.via, "person": origin.person}
    reasons = [list(each) for each in counts.get("reasons", ())][:REASONS]
    made = insert(imports).values({**counts, **row, "reasons": reasons or None}).returning(imports.c.id)
    number = tx.execute(made).scalar_one()
    told = {name: int(counts[name]) for name in COUNTED}
    note(tx, AuditEntry(Act.IMPORTED, origin.user_id, f"import:{number}", {"via": origin.via, **told}))


def _added(tx: Transaction, source_id: int, counts: Mapping[str, Any]) -> bool:
    """Add counts to today's entry of a source; False when there is none yet."""
    c, midnight = imports.c, utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
    today = (c.source_id == source_id, c.via == PUSHED, c.created_at >= midnight)
    sums: dict[str, Any] = {name: c[name] + int(counts[name]) for name in COUNTED}
    if counts["reasons"]:
        sums["reasons"] = [list(each) for each in counts["reasons"]][:REASONS]
    return bool(tx.execute(update(imports).where(*today).values(sums)).rowcount)


def note_refusal(
    tx: Transaction, kind: ImportKind, source: str, file_name: str, told: tuple[str, Origin]
) -> None:
    """Write down a file of which nothing could be used: ``told`` is the sentence and how the file came."""
    found = look_source(tx, kind, source)
    if found.id is None:
        found = keep_source(tx, kind, source, found)
    refusal, origin = told
    nothing = dict.fromkeys(("read", "imported", "updated", "already", "rejected"), 0)
    note_import(tx, int(found.id or 0), file_name, {**nothing, "refusal": refusal}, origin)


def list_imports(tx: Transaction, limit: int) -> tuple[Entry, ...]:
    """What became of files, the newest first."""
    kind, source = import_sources.c.kind, import_sources.c.name.label("source")
    counts = pick(imports, "file_name", "read", "imported", "updated", "already", "rejected", "created_at")
    words = pick(imports, "via", "person", "refusal", "reasons")
    query = select(imports.c.id, kind, source, *counts, *words).join_from(imports, import_sources)
    rows = tx.execute(query.order_by(imports.c.id.desc()).limit(limit))
    return tuple(Entry(**{**row, "reasons": _reasons(row["reasons"])}) for row in rows.mappings())


def _reasons(kept: list[list[Any]] | None) -> tuple[tuple[str, int, int], ...]:
    return tuple((str(why), int(count), int(first)) for why, count, first in kept or ())


def count_imports(tx: Transaction) -> int:
    """How many files came, refused ones too."""
    return int(tx.scalar(select(func.count()).select_from(imports)) or 0)
