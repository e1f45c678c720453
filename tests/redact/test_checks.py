"""Check digits against published examples and an independent calculation."""

import random

import pytest

from qa.redact.checks import luhn, mod97
from qa.redact.checks import national_code as is_national_code
from tests.redact.numbers_made import card, national_code, national_code_holds, sheba


@pytest.mark.parametrize(
    ("number", "right"),
    [("4111111111111111", True), ("378282246310005", True), ("4111111111111112", False)],  # test cards
)
def test_luhn(number: str, right: bool) -> None:
    assert luhn(number) is right


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("0084575948", True),
        ("0084575949", False),
        ("1111111111", False),  # equal digits pass the sum and are never issued
        ("123", False),
    ],
)
def test_national_code(code: str, right: bool) -> None:
    assert is_national_code(code) is right


@pytest.mark.parametrize(
    ("iban", "right"),
    [
        ("GB82WEST12345698765432", True),
        ("IR062960000000100324200001", True),
        ("GB83WEST12345698765432", False),
    ],
)
def test_mod97(iban: str, right: bool) -> None:
    assert mod97(iban) is right


def test_national_codes_agree_with_an_independent_calculation() -> None:
    source = random.Random(3)
    codes = [f"{source.randrange(10**10):010}" for _ in range(3000)] + [
        national_code(source) for _ in range(300)
    ]
    assert all(is_national_code(code) is national_code_holds(code) for code in codes)


def test_every_single_wrong_digit_is_noticed() -> None:
    source = random.Random(7)
    for number, check in ((card(source), luhn), (sheba(source), lambda digits: mod97(f"IR{digits}"))):
        assert check(number)
        for place, digit in enumerate(number):
            for other in "0123456789":
                if other != digit:
                    assert not check(number[:place] + other + number[place + 1 :])
