"""Every kind of broken scorecard gives one sentence with file, line, field and remedy."""

import re
from pathlib import Path

import pytest

from qa.errors import InvalidScorecard
from qa.judge import check_rules
from qa.scorecard import load_scorecard, parse_scorecard
from tests.scorecard.cards import CARD

PHRASE = "phrase: {phrases: [hello, $greeting_words], window: {first: {seconds: 30}}}"
TALK = "          measure: {name: talk"
# old text; new text; line; parts of the sentence, apart by " … "
BROKEN = {
    "typo in a field": (
        "        weight: 2",
        "        wieght: 2",
        14,
        "criteria[1].wieght … did you mean weight",
    ),
    "weight -1": ("weight: 2", "weight: -1", 14, "criteria[1].weight … at least 0 … -1"),
    "weight not a number": ("weight: 2", "weight: two", 14, "criteria[1].weight … must be a number"),
    "weight in quotes": ("weight: 2", "weight: '2'", 14, "must be a number"),
    "weight not finite": ("weight: 2", "weight: .nan", 14, "criteria[1].weight"),
    "weight true": ("weight: 2", "weight: true", 14, "must be a number"),
    "unknown rule": ("phrase: {", "phrases: {", 16, "rule.phrases … did you mean phrase"),
    "two rules": (TALK, "          not: {}\n" + TALK, 24, "rule.not needs exactly one of phrase"),
    "no rule at all": (PHRASE, "{}", 15, "rule needs exactly one of phrase, measure, example, all, any, not"),
    "unknown word list": ("$greeting_words", "$greeting_word", 16, "$greeting_word; … mean greeting_words"),
    "unknown measure": (
        "name: talk_share_agent",
        "name: talk_share",
        24,
        "talk_share; … did you mean talk_share_",
    ),
    "limits the wrong way": ("[0.35, 0.65]", "[0.65, 0.35]", 24, "smaller number"),
    "no limits": (", between: [0.35, 0.65]", "", 24, "at_most, at_least or between"),
    "same field twice": (
        "        weight: 2",
        "        weight: 2\n        weight: 3",
        15,
        "weight is here twice",
    ),
    "same key twice": ("key: balance", "key: greeting", 17, "criteria[2].key … second time"),
    "key with a space": ("key: balance", "key: my balance", 17, "small Latin letters … my balance"),
    "no Persian title": ("{en: Greeting, fa: خوشامد}", "{en: Greeting}", 13, "title.fa is missing; add it"),
    "empty title": ("en: Greeting", "en: ' '", 13, "title.en is empty"),
    "title is a number": ("en: Greeting", "en: 7", 13, "title.en must be text"),
    "weights sum to 0": ("weight: 10", "weight: 0", 7, "sections have weights that sum to 0"),
    "unknown kind": ("critical: business", "critical: fatal", 20, "customer, business or compliance … fatal"),
    "unknown language": ("language: en", "language: de", 3, "language must be en or fa … de"),
    "version is text": ("version: 1", "version: one", 2, "version must be a whole number"),
    "version 0": ("version: 1", "version: 0", 2, "version must be at least 1"),
    "bands the wrong way": ("coach: 70", "coach: 90", 6, "coach at or below pass"),
    "brackets do not pair": ("[hello,", "['(hello',", 16, "phrases[1] … round brackets"),
    "unknown slot": ("[hello,", "['hello {nam}',", 16, "unknown slot {nam}"),
    "a slot alone": ("[hello,", "['{name}',", 16, "add a word"),
    "a lone star": ("[hello,", "['* hello',", 16, "write complain*"),
    "window of nothing": ("{seconds: 30}", "{}", 16, "window.first needs seconds, turns or both"),
    "unknown window field": ("{seconds: 30}", "{second: 30}", 16, "did you mean seconds"),
    "bands a list": ("{pass: 85, coach: 70}", "[85, 70]", 6, "bands must be a mapping"),
    "section a text": ("  - key: opening", "  - text\n  - key: opening", 8, "sections[1] must be a mapping"),
    "tab": ("        weight: 2", "\tweight: 2", 14, "a tab … use spaces"),
    "no colon": ("        weight: 2", "        weight 2", 15, "not valid YAML … check indentation"),
    "unclosed bracket": ("$greeting_words]", "$greeting_words", 16, "not valid YAML"),
    "alias": ("weight: 2", "weight: *w", 14, "*w … write it out"),
    "python object": ("weight: 2", "weight: !!python/name:os.system ''", 14, "cannot be read"),
    "a sequence of states": (
        PHRASE,
        "sequence: {first: {not: {phrase: {phrases: [hi]}}}, then: {phrase: {phrases: [hello]}}}",
        16,
        "sequence.first has no moment in the call; use phrase, measure",
    ),
    "half a sequence": (
        PHRASE,
        "sequence: {first: {phrase: {phrases: [hi]}}}",
        16,
        "sequence.then is missing",
    ),
    "unknown level": (PHRASE, "register: {level: posh}", 16, "level must be formal, polite or warm … posh"),
    "unknown field of a register": (PHRASE, "register: {lvel: formal}", 16, "did you mean level"),
    "control character": ("Greeting", "Gree\x07ting", 13, "control character"),
}


