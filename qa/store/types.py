"""Column types that mean the same on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC: ``timestamptz`` on PostgreSQL, whole microseconds since 1970 on SQLite.

    SQLite's own date text drops the offset (01:15+03:30 would come back as 01:15), so it never gets one.

    Raises:
        ValueError: on writing or comparing with a moment that has no time zone.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type the database stores."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; the store keeps UTC only")
        if dialect.name == "sqlite":
            return (value - EPOCH) // MICROSECOND
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return EPOCH + int(value) * MICROSECOND
        moment: datetime = value
        return moment.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text that both databases and every reader can hold: no NUL, no half of a character.

    File names that are not UTF-8 reach Python with such halves in them.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To the database."""
        return None if value is None else clean(value)


def clean(text: str) -> str:
    """The text without NUL, halves of characters shown as a question mark."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def dump_json(value: Any) -> str:
    """JSON text that both databases accept."""
    try:
        dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        dumped.encode()
    except UnicodeEncodeError:
        return dump_json(_clean_parts(value))
    return dump_json(_clean_parts(value)) if "\\u0000" in dumped and _clean_parts(value) != value else dumped


def _clean_parts(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): _clean_parts(part) for key, part in value.items()}
    return [_clean_parts(part) for part in value] if isinstance(value, list | tuple) else value


def json_type() -> TypeEngine[Any]:
    """JSON whose ``None`` is SQL NULL on both databases."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def big_key() -> TypeEngine[int]:
    """A 64-bit key. SQLite counts up by itself only on a column declared INTEGER, which is 64-bit there."""
    return BigInteger().with_variant(Integer(), "sqlite")


def words(kind: type[StrEnum], name: str) -> Enum:
    """A closed set of words kept as text under a named check; rows come back as members of ``kind``."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
