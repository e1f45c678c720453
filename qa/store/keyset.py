"""Pages by keys: a page begins after the last row of the one before, wherever rows came or went meanwhile.

A place is what the order said of that row and its number, ``value~value~number``; an empty value is none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, UnaryExpression, and_, false, or_

from qa.errors import InvalidSetting
from qa.store.database import Transaction
from qa.store.types import EPOCH, MICROSECOND, UTCDateTime

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key:
    """A column of an order: numbers or moments. ``nulls``: it may be without a value, and then stands last.

    The last key of an order is the number of the row, in which no two are alike.
    """

    column: ColumnElement[Any]
    descending: bool = False
    nulls: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Which page: how many rows, and after which place (``None``: from the beginning)."""

    limit: int
    after: str | None = None


FIRST = Cut(50)
"""What a list shows of itself when nobody says how much."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """Rows of a page. ``next`` goes into ``Cut.after`` for the page after it, ``None`` on the last one."""

    rows: tuple[T, ...]
    next: str | None


def sheet(
    tx: Transaction, query: Select[Any], keys: Sequence[Key], cut: Cut, make: Callable[..., T]
) -> Sheet[T]:
    """A page of what a query without an order finds; ``make`` takes its columns by name.

    Raises:
        InvalidSetting: the place is none of an order like this one.
    """
    names = [str(column.key) for column in query.selected_columns]
    rows, following = one_page(tx, query, keys, cut)
    return Sheet(tuple(make(**dict(zip(names, row, strict=True))) for row in rows), following)


def one_page(
    tx: Transaction, query: Select[Any], keys: Sequence[Key], cut: Cut
) -> tuple[list[tuple[Any, ...]], str | None]:
    """The same as plain rows, and where the next page begins.

    Rows without a value of the first key are asked for by themselves and only when the others are over: so
    the database begins inside an index of that key and stops when the page is full.

    Raises:
        InvalidSetting: the place is none of an order like this one.
    """
    first, width = keys[0], len(query.selected_columns)
    values = None if cut.after is None else read_place(cut.after, keys)
    query = query.add_columns(*(key.column.label(f"key_{place}") for place, key in enumerate(keys)))
    here = query if values is None else query.where(beyond(keys, values))
    parts = [here]
    if first.nulls and (values is None or values[0] is not None):
        parts = [here.where(first.column.is_not(None)), query.where(first.column.is_(None))]
    found: list[tuple[Any, ...]] = []
    for part in parts:
        if len(found) <= cut.limit:
            ordered = part.order_by(*in_order(keys)).limit(cut.limit + 1 - len(found))
            found += [tuple(row) for row in tx.execute(ordered)]
    rows = [row[:width] for row in found[: cut.limit]]
    more = len(found) > cut.limit > 0
    return rows, place_of(found[cut.limit - 1][width:]) if more else None


def in_order(keys: Sequence[Key]) -> list[UnaryExpression[Any]]:
    """What to sort by. The first key stands without its nulls, or they come by themselves (``one_page``)."""
    found = [key.column.desc() if key.descending else key.column.asc() for key in keys]
    return [
        one.nulls_last() if key.nulls and key is not keys[0] else one
        for one, key in zip(found, keys, strict=True)
    ]


def place_of(values: Sequence[Any]) -> str:
    """A row as a place in a list, of the values of its keys."""
    return "~".join(_written(value) for value in values)


def read_place(text: str, keys: Sequence[Key]) -> list[Any]:
    """The values of the keys at a place.

    Raises:
        InvalidSetting: the text is no place of an order like this one.
    """
    parts = text.split("~")
    try:
        found = [_read(part, key) for part, key in zip(parts, keys, strict=True)]
    except (ValueError, OverflowError) as error:
        raise InvalidSetting("The place in the list is not valid; start from the first page.") from error
    return found


def beyond(keys: Sequence[Key], values: Sequence[Any]) -> ColumnElement[bool]:
    """Rows after these values, those alone that have a value of the first key where one is given. The plain
    edge of that key lets an index start there.
    """
    rest: ColumnElement[bool] = false()
    for key, value in reversed(list(zip(keys, values, strict=True))):
        if value is None:
            rest = and_(key.column.is_(None), rest)
            continue
        further = key.column < value if key.descending else key.column > value
        rest = or_(further, and_(key.column == value, rest))
        if key.nulls and key is not keys[0]:
            rest = or_(rest, key.column.is_(None))
    first, value = keys[0], values[0]
    if value is None:
        return rest
    edge = first.column <= value if first.descending else first.column >= value
    return and_(edge, rest)


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        value = (value - EPOCH) // MICROSECOND
    return "" if value is None else repr(value)


def _read(text: str, key: Key) -> Any:
    if not text and key.nulls:
        return None
    if isinstance(key.column.type, UTCDateTime):
        return EPOCH + int(text) * MICROSECOND
    number = float(text) if set(text) & set(".en") else int(text)
    small = isinstance(key.column.type, Integer) and not isinstance(key.column.type, BigInteger)
    largest = 2**31 if small else 2**63
    if not -largest < number < largest:
        raise OverflowError(text)
    return number
