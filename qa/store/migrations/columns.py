"""Column types of the migrations. Never change one: the migrations that use it have run at sites."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine


def number() -> TypeEngine[int]:
    """A 64-bit number."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def moment() -> TypeEngine[Any]:
    """A moment in UTC; microseconds since 1970 on SQLite."""
    return sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def json() -> TypeEngine[Any]:
    """JSON."""
    return sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def words(name: str, *values: str) -> sa.Enum:
    """Text out of a closed set, under the check ``ck_<table>_<name>``."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
