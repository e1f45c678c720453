"""Every text that a page shows or reads aloud, and which of them stayed English."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

HIDDEN = frozenset(
    [
        "id",
        "autocomplete",
        "element_id",
        "form_id",
        "url",
        "icon",
        "query_string",
        "page_script_hash",
        "page",
        "user_key",
        "unique_id",
        "language",
        "external",
        "js_content",
        "css_content",
        "component_name",
        "config",
        "figure",
    ]
)
"""Fields that no person reads; a chart is read as JSON instead."""
SPOKEN = re.compile(r'(?:title|alt|aria-label|placeholder)="([^"]*)"')
FIELD = re.compile(r"\\\{\w*\\\}")
NAMED = frozenset({"text", "title", "name", "label", "hovertemplate", "ticktext", "y"})
"""Keys of a chart or a component whose strings are shown."""


def shown(at: AppTest) -> list[str]:
    """Each stretch of text between two tags, and what screen readers are told."""
    found: list[str] = []
    for node in _nodes(at._tree):
        proto = getattr(node, "proto", None)
        if isinstance(proto, Message):
            for text in _strings(proto):
                found += SPOKEN.findall(text) + re.split(r"<[^>]*>", text)
    return [html.unescape(text).strip() for text in found if text.strip()]


def untranslated(texts: Iterable[str], translations: Mapping[str, str]) -> list[str]:
    """Texts that are an English source text although the other language has one of its own."""
    keys = {key: text for key, text in translations.items() if text != key and re.search("[A-Za-z]{2}", key)}
    plain = {key for key in keys if "{" not in key}
    patterns = [
        _pattern(key) for key in keys if re.search("[A-Za-z]{3}", re.sub(r"\{\w*\}", "", key)) and "{" in key
    ]
    return sorted({t for t in texts if t in plain or any(p.fullmatch(t) for p in patterns)})


def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(FIELD.sub(".*", re.escape(key)), re.DOTALL)


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _strings(proto: Message) -> Iterator[str]:
    for field, value in proto.ListFields():
        if field.name in {"spec", "json"}:
            yield from _of_json(json.loads(value))
        elif field.name not in HIDDEN:
            for each in (value,) if isinstance(value, str | Message) else _listed(value):
                if isinstance(each, Message):
                    yield from _strings(each)
                elif isinstance(each, str):
                    yield each


def _listed(value: Any) -> list[Any]:
    return list(value) if hasattr(value, "__iter__") and not isinstance(value, bytes) else []


def _of_json(value: Any, *, named: bool = False) -> Iterator[str]:
    if isinstance(value, str):
        if named:
            yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _of_json(each, named=key in NAMED)
    elif isinstance(value, list):
        for each in value:
            yield from _of_json(each, named=named)
