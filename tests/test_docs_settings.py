"""What the documents name is really there: settings, measures, files, commands."""

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from dashboard import words
from dashboard.settings import DeskSettings, desk
from qa.errors import InvalidSetting
from qa.judge import wordings
from qa.measure import MEASURE_NAMES
from qa.settings import ROOT as SETTINGS_ROOT
from qa.settings import Settings, read_settings
from tests.shared import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
MEASURES = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
STEPS = (ROOT / "docs" / "adding-a-measure.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FOLDERS = "qa|dashboard|pages|tests|docs|data|\\.streamlit|\\.ci"
FILE = re.compile(rf"(?:{FOLDERS})/[\w./-]*|[\w.-]+\.(?:py|toml|md|txt)|Makefile|LICENSE|\.importlinter")
MADE = re.compile(r"data/var|dashboard/static/vendor|\.streamlit/secrets\.toml")
"""What set-up or the operator makes."""


def defaults() -> dict[str, str]:
    forms: tuple[type[BaseModel], ...] = (Settings, DeskSettings)
    fields = [(name, info.default) for form in forms for name, info in form.model_fields.items()]
    return {f"QA_{name.upper()}": shown(default) for name, default in fields}


def shown(default: object) -> str:
    assert default is not PydanticUndefined
    if default is None or default == "":
        return "–"
    if default == ():
        return "`[]`"
    if isinstance(default, tuple):
        return f"`{json.dumps(default)}`"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"`{default.relative_to(SETTINGS_ROOT)}`" if isinstance(default, Path) else f"`{default}`"


def test_the_table_lists_every_setting_with_its_default_and_no_other() -> None:
    rows = re.findall(r"^\| `(QA_\w+)` \| (.+?) \| .+ \|$", README, re.MULTILINE)
    assert dict(rows) == defaults()
    assert len(rows) == len(dict(rows))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_documents_name_no_setting_that_is_not_there(page: Path) -> None:
    named = set(re.findall(r"\bQA_[A-Z]+(?:_[A-Z]+)*\b", page.read_text(encoding="utf-8")))
    assert named - set(defaults()) == set()


@pytest.mark.parametrize(
    ("name", "value"),
    # no JSON, JSON of another kind, no number, out of range, no such place
    [
        ("QA_FILE_PATTERNS", "abc"),
        ("QA_FILE_PATTERNS", "[1]"),
        ("QA_THREADS", "x"),
        ("QA_RETRIES", "99"),
        ("QA_TIME_ZONE", "Nowhere"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSetting, match=name):
        read_settings()


def test_a_value_of_the_desk_that_cannot_be_used_is_named_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_SESSION_HOURS", "0")
    with pytest.raises(InvalidSetting, match=r"^The setting QA_SESSION_HOURS cannot be used: .+\.$"):
        desk.__wrapped__()


def test_every_measure_is_defined_once_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [\w/]+ \| .+ \|$", MEASURES, re.MULTILINE)
    assert sorted(rows) == sorted(MEASURE_NAMES)


def test_every_measure_has_a_name_on_the_page_and_in_evidence() -> None:
    assert set(MEASURE_NAMES) == set(words.MEASURES)
    assert set(MEASURE_NAMES) == set(wordings.MEASURES)
    assert all(english and persian for english, persian in wordings.MEASURES.values())


def links(page: Path) -> list[str]:
    found = [target.partition("#")[0] for target in LINK.findall(page.read_text(encoding="utf-8"))]
    return [target for target in found if target and not re.match(r"\w+://", target)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def missing(text: str) -> list[str]:
    """The files and folders named in code marks that the project does not have."""
    marked = [word.rstrip(".,:;") for code in CODE.findall(text) for word in code.split()]
    named = [word for word in marked if FILE.fullmatch(word) and not MADE.match(word)]
    return [name for name in named if not (ROOT / name).exists()]


FREE = {"pause.py"}
"""The file that the reader of adding-a-measure.md writes."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_named_is_there(page: Path) -> None:
    assert set(missing(page.read_text(encoding="utf-8"))) - FREE == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see `qa/measure/limits.py`", []),
        ("see `qa/measure/gone.py`", ["qa/measure/gone.py"]),
        # a command: its arguments count
        ("`python -m pytest tests/gone.py -k x`", ["tests/gone.py"]),
        # made by set-up, and an address of the desk
        ("`dashboard/static/vendor/x.js` and `/qa/audio/<call>`", []),
        ("words without marks such as qa/gone.py are prose", []),
    ],
)
def test_the_check_of_files_bites(text: str, found: list[str]) -> None:
    assert missing(text) == found


def test_six_steps_each_with_real_files_and_a_check() -> None:
    steps = re.findall(r"^(\d)\. (.*?)(?=^\d\. |^\S|\Z)", STEPS, re.MULTILINE | re.DOTALL)
    assert [number for number, _ in steps] == list("123456")
    for number, text in steps:
        assert "*Done when*" in text, f"step {number} cannot be verified"
        assert FILE.search(text), f"step {number} names no file"


def test_the_first_screen_has_exactly_two_commands() -> None:
    top = "\n".join(README.splitlines()[:30])
    blocks = re.findall(r"^```\w*\n(.*?)^```", top, re.MULTILINE | re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    assert lines == ["make run", "make test"]
    assert top.count("```") == 2 * len(blocks)


def test_one_picture_a_language() -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", README)
    assert pictures == ["docs/screenshots/overview-en-light.png", "docs/screenshots/overview-fa-dark.png"]


HOSTS = re.compile(r"pypi\.org|pytorch\.org|npmjs|huggingface|/home/\w|/root/|/work/")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_registry_and_no_machine_is_named(page: Path) -> None:
    assert HOSTS.search(page.read_text(encoding="utf-8")) is None
