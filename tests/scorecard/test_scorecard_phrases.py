"""The syntax of phrases."""

import pytest

from qa.scorecard import Part, parse_phrase

GOOD = [
    # plain words stay together
    ("good morning", [[("good morning",)]]),
    # a group is a part, and may be empty
    ("(thanks|thank you) for (your|) call", [[("thanks", "thank you"), ("for",), ("your", ""), ("call",)]]),
    # a slot
    ("my name is {name}", [[("my name is",), "name"]]),
    # a group that touches letters is written out
    ("حساب(تون|تان|) لطفا", [[("حسابتون لطفا",)], [("حسابتان لطفا",)], [("حساب لطفا",)]]),
    # a star ends a part
    ("complain* about", [[("complain*",), ("about",)]]),
]


@pytest.mark.parametrize(("phrase", "expected"), GOOD, ids=[row[0] for row in GOOD])
def test_parts(phrase: str, expected: list[list[tuple[str, ...] | str]]) -> None:
    wanted = tuple(
        tuple(Part(slot=part) if isinstance(part, str) else Part(part) for part in form) for form in expected
    )
    assert parse_phrase(phrase) == wanted


BRACKETS = ["(a", "a)", "((a|b)|c)", "a|b", "a{", "}", "(b|{name})"]
EMPTY = ["{name}", "{word} {name}", "(a|)", "…"]
OTHER = ["{x} a", "com*plain", "* a", "(a* b|c)", "$list"]


@pytest.mark.parametrize("phrase", [*BRACKETS, *EMPTY, *OTHER])
def test_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"[;]"):
        parse_phrase(phrase)


def test_too_many_forms() -> None:
    with pytest.raises(ValueError, match="split it"):
        parse_phrase("a(1|2|3|4|5)(1|2|3|4|5)(1|2|3|4|5)")
