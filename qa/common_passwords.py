"""Passwords that many people use: a list of breached ones, words of Iranian ones, walks over the keyboard.

The list is that of the package zxcvbn: the 30,000 most frequent of published breaches. What is dressed up
(digits and signs around or inside, ``@`` for ``a``, doubled, turned around) counts as what it is.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

PERSIAN = Path(__file__).resolve().parent.parent / "data" / "passwords" / "common-fa.txt"
LEET = str.maketrans(
    {"@": "a", "4": "a", "0": "o", "1": "i", "!": "i", "3": "e", "$": "s", "5": "s", "7": "t"}
)
FOLDED = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u200c": "", " ": ""})
ROWS = (
    *("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujmikolp"),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "abcdefghijklmnopqrstuvwxyz"),
    *("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو", "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"),
)
KEYS = str.maketrans("ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو", "qwertyuiop[]asdfghjkl;'zxcvbnm,")
"""The Persian keyboard over the English one."""
SHORTEST_WALK, LONGEST_WALK = 4, 2 * max(map(len, ROWS))


def is_common(password: str) -> bool:
    """True when the password, or what it is dressed up from, is one that many people use."""
    plain = _folded(password)
    letters = "".join(letter for letter in plain if letter.isalpha())
    if not letters or _is_walk(plain):
        return True
    forms = {plain, plain.translate(LEET), plain.strip("0123456789!@#$%^&*()_-+=.,?/ "), letters}
    forms |= {form[::-1] for form in forms}
    return any(form in _breached() or _repeats(form) or _is_walk(form) for form in forms) or _made_of(letters)


def _folded(password: str) -> str:
    lowered = unicodedata.normalize("NFKC", password).casefold().translate(FOLDED)
    digits = ((letter, unicodedata.digit(letter, -1)) for letter in lowered)
    return "".join(letter if value < 0 else str(value) for letter, value in digits)


def _repeats(form: str) -> bool:
    """The same twice or more, where one of them is common."""
    found = re.fullmatch(r"(.{3,}?)\1+", form)
    return found is not None and (found[1] in _breached() or _is_walk(found[1]) or _made_of(found[1]))


def _is_walk(form: str) -> bool:
    """Made of runs along a row of the keyboard, or of the alphabet, in either direction, alone."""
    rest = form
    while len(rest) >= SHORTEST_WALK:
        step = next(
            (
                end
                for end in range(min(len(rest), LONGEST_WALK), SHORTEST_WALK - 1, -1)
                if _on_a_row(rest[:end])
            ),
            0,
        )
        if not step:
            return False
        rest = rest[step:]
    return bool(form) and not rest


def _on_a_row(run: str) -> bool:
    return any(run in row * 2 or run in row[::-1] * 2 for row in ROWS)


def _made_of(letters: str) -> bool:
    """Words of the Persian list, one after another, and nothing else."""
    reached = {0}
    for place in range(len(letters)):
        if place in reached:
            reached |= {place + size for size in _sizes() if letters[place : place + size] in _persian()}
    return len(letters) in reached


@cache
def _breached() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"]) | _persian()


@cache
def _persian() -> frozenset[str]:
    lines = PERSIAN.read_text(encoding="utf-8").splitlines()
    words = {_folded(line) for line in lines if line.strip() and not line.startswith("#")}
    typed = {"".join(filter(str.isalpha, word.translate(KEYS))) for word in words if not word.isascii()}
    return frozenset(words | {word for word in typed if len(word) > 2})


@cache
def _sizes() -> frozenset[int]:
    return frozenset(map(len, _persian()))
