"""Rows and calls that other systems push, one request at a time.

A call without sound or words becomes a telephone record; its recording finds it by the call's id, whichever
comes first.
"""

import io
import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from qa.errors import BadMetadata
from qa.feedback.cdr import CDR
from qa.feedback.contract import Choices, House, Importer
from qa.feedback.importing import Prepared, house_of, kept_of, prepare, store
from qa.feedback.outcomes import Outcome
from qa.feedback.tables import table_of
from qa.ingest.words import read_direction, read_language
from qa.store.voice.import_log import PUSHED, Origin
from qa.vault import pass_in

if TYPE_CHECKING:
    import polars as pl

    from qa.ingest import Facts
    from qa.settings import Settings
    from qa.store.database import Database

VIA = PUSHED
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Site:
    """Where rows go: the open database, the settings, and the source that the key stands for."""

    database: "Database"
    settings: "Settings"
    source: str

    @property
    def at(self) -> tuple[House, str]:
        """As ``prepare`` wants it."""
        return house_of(self.settings), self.source


@dataclass(frozen=True, slots=True)
class Brought:
    """A recording that came along: the name that its sender gave it, and its bytes."""

    name: str
    data: BinaryIO


@dataclass(frozen=True, slots=True)
class PushedCall:
    """What became of a call: its record, and the recording's own outcome where one came along."""

    record: Outcome
    call: str | None = None
    status: str | None = None
    reason: str | None = None


def push_rows(site: Site, importer: Importer, rows: list[Any]) -> Outcome:
    """Store rows. Dates have the year first, unless the source's files were imported with another order.

    Raises:
        BadMetadata: the rows cannot be understood; nothing was stored.
        StoreUnavailable: the database cannot be reached.
    """
    prepared = _understood(site, importer, rows)
    return store(site.database, prepared, Path(VIA), Origin(VIA))


def push_calls(site: Site, rows: list[Any]) -> Outcome:
    """Store telephone records; a call that is here by its id is not stored again.

    Raises:
        BadMetadata, StoreUnavailable: as ``push_rows``.
    """
    return push_rows(site, by_id(CDR), rows)


def push_call(site: Site, row: dict[str, Any], sound: Brought | None) -> PushedCall:
    """One call with its recording, or with a ``transcript`` in the row (docs/formats.md), or both.

    Raises:
        BadMetadata: the row cannot be understood, or its id cannot name a file; nothing was stored.
        StoreUnavailable: the database cannot be reached.
    """
    from qa.ingest import open_desk, register_file
    from qa.store.kinds import CallSource

    words = row.get("transcript")
    told = {name: value for name, value in row.items() if name != "transcript"}
    name = str(told.get("id") or told.get("call") or "")
    if not _NAME.fullmatch(name):
        raise BadMetadata(
            "A call with a recording needs an id of letters, digits, dots, dashes or underscores."
        )
    told.setdefault("outcome", "ANSWERED")
    prepared = _understood(site, by_id(CDR), [told])
    record = store(site.database, prepared, Path(VIA), Origin(VIA))
    if prepared.good().is_empty():
        return PushedCall(record)
    with tempfile.TemporaryDirectory(prefix="push-", dir=_folder(site.settings)) as folder:
        kept = text = None
        if sound is not None:
            kept = pass_in(Path(folder) / f"{name}{Path(sound.name).suffix.lower()}", sound.data)
        if words is not None:
            told_words = json.dumps(words, ensure_ascii=False).encode()
            text = pass_in(Path(folder) / f"{name}.json", io.BytesIO(told_words))
        with open_desk(site.database, site.settings, CallSource.UPLOAD) as desk:
            facts = _facts(told, prepared.rows["started_at"][0])
            found = register_file(desk, kept or text or Path(), facts, text if kept else None)
    return PushedCall(record, found.call, found.status, found.reason)


def by_id(importer: Importer) -> Importer:
    """The importer for records whose call id is theirs alone, so that one that comes again is known by it."""

    def shape(cells: "pl.DataFrame", choices: Choices) -> "pl.DataFrame":
        rows = importer.shape(cells, choices)
        return rows.with_columns(own=rows["unique_id"])

    fields = tuple(
        replace(field, headers=("id", *field.headers)) if field.name == "call" else field
        for field in importer.fields
    )
    return replace(importer, shape=shape, fields=fields)


def _understood(site: Site, importer: Importer, rows: list[Any]) -> Prepared:
    """Rows understood; what is remembered of the source stays as it was."""
    kept = kept_of(site.database, importer, site.source)
    table = table_of(rows, Path(VIA))
    prepared = prepare(importer, table, Choices({}), replace(kept, dates=kept.dates or "iso"), site.at)
    return replace(prepared, keep=kept)


def _facts(row: Mapping[str, Any], moment: datetime) -> "Facts":
    from qa.ingest import Facts

    def said(name: str) -> str | None:
        value = row.get(name)
        return None if value is None or str(value).strip() == "" else str(value).strip()

    return Facts(
        agent=said("agent"),
        agent_name=said("agent_name"),
        team=said("team"),
        queue=said("queue"),
        moment=moment,
        customer=said("customer"),
        direction=read_direction(said("direction") or ""),
        language=read_language(said("language") or ""),
    )


def _folder(settings: "Settings") -> Path:
    folder = settings.data_dir / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
