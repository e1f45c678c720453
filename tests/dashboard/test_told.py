"""Every sentence that qa can give as a reason is said in Persian: the sources themselves are walked."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.i18n import speaking
from dashboard.intake.reasons import as_told
from dashboard.intake.told import SENTENCES, said

QA = Path(__file__).resolve().parents[2] / "qa"
SOURCES = (
    "audio",
    "deliver",
    "feedback",
    "ingest",
    "worker",
    "transcribe",
    "diarise",
    "store/shelf/recordings.py",
)
NOT_SHOWN = {
    "imported.py",
    "run.py",
}  # transcripts come in by the command line alone; run.py is the worker's start
ERRORS = {
    "BadRecording",
    "BadMetadata",
    "ModelMissing",
    "NotFound",
    "WriteFailed",
    "InvalidSetting",
    "Failure",
}
ROW = "Line 3 of t.csv (call.wav) "


def sample(node: ast.expr) -> str | None:
    """A sentence as it would be, with a word or a figure for each value; ``None`` for no literal."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = (v.value if isinstance(v, ast.Constant) else "x7" for v in node.values)
        return "".join(map(str, parts))
    return None


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            yield name, node.args[1 if name == "_problem" and len(node.args) > 1 else 0]


def written(tree: ast.AST) -> Iterator[str]:
    for name, argument in calls(tree):
        text = sample(argument)
        if text is None:
            continue
        if name in ERRORS:
            yield text
        elif name == "_problem":
            yield f"{ROW}{text}."
        elif name == "MomentError":
            yield f"{ROW}has the time 'x', which {text}."


def sources() -> Iterator[tuple[str, str]]:
    for place in SOURCES:
        path = QA / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if file.name not in NOT_SHOWN:
                for text in written(ast.parse(file.read_text())):
                    yield file.name, text


# Put together from parts that are walked by themselves, or told below.
VARIABLE = {
    "Line x7 of x7x7 x7.",
    "x7 is x7 and the limit is x7; split it or raise QA_MAXIMUM_HOURS.",
    "x7 is damaged: x7 could not be read; copy it again.",
    "The pattern x7 in QA_FILE_PATTERNS x7; known groups are x7.",
    f"{ROW}has the x7 x7; use x7.",
    f"{ROW}has the time x7, which x7.",
}


def test_every_reason_of_the_sources_is_said_in_persian() -> None:
    found = [(file, text) for file, text in sources() if text not in VARIABLE]
    assert len(found) > 60
    with speaking("fa"):
        foreign = [(file, text) for file, text in found if said(text) in (None, text)]
    assert foreign == []


def test_every_sentence_here_is_one_that_can_be_met() -> None:
    """A template that nobody writes any more is dead."""
    folders = (QA, QA.parent / "dashboard" / "data")
    trees = (ast.parse(file.read_text()) for folder in folders for file in folder.rglob("*.py"))
    texts = "\n".join(
        sample(node) or "" for tree in trees for node in ast.walk(tree) if isinstance(node, ast.expr)
    )
    for template in SENTENCES:
        parts = re.split(r"\{\w+\}|, which |; use |direction|language|…", template)
        assert any(part.strip(" :") in texts for part in parts if len(part) > 7), template


@pytest.mark.parametrize(
    ("sentence", "persian"),
    [
        ("a.wav is empty (0 bytes); copy it again from the recorder.", "\u2068a.wav\u2069"),
        ("Given up after 3 tries: a.wav is not there; check the path.", "۳"),
        ("a.wav is more than 4 h long and the limit is 4 h; split it or raise QA_MAXIMUM_HOURS.", "۴ ساعت"),
        ("a.wav is 5 min long and the limit is 2 min; split it or raise QA_MAXIMUM_HOURS.", "۵ دقیقه"),
        ("a.wav is damaged: 3.0 s of 60.0 s could not be read; copy it again.", "۳٫۰ ثانیه"),
        (f"{ROW}has the direction 'up'; use inbound, outbound or internal.", "'up'"),
        (f"{ROW}has the language 'xx'; use fa or en.", "سطر ۳"),
        (f"{ROW}names no file; fill in the column 'file'.", "سطر ۳"),
        ("The pattern 'x' in QA_FILE_PATTERNS names no group; known groups are a, b.", "'x'"),
        ("The pattern 'x' in QA_FILE_PATTERNS has the unknown group 'y'; known groups are a, b.", "'y'"),
        ("a.wav is cut short: 30.2 s of 60.0 s could be read; copy it again.", "۳۰٫۲ ثانیه"),
    ],
)
def test_values_are_kept(sentence: str, persian: str) -> None:
    with speaking("fa"):
        told = said(sentence)
        assert told is not None
        assert persian in told
        assert "lang" not in as_told(sentence)
        assert not any(letter in told for letter in ("{", "}", "copy", "check"))
    with speaking("en"):
        assert sentence in as_told(sentence).unescape()


def test_an_unknown_sentence_is_shown_as_it_is() -> None:
    with speaking("fa"):
        assert said("Something else.") is None
        assert 'lang="en"' in as_told("Something else.")
