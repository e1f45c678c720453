"""Numbers with valid check digits, made without the project's own checks, and ways to write and say them."""

import random
from collections.abc import Callable

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)  # Luhn's table for every second digit
ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPOKEN_FA = ("صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه")


def _digits(source: random.Random, count: int) -> str:
    return "".join(source.choice("0123456789") for _ in range(count))


def card(source: random.Random) -> str:
    body = source.choice(("603799", "621986", "502229", "453201")) + _digits(source, 9)
    total = sum(DOUBLED[int(d)] if place % 2 == 0 else int(d) for place, d in enumerate(body))
    return body + str((10 - total % 10) % 10)


def luhn_holds(number: str) -> bool:
    reverse = [int(d) for d in reversed(number)]
    return (sum(reverse[::2]) + sum(DOUBLED[d] for d in reverse[1::2])) % 10 == 0


def national_code_holds(number: str) -> bool:
    weighted = sum(weight * int(d) for weight, d in zip(range(10, 1, -1), number, strict=False)) % 11
    return (weighted if weighted < 2 else 11 - weighted) == int(number[9])


def national_code(source: random.Random) -> str:
    body = source.choice(("001", "127", "459", "038")) + _digits(source, 6)
    return next(body + check for check in "0123456789" if national_code_holds(body + check))


def iban_holds(iban: str) -> bool:
    rest = 0
    for letter in iban[4:] + iban[:4]:
        for digit in str(int(letter, 36)):
            rest = (rest * 10 + int(digit)) % 97
    return rest == 1


def sheba(source: random.Random) -> str:
    account = "012" + _digits(source, 19)
    return next(f"{n:02}{account}" for n in range(2, 99) if iban_holds(f"IR{n:02}{account}"))


def mobile(source: random.Random) -> str:
    return "09" + source.choice("0139") + _digits(source, 8)


def grouped(size: int, mark: str) -> Callable[[str], str]:
    return lambda number: mark.join(number[at : at + size] for at in range(0, len(number), size))


WAYS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "persian": lambda number: number.translate(PERSIAN),
    "arabic": lambda number: number.translate(ARABIC),
    "spaced": grouped(4, " "),
    "dashed": grouped(4, "-"),
    "persian spaced": lambda number: grouped(4, " ")(number).translate(PERSIAN),
    "zwnj": grouped(2, "\u200c"),
    "single digits": grouped(1, " "),
    "english words": lambda number: " ".join(ENGLISH[int(d)] for d in number),
    "persian words": lambda number: " ".join(SPOKEN_FA[int(d)] for d in number),
    "persian words, commas": lambda number: "، ".join(SPOKEN_FA[int(d)] for d in number),
}
