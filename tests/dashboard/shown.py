"""Every text that a page shows or reads aloud, and which of them stayed English."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
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
LATIN = re.compile("[A-Za-z]")
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
    plain, patterns = _source_texts(tuple(key for key, text in translations.items() if text != key))
    latin = {text for text in texts if LATIN.search(text)}
    return sorted(text for text in latin if text in plain or any(one.fullmatch(text) for one in patterns))


@lru_cache(maxsize=4)
def _source_texts(keys: tuple[str, ...]) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Those without fields, and patterns of those with; each holds a Latin letter. Compiled once, as a page
    has a hundred texts and the catalogue thousands.
    """
    plain = frozenset(key for key in keys if "{" not in key and re.search("[A-Za-z]{2}", key))
    fields = [key for key in keys if "{" in key and re.search("[A-Za-z]{3}", re.sub(r"\{\w*\}", "", key))]
    return plain, tuple(re.compile(FIELD.sub(".*", re.escape(key)), re.DOTALL) for key in fields)


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
