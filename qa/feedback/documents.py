"""JSON as rows of text: one object a line, or a document as web interfaces give it.

In a document the rows are its list of objects, wherever that stands (``{"data": [...]}``). What lies inside
an object becomes columns with a dot (``attributes.rating``); the ``replies`` of a comment become rows of
their own.
"""

import json
from collections.abc import Iterator
from typing import Any

REPLIES, PARENT = "replies", "reply_to"
WRAPPERS = 4
"""How deep in a document its rows are looked for, and how deep in a row its columns."""

Row = dict[str, str | None]


def read_objects(text: str) -> tuple[list[tuple[int, Row]], list[tuple[int, str]]]:
    """Numbered rows, and numbered lines that are none with the reason."""
    whole = _document(text)
    if whole is not None:
        return list(enumerate(rows_of(whole), 1)), []
    found: list[tuple[int, Row]] = []
    lost: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        row = _parsed(line)
        if isinstance(row, dict):
            found.append((number, flat(row)))
        else:
            lost.append((number, "is no JSON object on a line of its own"))
    return found, lost


def rows_of(objects: list[Any]) -> Iterator[Row]:
    """One row an object and one a reply, replies after what they answer; what is no object is left out."""
    for one in objects:
        if not isinstance(one, dict):
            continue
        replies = _list_of(one.get(REPLIES))
        yield flat({name: value for name, value in one.items() if name != REPLIES or not replies})
        for reply in replies or ():
            yield flat({PARENT: one.get("id"), **reply} if isinstance(reply, dict) else {})


def flat(row: dict[str, Any], before: str = "", depth: int = 0) -> Row:
    """Values as text; an object inside becomes columns named with a dot."""
    out: Row = {}
    for name, value in row.items():
        if isinstance(value, dict) and value and depth < WRAPPERS:
            out |= flat(value, f"{before}{name}.", depth + 1)
        else:
            out[f"{before}{name}"] = _as_text(value)
    return out


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _document(text: str) -> list[Any] | None:
    """The rows of a text that is one JSON document; ``None`` when every line is an object of its own."""
    start = text.lstrip()[:1]
    first = text.strip().partition("\n")[0]
    alone = _parsed(first)
    if start not in ("[", "{") or (isinstance(alone, dict) and _list_in(alone) is None):
        return None
    whole = alone if first == text.strip() else _parsed(text)
    if isinstance(whole, list):
        return whole
    if not isinstance(whole, dict):
        return None
    return _list_in(whole) or [whole]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _list_in(value: dict[str, Any]) -> list[Any] | None:
    """The nearest list of objects under names that wrap rows; a row's own lists (``replies``) are none."""
    level = [value] if _wraps(value) else []
    for _ in range(WRAPPERS):
        for one in level:
            for name, inner in one.items():
                if (
                    name != REPLIES
                    and isinstance(inner, list)
                    and any(isinstance(each, dict) for each in inner)
                ):
                    return inner
        level = [i for one in level if _wraps(one) for i in one.values() if isinstance(i, dict)]
    return None


def _wraps(value: dict[str, Any]) -> bool:
    """A wrapper says nothing itself: beside objects and lists it has at most a few words."""
    return sum(not isinstance(each, dict | list) for each in value.values()) <= 2


def _list_of(value: Any) -> list[Any] | None:
    inner = value.get("data") if isinstance(value, dict) else value
    return inner if isinstance(inner, list) and any(isinstance(each, dict) for each in inner) else None
