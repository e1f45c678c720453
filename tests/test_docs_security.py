"""docs/security.md is true: each row names tests that are there, are collected and run."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.shared import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
HEADINGS = ("Privacy", "Erasure", "Audit", "Access", "Input", "Faults", "Load", "Operations")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def tables(text: str) -> dict[str, list[list[str]]]:
    """The rows under each heading, a list of cells each; headings and rules of tables left out."""
    found: dict[str, list[list[str]]] = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        lines = [line for line in body.splitlines() if line.startswith("|")]
        found[title.strip()] = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]
    return found


ROWS = [(title, row) for title, rows in tables(TEXT).items() for row in rows]


@cache
def functions(path: Path) -> dict[str, ast.FunctionDef]:
    """The functions of a file that pytest collects, by name; none when the file as a whole is skipped."""
    if not path.is_file() or not path.name.startswith("test_"):
        return {}
    body = ast.parse(path.read_text(encoding="utf-8")).body
    if any(isinstance(node, ast.Assign | ast.Expr) and _skips(node) for node in body):
        return {}
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def _skips(node: ast.AST) -> bool:
    """True for ``pytest.skip(…)`` and the marks ``skip`` and ``xfail``; ``skipif`` is a condition."""
    return any(isinstance(part, ast.Attribute) and part.attr in ("skip", "xfail") for part in ast.walk(node))


def runs(name: str, path: Path) -> bool:
    """True when pytest collects a function of this name there and nothing skips it in any case."""
    found = functions(path).get(name)
    if found is None or not name.startswith("test"):
        return False
    first = [node for node in found.body if isinstance(node, ast.Expr)]
    return not any(map(_skips, [*found.decorator_list, *first]))


def test_every_part_has_its_table() -> None:
    found = tables(TEXT)
    assert [title for title in found if title in HEADINGS] == list(HEADINGS)
    assert [title for title in HEADINGS if not found[title]] == []


@pytest.mark.parametrize(("title", "row"), ROWS, ids=[row[0][:60] for _title, row in ROWS])
def test_every_row_names_tests_that_run(title: str, row: list[str]) -> None:
    assert len(row) == 3, f"{title}: a row has threat, defence and test: {row}"
    named = NAMED.findall(row[2])
    assert named, f"{title}: {row[0]} names no test"
    assert NAMED.sub("", row[2]).strip(" ,") == "", f"{title}: {row[2]}"
    assert [f"{file}::{name}" for file, name in named if not runs(name, ROOT / file)] == []


BROKEN = [
    ("def test_a():\n    assert 1", "test_a", True),
    ("def test_a():\n    assert 1", "test_b", False),
    ("@pytest.mark.skip\ndef test_a():\n    assert 1", "test_a", False),
    ("@pytest.mark.skipif(x, reason='y')\ndef test_a():\n    assert 1", "test_a", True),
    ("@pytest.mark.xfail(strict=False)\ndef test_a():\n    assert 1", "test_a", False),
    ("def test_a():\n    pytest.skip('later')", "test_a", False),
    ("def test_a():\n    if x:\n        pytest.skip('not here')\n    assert 1", "test_a", True),
    ("pytestmark = pytest.mark.skip\ndef test_a():\n    assert 1", "test_a", False),
    ("def helper():\n    assert 1", "helper", False),
]


@pytest.mark.parametrize(("source", "name", "fine"), BROKEN)
def test_the_check_bites(tmp_path: Path, source: str, name: str, fine: bool) -> None:
    path = tmp_path / "test_it.py"
    path.write_text(source)
    assert runs(name, path) is fine


def test_a_file_that_is_not_collected_names_no_test(tmp_path: Path) -> None:
    path = tmp_path / "helpers.py"
    path.write_text("def test_a():\n    assert 1")
    assert not runs("test_a", path)
