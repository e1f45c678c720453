"""Callbacks, fragments and dialogs run without the main script; they ask again who looks."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard import identity, still
from dashboard.data import accounts
from dashboard.data.kinds import Role
from qa.settings import ROOT
from tests.dashboard.desk import Site

SOURCES = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
HARMLESS = {
    *("put", "_put", "update", "ask", "changed", "_open", "_more", "fill", "clear", "empty"),
    *("back", "forward", "_regroup", "switched", "_band", "_titled", "turn", "ignore"),
}
"""Callbacks that change the address or what this browser holds, and nothing that is stored."""


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def test_fragments_and_dialogs_are_made_in_one_place() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("fragment", "dialog")
        and isinstance(node.value, ast.Name)
        and node.value.id == "st"
    }
    assert found == {"dashboard/still.py"}


def test_callbacks_that_write_are_checked() -> None:
    """A lambda is what it calls; a name must be one of those that store nothing, or be wrapped."""
    checked, open_ = [], []
    for path in SOURCES:
        for node in calls(path):
            for given in node.keywords:
                if given.arg not in ("on_click", "on_change") or isinstance(given.value, ast.Constant):
                    continue
                text = ast.unparse(given.value)
                (checked if text.startswith("still.callback(") else open_).append((path.name, given.value))
    assert len(checked) >= 6
    assert [(name, ast.unparse(value)) for name, value in open_ if not _harmless(value)] == []


def _harmless(value: ast.expr) -> bool:
    if isinstance(value, ast.Lambda):
        called = value.body.func if isinstance(value.body, ast.Call) else value.body
        own = isinstance(called, ast.Name) and called.id == "change"  # of the address, in the same file
        return own or _name(called) in HARMLESS
    return _name(value) in HARMLESS


def _name(value: ast.expr) -> str:
    return value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")


class Led(Exception):
    """The way back to the main script."""


ENDS: dict[str, Callable[[int], object]] = {
    "signed out": accounts.close_all_sessions,
    "disabled": lambda user: accounts.set_disabled(user, disabled=True),
    "another password": lambda user: accounts.set_password(user, "x", must_change=True),
    "another role": lambda user: accounts.change(user, {"role": Role.AGENT}),
    "other teams": lambda user: accounts.change(user, {"display_name": "B"}, frozenset({1})),
}


@pytest.mark.parametrize("end", ENDS)
def test_an_open_page_writes_no_more(
    desk_site: Site, sign_in_as: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    def led() -> None:
        raise Led

    from dashboard.data.site import database
    from qa.store.people import team_id

    with database().write() as tx:
        team_id(tx, "North")
    desk_site.add("admin")
    desk_site.add("boss")
    sign_in_as("boss")
    monkeypatch.setattr(still.st, "rerun", led)
    done: list[str] = []
    still.drawn_for(identity.current())
    press, draw = still.callback(done.append), still._checked(done.append)
    press("pressed")
    draw("drawn")
    ENDS[end](desk_site.users["boss"])
    press("pressed again")
    with pytest.raises(Led):
        draw("drawn again")
    assert done == ["pressed", "drawn"]
