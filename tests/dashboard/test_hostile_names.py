"""Names that would be HTML, Markdown, a formula or an icon are shown letter by letter on every page."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from markupsafe import Markup
from sqlalchemy import update

from dashboard import plain
from dashboard.data import site
from dashboard.data.kinds import Role
from dashboard.registry import present
from qa.store.tables import agents, queues, teams
from tests.dashboard.centre import open_page
from tests.dashboard.desk import Site
from tests.store.samples import sha

HOSTILE = (
    "[x](javascript:go()) ![i](http://evil.example/p) $a$ :material/home: "
    "<img src=x onerror=go()><a href='//evil'>"
)
PLAIN = {"Selectbox", "MultiSelect", "TextInput", "TextArea"}
"""Elements whose options and values are shown as text."""
PARAMS = {"call": {"call": sha(1)[:12]}, "agent": {"agent": "1"}}


def texts(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{path}.{key}")
    elif isinstance(node, list):
        for value in node:
            yield from texts(value, path)
    elif isinstance(node, str):
        yield path, node


def drawn(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from drawn(child)


def charted(node: Any) -> Iterator[str]:
    """The texts of a figure that Plotly draws; what a click gives is none."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "customdata":
                yield from charted(value)
    elif isinstance(node, list):
        for value in node:
            yield from charted(value)
    elif isinstance(node, str):
        yield node


def shown_raw(kind: str, path: str, text: str) -> bool:
    """True when the name would be more than its letters there."""
    if kind == "Html":
        return "<img src=x" in text or "<a href='//evil" in text
    if kind == "PlotlyChart":
        return path == ".spec" and any("<img src=x" in words for words in charted(json.loads(text)))
    return kind not in PLAIN and (
        "[x](" in text or "![i]" in text or " :material/home:" in text or " $a$" in text
    )


def test_names_are_shown_letter_by_letter(filled: Site, sign_in_as: Callable[[str], None]) -> None:
    filled.add("boss", Role.ADMINISTRATOR, display_name=HOSTILE)
    with site.database().write() as tx:
        for table in (agents, teams, queues):
            tx.execute(update(table).values(name=table.c.name + " " + HOSTILE))
    sign_in_as("boss")
    found, seen = set(), set()
    for entry in present():
        at = open_page(entry.file, "en", **PARAMS.get(entry.file, {}))
        assert not at.exception, entry.file
        for element in drawn(at._tree):
            proto = getattr(element, "proto", None)
            if not hasattr(proto, "DESCRIPTOR"):
                continue
            kind = proto.DESCRIPTOR.name
            for path, text in texts(MessageToDict(proto)):
                if "javascript:" in text:
                    seen.add(kind)
                if shown_raw(kind, path, text):
                    found.add((entry.file, kind, path))
    assert found == set()
    assert {"Html", "PageLink", "PlotlyChart", "Selectbox"} <= seen  # so that the check saw them


MARKS = [
    # text, label
    ("Sara Ahmadi: 12:30, 5 %", "Sara Ahmadi: 12:30, 5 %"),
    ("[x](javascript:1)", r"\[x\](javascript:1)"),
    ("**b** _i_ `c` ~~s~~", r"\*\*b\*\* \_i\_ \`c\` \~\~s\~\~"),
    ("$x^2$ :material/home: :red[a] :smile:", r"\$x^2\$ \:material/home: \:red\[a\] \:smile:"),
    ("<b>", r"\<b>"),
]


@pytest.mark.parametrize(("text", "label"), MARKS)
def test_labels(text: str, label: str) -> None:
    assert plain.label(text) == label
    assert Markup(plain.in_chart(text)).unescape() == text
