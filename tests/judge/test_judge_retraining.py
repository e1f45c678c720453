"""Corrections become examples of a next version: which sentence, which side, what it changes, what stays."""

import json
from pathlib import Path

import pytest

from qa.cli import main
from qa.cli.retraining import read_corrections
from qa.errors import BadTranscript
from qa.judge import judge, label_of
from qa.judge.retraining import Corrected, retrained
from qa.records import Verdict
from qa.scorecard import parse_scorecard, with_lexicons
from qa.scorecard.examples import shared_set_forms
from tests.judge.calls import A, C, call

TITLE = "{en: One, fa: یک}"
NEAR = "I get where you're coming from."
FORMULA = "Poor you, how terrible, somebody call a doctor."


def text_of(rule: str) -> str:
    """A published text with one criterion and one small set, so that fitting is quick."""
    head = f"id: one\nversion: 1\nlanguage: en\ntitle: {TITLE}\n"
    ordinary = "examples:\n" + "".join(f"  {name}: {{}}\n" for name in SETS if name != "empathy")
    section = f"sections:\n  - key: a\n    title: {TITLE}\n    weight: 1\n    criteria:\n"
    criterion = f"      - {{key: it, title: {TITLE}, weight: 1, rule: {{{rule}}}}}\n"
    return with_lexicons(head + ordinary + section + criterion, "one")


SETS = tuple(shared_set_forms())
PUBLISHED = text_of("example: {set: empathy}")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path))


def corrected(text: str, human: Verdict, criterion: str = "it") -> Corrected:
    return Corrected(criterion, "en", text, human)


def test_what_was_said_after_all_is_learnt() -> None:
    heard = call((A, f"Okay. {NEAR} It was sent on Monday."), (C, "Right."))
    before = parse_scorecard(PUBLISHED, "one")
    assert judge(before, heard, ())["it"].verdict is not Verdict.MET
    said = corrected(f"It was sent on Monday. {NEAR}", Verdict.MET)
    result = retrained(PUBLISHED, [said], 2)
    after = parse_scorecard(result.text, "two")
    assert (after.version, before.version) == (2, 1)
    assert judge(after, heard, ())["it"].verdict is Verdict.MET
    (change,) = result.changes
    assert (change.name, change.positive, change.negative) == ("empathy", 1, 0)
    assert change.corrected_before == 0
    assert 0.5 < change.auc_before <= 1
    assert label_of(before.criteria[0].rule) != label_of(after.criteria[0].rule)


def test_what_was_wrongly_taken_for_it_is_learnt_as_a_near_miss() -> None:
    heard = call((A, FORMULA), (C, "Right."))
    assert judge(parse_scorecard(PUBLISHED, "one"), heard, ())["it"].verdict is Verdict.MET
    result = retrained(PUBLISHED, [corrected(FORMULA, Verdict.NOT_MET)], 2)
    assert judge(parse_scorecard(result.text, "two"), heard, ())["it"].verdict is not Verdict.MET
    assert [(one.positive, one.negative) for one in result.changes] == [(0, 1)]


def test_below_not_it_is_the_other_way_round() -> None:
    opposite = text_of("not: {example: {set: empathy}}")
    result = retrained(opposite, [corrected(FORMULA, Verdict.MET)], 2)
    assert [(one.positive, one.negative) for one in result.changes] == [(0, 1)]


NOTHING = {
    "no examples in the criterion": (corrected(NEAR, Verdict.MET, "other"),),
    "single words": (corrected("Okay.", Verdict.MET),),
    "not what it was taken for": (corrected("It was sent on Monday.", Verdict.NOT_MET),),
    "known": (corrected("I'm so sorry you've had to deal with this.", Verdict.MET),),
}


@pytest.mark.parametrize("given", NOTHING.values(), ids=NOTHING)
def test_some_corrections_teach_nothing(given: tuple[Corrected, ...]) -> None:
    result = retrained(PUBLISHED, given, 2)
    assert (result.changes, result.unused) == ((), 1)
    assert parse_scorecard(result.text, "two").criteria == parse_scorecard(PUBLISHED, "one").criteria


def test_lines_are_read_and_mistakes_named(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    line = {"criterion": "it", "language": "fa", "text": "درکتون می‌کنم", "human": "met"}
    path.write_text(json.dumps(line) + "\n\n", encoding="utf-8")
    assert read_corrections(path) == [Corrected("it", "fa", "درکتون می‌کنم", Verdict.MET)]
    path.write_text(json.dumps(line) + '\n{"criterion": "it"}\n', encoding="utf-8")
    with pytest.raises(BadTranscript, match=r"corrections.jsonl, line 2: write an object"):
        read_corrections(path)


def test_the_command_changes_nothing_unless_it_publishes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card, lines = tmp_path / "one.yaml", tmp_path / "c.jsonl"
    card.write_text(PUBLISHED, encoding="utf-8")
    said = {"criterion": "it", "language": "en", "text": NEAR, "human": "met"}
    lines.write_text(json.dumps(said) + "\n", encoding="utf-8")
    assert main(["scorecard", "publish", str(card)]) == 0
    asked = ["judge", "retrain", "one", "--from", str(lines), "--json"]
    shapes = []
    for arguments in (asked, [*asked, "--publish"], asked):
        capsys.readouterr()
        assert main(arguments) == 0
        shapes.append(json.loads(capsys.readouterr().out))
    assert [(shape["version"], shape["published"]) for shape in shapes] == [(2, False), (2, True), (3, False)]
    assert [len(shape["sets"]) for shape in shapes] == [1, 1, 0]
    assert shapes[2]["unused"] == 1
