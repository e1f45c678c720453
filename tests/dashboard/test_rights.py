"""The table of roles is what the desk does: pages, addresses, and everything that changes something."""

import ast
import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dashboard import data, server
from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from dashboard.identity import COOKIE
from dashboard.registry import PAGES
from dashboard.rights import RIGHTS, allowed, ask, lead
from dashboard.rights.contract import ORDER, rows
from dashboard.rights.document import tables
from dashboard.rights.routes import OPEN
from tests.dashboard.desk import Site
from tests.shared import ROOT

DATA = Path(str(data.__file__)).parent
OWN = {
    "acting": "the audit log of what others have asked for",
    "watching": "the audit log of what was opened and heard",
    "accounts": "the session's own user, or behind dashboard/users.py, which asks",
    "second_factor": "the session's own user, or behind dashboard/users.py, which asks",
    "cards._publish_shipped": "what comes along with the product",
    "push.find": "a key notes its own use",
    "trying._try": "the thread that trying.start begins",
}
"""Writers without a row, and why."""


def names(kind: str) -> dict[str, frozenset[Role]]:
    return {right.name: right.roles for right in RIGHTS if right.kind == kind}


def test_every_page_has_its_row() -> None:
    assert {page.file: page.roles for page in PAGES} == names("page")


def test_every_address_has_its_row() -> None:
    there = {route.path for route in server.routes()}
    assert there == {*names("route"), *OPEN}


def writers() -> set[str]:
    """Functions of ``dashboard/data`` that open a write."""
    found = set()
    for path in DATA.glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(map(_writes, ast.walk(node))):
                found.add(f"{path.stem}.{node.name}")
    return found


def _writes(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "write"


def test_every_writer_has_its_row() -> None:
    found = writers()
    assert len(found) > 50
    without = {name for name in found - set(names("action")) if not {name, name.split(".")[0]} & set(OWN)}
    assert without == set()


def function(action: str) -> Callable[..., object]:
    module, name = action.split(".")
    home = "dashboard" if module == "users" else "dashboard.data"
    found: Callable[..., object] = getattr(importlib.import_module(f"{home}.{module}"), name)
    return found


def with_role(action: str) -> str | None:
    """The parameter by which a function knows the role: ``role`` or, with the user's number, ``who``."""
    taken = inspect.signature(function(action)).parameters
    return next((name for name in ("role", "who") if name in taken and name == next(iter(taken))), None)


def by_role() -> list[str]:
    return [name for name in names("action") if with_role(name)]


class _Person:
    def __init__(self, scope: Scope) -> None:
        self.scope, self.user_id = scope, 1


BY_SCOPE: dict[str, Callable[[Scope], object]] = {"scope": lambda scope: scope, "person": _Person}


def call(action: str, **given: Any) -> object:
    """Call it with nothing else; who may not is told before anything is looked at."""
    taken = inspect.signature(function(action)).parameters
    named = [name for name, one in taken.items() if one.kind is not one.VAR_POSITIONAL]
    return function(action)(**{name: given.get(name) for name in named})


def test_who_may_not_is_refused_by_role(desk_site: Site) -> None:
    asked = [(name, role) for name in by_role() for role in set(Role) - allowed("action", name)]
    assert len(asked) > 60
    for action, role in asked:
        with pytest.raises(PermissionError):
            call(action, role=role, who=(role, 1))


SCOPES = {
    Role.SUPERVISOR: Scope.of_teams({1}),
    Role.AGENT: Scope.of_agent(1),
}


def test_who_may_not_is_refused_by_scope(desk_site: Site) -> None:
    """Agents where only leads write, leads of a team where only those who see everything do, and nobodies."""
    asked = 0
    for action in set(names("action")) - set(by_role()):
        taken = inspect.signature(function(action)).parameters
        way = next(
            (name for name in BY_SCOPE if name in taken), "user" if action == "disputes.answer" else ""
        )
        if not way or Role.ADMINISTRATOR not in allowed("action", action):
            continue
        for role, scope in SCOPES.items():
            if role in allowed("action", action):
                continue
            for seen in (scope, Scope()):
                given = BY_SCOPE.get(way, lambda scope: (1, scope))(seen)
                with pytest.raises(PermissionError):
                    call(action, **{way: given})
                asked += 1
    assert asked > 60


def test_asking() -> None:
    ask("targets.change", Role.MANAGER)
    with pytest.raises(KeyError):
        ask("targets.forgotten", Role.ADMINISTRATOR)
    lead("promises.decide", Scope.of_agent(3))
    with pytest.raises(PermissionError):
        lead("promises.decide", Scope())
    with pytest.raises(ValueError, match="four letters"):
        rows("page", {"AAX-": "one"})
    with pytest.raises(ValueError, match="twice"):
        rows("page", {"AAA-": "one", "AAAA": "one"})


def filled_in(path: str) -> str:
    return path.replace("{call_key}", "0123456789ab").replace("{moment}", "1").replace("{kind}", "csv")


def test_addresses_by_role(client: TestClient, desk_site: Site) -> None:
    """Not signed in: 401. Signed in: what the row says; of a call or moment that is not there, 404."""
    for role in ORDER:
        desk_site.add(role.value, role)
    for right in (one for one in RIGHTS if one.kind == "route"):
        route = next(one for one in server.routes() if one.path == right.name)
        send = client.get if "GET" in (route.methods or ()) else client.post
        client.cookies.clear()
        assert send(filled_in(right.name)).status_code == 401, right.name
        for role in ORDER:
            client.cookies.set(COOKIE, desk_site.session(role.value))
            status = send(filled_in(right.name)).status_code
            assert (status in (200, 303, 400, 404)) == (role in right.roles), (right.name, role, status)
            client.cookies.clear()


def test_the_document_shows_the_table() -> None:
    text = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    assert text.partition("## The table\n\n")[2].rstrip("\n") == tables()
