"""Whatever people, files and systems wrote is shown letter by letter, on every page: no HTML, Markdown, icon,
formula, or tag of a chart.
"""

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from markupsafe import Markup

from dashboard import plain
from dashboard.data import cards, scorecards, site
from dashboard.data.kinds import Role
from dashboard.registry import present
from tests.dashboard import strangers
from tests.dashboard.centre import open_page
from tests.dashboard.desk import Site
from tests.dashboard.hostile import plant
from tests.dashboard.strangers import Things
from tests.dashboard.test_strangers import parameters

TYPED = ("Selectbox", "MultiSelect", "TextInput", "TextArea", "NumberInput", "BidiComponent", "Arrow")
"""Elements whose values and options are shown as text; labels and help of them know Markdown as all do."""
RAW = ("[x](", "![i]", "**b**", " :material/home:", " :red[", " $a$")
TURNED = "\u202e"


class Foreign(HTMLParser):
    """Finds tags and attributes that the desk never writes itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {f"<{tag} {name}>" for name, _ in attrs if name.startswith("on")}
        if any(value in ("x", "//evil") for _name, value in attrs) or tag == "script":
            self.found.add(f"<{tag}>")


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


def charted(figure: dict[str, Any]) -> Iterator[str]:
    """The texts of a figure that Plotly draws. What a click gives is one where a template shows it."""
    for trace in figure.get("data", []):
        shown = {k: v for k, v in trace.items() if k != "customdata" or "customdata" in json.dumps(
            [v for name, v in trace.items() if name.endswith("template")])}  # fmt: skip
        yield from (words for _path, words in texts(shown))
    yield from (words for _path, words in texts(figure.get("layout", {})))


def leaks(kind: str, path: str, text: str) -> set[str]:
    """What a text would be there that is more than its letters."""
    if kind == "PlotlyChart":
        if path != ".spec":
            return set()
        said = list(charted(json.loads(text)))
        return {mark for mark in ("<img", "<a href='//", TURNED) if any(mark in one for one in said)}
    if kind == "Html":
        reader = Foreign()
        reader.feed(text)
        return reader.found | ({"turned"} if TURNED in text else set())
    if kind in TYPED and not path.endswith((".label", ".help")):
        return set()
    return {mark for mark in (*RAW, TURNED) if mark in text}


@pytest.fixture
def things(filled: Site) -> Things:
    made = strangers.make(filled)
    cards.cards()  # the shipped scorecards are published as somebody looks
    with site.database().write() as tx:
        plant(tx)
    for kept in (scorecards._known, cards.read_outline):
        kept.cache_clear()
    site.forget()
    return made


def found_on(file: str, things: Things, seen: set[str]) -> set[tuple[str, str, str, str]]:
    at = open_page(file, "en", **parameters(things, file))
    assert not at.exception, (file, at.exception)
    found = set()
    for element in drawn(at._tree):
        proto = getattr(element, "proto", None)
        if not hasattr(proto, "DESCRIPTOR"):
            continue
        kind = proto.DESCRIPTOR.name
        for path, text in texts(MessageToDict(proto)):
            if "javascript:" in text:
                seen.add(f"{file}: {kind}")
            found |= {(file, kind, path, leak) for leak in leaks(kind, path, text)}
    return found


def test_texts_are_shown_letter_by_letter(
    filled: Site, things: Things, sign_in_as: Callable[[str], None]
) -> None:
    filled.add("root", Role.ADMINISTRATOR, display_name="Root")
    sign_in_as("root")
    seen: set[str] = set()
    found = set().union(*(found_on(entry.file, things, seen) for entry in present() if entry.file != "mine"))
    sign_in_as("near")
    found |= found_on("mine", things, seen)
    assert found == set()
    kinds = {one.split(": ")[1] for one in seen}
    assert {"Html", "PageLink", "PlotlyChart", "Selectbox"} <= kinds  # so that the check saw them


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


def test_nothing_turns_the_letters_after_it() -> None:
    text = "invoice \u202egpj.exe\u202c, \u200fنام \u2066a\u2069"
    shown = "invoice gpj.exe, \u200fنام \u2066a\u2069"
    assert {plain.label(text), plain.in_chart(text), plain.straight(text)} == {shown}