@pytest.mark.parametrize(("old", "new", "line", "parts"), BROKEN.values(), ids=BROKEN)
def test_sentence_names_file_line_field_and_remedy(old: str, new: str, line: int, parts: str) -> None:
    assert old in CARD
    with pytest.raises(InvalidScorecard) as caught:
        check_rules(parse_scorecard(CARD.replace(old, new, 1), "small.yaml"))
    message = caught.value.message
    assert f"small.yaml, line {line}:" in message
    assert all(part in message for part in parts.split(" … ")), message
    assert "\n" not in message
    assert message.endswith(".")
    assert not re.search(r"\. [A-Z]", message), "more than one sentence"


@pytest.mark.parametrize(
    "text",
    ["", "- a\n- b\n", "just words", "7", "# only a comment\n"],
    ids=["empty", "a list", "text", "a number", "a comment"],
)
def test_not_a_mapping(text: str) -> None:
    with pytest.raises(InvalidScorecard, match=r"small\.yaml, line 1: a scorecard is a mapping"):
        parse_scorecard(text, "small.yaml")


def test_deep_nesting_is_refused() -> None:
    deep = CARD.replace(PHRASE, "x")
    text = deep.replace("          x\n", "          " + "not: {" * 100_000 + "}" * 100_000 + "\n")
    with pytest.raises(InvalidScorecard, match="nested too deeply"):
        parse_scorecard(text, "small.yaml")


def test_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "card.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + CARD.encode())
    assert (
        load_scorecard(path)
        == parse_scorecard(CARD, "card.yaml")
        == parse_scorecard("\ufeff" + CARD, "card.yaml")
    )


@pytest.mark.parametrize("encoding", ["utf-16", "cp1256"])
def test_other_encodings_are_named(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "card.yaml"
    path.write_bytes(CARD.replace("شروع", "سلام").encode(encoding, errors="replace"))
    with pytest.raises(
        InvalidScorecard, match=r"card\.yaml, line \d+: the text is not UTF-8; save the file as UTF-8\."
    ):
        load_scorecard(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidScorecard, match=r"gone\.yaml cannot be read .*; check the path\."):
        load_scorecard(tmp_path / "gone.yaml")


def test_unknown_placeholder() -> None:
    text = CARD.replace("phrases: [hello, $greeting_words]", "placeholders: [CARD_NUMBR]")
    with pytest.raises(InvalidScorecard, match=r"line 16: .*CARD_NUMBR; did you mean CARD_NUMBER\."):
        check_rules(parse_scorecard(text, "small.yaml"))
