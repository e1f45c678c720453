"""A centre in which whatever people, files or systems wrote is hostile: HTML, Markdown, icons, formulas,
marks that turn the direction, and what ends an attribute.
"""

import re
from dataclasses import replace
from typing import Any

import yaml
from sqlalchemy import Column, Enum, String, insert, select, text, update
from sqlalchemy.types import TypeDecorator

from qa.store.call.content import pack, unpack
from qa.store.database import Transaction
from qa.store.tables import metadata, rejections, transcripts
from tests.privacy.test_decisions import ERASED, KEPT, STAFF, WITH_IT

HOSTILE = (
    "[x](javascript:go()) ![i](http://evil.example/p) $a$ :material/home: :red[r] **b** "
    "<img src=x onerror=go()><a href='//evil'>e</a>\" onmouseover=\"go()\" ' onfocus='go()' \u202e"
)
NO_TEXT = re.compile(
    r"key|.*_(key|hash)|sha256|media|transcript_file|language|engine|model|subject|path|when|content"
)
"""Columns that hold no text of anybody: keys, hashes, places and names of programs."""
ALSO = {
    "comments": "channel product service",
    "contacts": "service",
    "criterion_results": "looked_for rule",
    "import_sources": "name",
    "imports": "file_name refusal",
    "orders": "service",
    "outbox": "error",
    "queues": "service",
    "surveys": "service",
}
"""What the decisions count as kinds and settings, but a file or a system may bring as it likes."""
LEFT = {
    "audit_log",
    "sessions",
    "signin_attempts",
    "redactions",
    "second_factors",
    "recovery_codes",
    "erasures",
}
"""Tables whose text the desk writes itself."""


def planted() -> dict[str, list[str]]:
    """The columns that get a hostile text, by table."""
    groups: list[dict[str, str]] = [ERASED, WITH_IT, STAFF, {k: v[0] for k, v in KEPT.items()}, ALSO]
    found: dict[str, list[str]] = {}
    for group in groups:
        for table, columns in group.items():
            kept = [name for name in columns.split() if _free(metadata.tables[table].c[name])]
            if table not in LEFT and kept:
                found[table] = found.get(table, []) + kept
    return found


def _free(column: Column[Any]) -> bool:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if NO_TEXT.fullmatch(column.name) or column.primary_key or isinstance(kind, Enum):
        return False
    return isinstance(kind, String)


def plant(tx: Transaction) -> None:
    """Make every text hostile, where there is one; ledgers that may only be added to as well."""
    tx.execute(insert(rejections).values(file_name="x", sha256="0" * 64, reason="x", path="x"))
    for (name,) in tx.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        tx.execute(text(f'DROP TRIGGER "{name}"'))
    for table, columns in planted().items():
        own = metadata.tables[table]
        tx.execute(update(own).values({name: own.c[name] + " " + HOSTILE for name in columns}))
    _in_json(tx, "criterion_results", "evidence")
    _in_json(tx, "exemplary_moments", "lines")
    _in_words(tx)
    _in_scorecards(tx)


def _in_json(tx: Transaction, table: str, column: str) -> None:
    """Every sentence of a JSON column; what has no space in it is a key."""
    own = metadata.tables[table]
    keys = list(own.primary_key)
    for row in tx.execute(select(*keys, own.c[column]).where(own.c[column].is_not(None))).all():
        if (said := _sentences(row[-1])) != row[-1]:
            same = [key == value for key, value in zip(keys, row, strict=False)]
            tx.execute(update(own).where(*same).values({column: said}))


def _sentences(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sentences(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_sentences(part) for part in value]
    return f"{value} {HOSTILE}" if isinstance(value, str) and " " in value else value


def _in_words(tx: Transaction) -> None:
    for number, blob in tx.execute(select(transcripts.c.call_id, transcripts.c.content)).all():
        transcript, speech = unpack(blob)
        said = tuple(
            replace(
                one,
                text=f"{one.text} {HOSTILE}",
                words=tuple(replace(word, text=word.text + "<img src=x onerror=go()>") for word in one.words),
            )
            for one in transcript.utterances
        )
        hostile = pack(replace(transcript, utterances=said), speech)
        tx.execute(update(transcripts).where(transcripts.c.call_id == number).values(content=hostile))


def _in_scorecards(tx: Transaction) -> None:
    for table in ("scorecard_versions", "scorecard_drafts"):
        own = metadata.tables[table]
        for *key, content in tx.execute(select(*own.primary_key, own.c.content)).all():
            hostile = yaml.safe_dump(_titles(yaml.safe_load(content)), allow_unicode=True, sort_keys=False)
            same = [column == value for column, value in zip(own.primary_key, key, strict=True)]
            tx.execute(update(own).where(*same).values(content=hostile))


def _titles(value: Any) -> Any:
    """Every text that is there in both languages."""
    if isinstance(value, dict):
        if set(value) == {"en", "fa"} and all(isinstance(text, str) for text in value.values()):
            return {name: f"{text} {HOSTILE}" for name, text in value.items()}
        return {key: _titles(part) for key, part in value.items()}
    return [_titles(part) for part in value] if isinstance(value, list) else value
